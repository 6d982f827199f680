using System.Text.Json;
using IncidentBot.Incidents.ActionItems;
using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands.Values;
using IncidentBot.Incidents.Declaring;
using IncidentBot.Incidents.Escalations;
using IncidentBot.Incidents.Inbox;
using IncidentBot.Incidents.Outbox;
using IncidentBot.Incidents.Resolving;
using IncidentBot.Incidents.Store;
using IncidentBot.Incidents.Telemetry;
using IncidentBot.Incidents.Timeline;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IncidentBot.Incidents.Commands;

/// <summary>
/// The one way in for every platform: reads the text, finds the incident, runs the command and commits all of it at once.
/// When a call returns, what was asked is on disk. The same key again gets the first answer and changes nothing.
/// </summary>
public sealed partial class CommandDispatcher(
    IncidentStore store,
    CommandContextFactory contexts,
    IEnumerable<IChatPlatform> platforms,
    IOptions<IncidentBotOptions> options,
    IncidentTelemetry telemetry,
    ILogger<CommandDispatcher> logger)
{
    private const string Savepoint = "command";

    /// <summary>Compiled: every command asks it, on the one thread that writes.</summary>
    private static readonly Func<IncidentDbContext, string, Task<string?>> FindAnswer = EF.CompileAsyncQuery(
        (IncidentDbContext db, string key) => db.Inbox.Where(m => m.Key == key).Select(m => m.Answer).FirstOrDefault());

    private readonly Dictionary<string, IChatPlatform> _platforms = platforms.ToDictionary(p => p.Name);

    /// <exception cref="StoreUnavailableException">Nothing was recorded.</exception>
    public Task<CommandAnswer> HandleAsync(InboundCommand inbound, CancellationToken cancellationToken)
    {
        var request = new Request(inbound.Key, inbound.Conversation, inbound.By, Clock(inbound.ZoneId, inbound.ReceivedAt), inbound.IsAnsweredByPost);
        var text = TypedText.Clean(inbound.Text).Trim();
        var reading = new CommandReading(request.Clock, inbound.Conversation.Platform, inbound.Mentions.GetValueOrDefault);
        return CommandParser.Parse(text, reading).Succeeded(out var parsed, out var refusal)
            ? RunAsync(request, parsed.Command, parsed.IncidentNumber, text, cancellationToken)
            : AnswerAsync(request, Refuse(refusal.Reason, text), cancellationToken);
    }

    /// <exception cref="StoreUnavailableException">Nothing was recorded.</exception>
    public Task<CommandAnswer> HandleAsync(InboundAction action, CancellationToken cancellationToken) => RunAsync(
        new Request(action.Key, action.Conversation, action.By, Clock(action.ZoneId, action.ReceivedAt)), action.Command, null, "", cancellationToken);

    /// <exception cref="StoreUnavailableException">Nothing was recorded.</exception>
    public Task<CommandAnswer> SubmitFormAsync(InboundForm form, CancellationToken cancellationToken)
    {
        var request = new Request(form.Key, form.Conversation, form.By, Clock(form.ZoneId, form.ReceivedAt));
        var values = form.Values.ToDictionary(v => v.Key, v => TypedText.Clean(v.Value).Trim());
        switch (form.Reference)
        {
            case { FormId: DeclareForm.Id }:
                return RunReadAsync(request, DeclareForm.Read(values, request.Clock.Now, request.Clock.Zone), null, cancellationToken);
            case { FormId: CaptureForm.Id, IncidentNumber: { } about, Message: { } message }:
                return RunReadAsync(request, CaptureForm.Read(message, values, request.Clock.Now, request.Clock.Zone), about, cancellationToken);
            case { FormId: RescheduleForm.Id, IncidentNumber: { } about, Number: { } task }:
                return RunReadAsync(request, RescheduleForm.Read(task, values, request.Clock), about, cancellationToken);
            case { FormId: ResolutionForm.Id, IncidentNumber: { } number }:
                return RunAsync(request, new SubmitResolution(values, form.Mentions), number, "", cancellationToken);
            default:
                return Task.FromResult(CommandAnswer.Refused($"There is no form \"{form.Reference.FormId}\"."));
        }
    }

    /// <summary>The form that makes a timeline entry of a message, for the incident of the place where it was said.</summary>
    public Task<CommandAnswer> OpenCaptureFormAsync(
        Conversation conversation, Person by, CapturedMessage message, string text, string? zoneId, CancellationToken cancellationToken) =>
        store.ReadAsync(
            async db => (await IncidentFinder.FindAsync(db, null, CommandTable.Timeline, conversation, ChannelOf, by, cancellationToken)).Succeeded(out var incident, out var refusal)
                ? new CommandAnswer(
                    ChatMessage.Of("Say what kind of entry it is."),
                    IncidentNumber: incident.Number,
                    Form: CaptureForm.Build(incident, message, TypedText.Clean(text).Trim(), Clock(zoneId, default).Zone))
                : Refuse(refusal.Reason, text),
            cancellationToken);

    /// <summary>The form that a button opens, filled with what is asked now; of a private incident only for who may know of it.</summary>
    public async Task<CommandAnswer> OpenFormAsync(FormReference reference, Conversation conversation, Person by, CancellationToken cancellationToken)
    {
        if (reference.FormId == DeclareForm.Id)
            return new CommandAnswer(ChatMessage.Of("Fill in the form to declare an incident."), Form: DeclareForm.Build());
        if (reference is not { FormId: ResolutionForm.Id or RescheduleForm.Id, IncidentNumber: { } number })
            return CommandAnswer.Refused($"There is no form \"{reference.FormId}\" for that incident.");
        return await store.ReadAsync(
            async db =>
            {
                var found = await IncidentFinder.FindAsync(db, number, CommandTable.Incident, conversation, ChannelOf, by, cancellationToken);
                if (!found.Succeeded(out var incident, out var refusal))
                    return Refuse(refusal.Reason, "");
                if (reference is { FormId: RescheduleForm.Id, Number: var task })
                {
                    return await db.ActionItems.SingleOrDefaultAsync(t => t.IncidentNumber == number && t.Number == task && t.DoneAt == null, cancellationToken) is { } item
                        ? new CommandAnswer(ChatMessage.Of("Choose a new date."), IncidentNumber: number, Form: RescheduleForm.Build(incident, item))
                        : CommandAnswer.Of($"There is no open task {task} in {incident.Key}.", number);
                }
                return await IncidentReader.ReadAsync(db, number, cancellationToken) is { } snapshot && ResolutionForm.Build(snapshot) is { } form
                    ? new CommandAnswer(ChatMessage.Of("Fill in what you know."), IncidentNumber: number, Form: form)
                    : CommandAnswer.Of($"The draft of {incident.Key} lacks nothing any more.", number);
            },
            cancellationToken);
    }

    private Task<CommandAnswer> RunReadAsync(
        Request request, (Command? Command, IReadOnlyDictionary<string, string> Faults) form, int? number, CancellationToken cancellationToken) =>
        form.Command is { } command
            ? RunAsync(request, command, number, "", cancellationToken)
            : AnswerAsync(request, CommandAnswer.Refused("Nothing was recorded yet: " + string.Join(" ", form.Faults.Values)) with { FieldErrors = form.Faults }, cancellationToken);

    private Task<CommandAnswer> RunAsync(Request request, Command command, int? number, string text, CancellationToken cancellationToken) =>
        telemetry.HandleAsync(command.GetType().Name, request.Conversation.Platform, async () =>
        {
            var answer = await RunOnceAsync(request, command, number, text, cancellationToken);
            var outcome = request.IsRepeated ? CommandOutcome.Repeated : answer.IsRefused ? CommandOutcome.Refused : command.OnlyReads ? CommandOutcome.Read : CommandOutcome.Recorded;
            if (outcome == CommandOutcome.Recorded)
                request.Context?.OnceRecorded.ForEach(count => count(telemetry));
            return (answer, outcome, request.IncidentNumber ?? answer.IncidentNumber);
        });

    private async Task<CommandAnswer> RunOnceAsync(Request request, Command command, int? number, string text, CancellationToken cancellationToken)
    {
        if (command.OnlyReads && !request.IsAnsweredByPost)
        {
            return await store.ReadAsync(db => ExecuteAsync(db, request, command, number, text, cancellationToken), cancellationToken);
        }
        var answer = await store.WriteAsync(
            db => OnceAsync(db, request, () => ExecuteAsync(db, request, command, number, text, CancellationToken.None)), cancellationToken);
        Log.Handled(logger, command.GetType().Name, IncidentKey.Describe(request.IncidentNumber ?? answer.IncidentNumber), answer.IsRefused);
        return answer;
    }

    /// <summary>An answer that needs no command; the platform may want it posted all the same.</summary>
    private Task<CommandAnswer> AnswerAsync(Request request, CommandAnswer answer, CancellationToken cancellationToken) =>
        telemetry.HandleAsync(IncidentTelemetry.Unreadable, request.Conversation.Platform, async () =>
        {
            if (request.IsAnsweredByPost)
                answer = await store.WriteAsync(db => OnceAsync(db, request, () => Task.FromResult(answer)), cancellationToken);
            return (answer, request.IsRepeated ? CommandOutcome.Repeated : CommandOutcome.Refused, answer.IncidentNumber);
        });

    // Begun work is finished whatever becomes of the caller, hence no token.
    private static async Task<CommandAnswer> OnceAsync(IncidentDbContext db, Request request, Func<Task<CommandAnswer>> execute)
    {
        if (await FindAnswer(db, request.Key) is { } earlier)
        {
            request.IsRepeated = true;
            return JsonSerializer.Deserialize<CommandAnswer>(earlier, JsonSerializerOptions.Web)!;
        }
        var transaction = db.Database.CurrentTransaction!;
        await transaction.CreateSavepointAsync(Savepoint);
        var answer = await execute();
        if (answer.IsRefused)
        {
            // A form is refused as a whole, also when some of its answers were carried out already.
            await transaction.RollbackToSavepointAsync(Savepoint);
            db.ChangeTracker.Clear();
        }
        if (request.IsAnsweredByPost && (answer.IsRefused || answer.ShownIn != request.Conversation))
        {
            db.Add(await PostAnswerAsync(db, request, answer));
        }
        db.Add(new InboxMessage(request.Key, request.Clock.Now, JsonSerializer.Serialize(answer, JsonSerializerOptions.Web)));
        await db.SaveChangesAsync();
        return answer;
    }

    /// <summary>In a lane of its own: what waits there for a room must not hold up an answer. What is private is said in private.</summary>
    private static async Task<OutboxMessage> PostAnswerAsync(IncidentDbContext db, Request request, CommandAnswer answer)
    {
        var (place, by, message) = (request.Conversation, request.By, WithForm(answer));
        var isSecret = answer.IncidentNumber is { } number && await db.Incidents.AnyAsync(i => i.Number == number && i.IsPrivate && i.Room != place);
        return isSecret
            ? new OutboxMessage($"{by.Platform}:{by.Id}", by.Platform, null, null, new NotifyPerson(by, message), request.Clock.Now)
            : new OutboxMessage($"{place} answers", place.Platform, place, null, new PostMessage(message, by), request.Clock.Now);
    }

    /// <summary>A posted answer opens no form by itself; it has a button for it.</summary>
    private static ChatMessage WithForm(CommandAnswer answer) => answer.Form is { } form
        ? new ChatMessage([.. answer.Message.Blocks, new ButtonsBlock(new ChatButton(form.Title, OpensForm: form.Reference, IsPrimary: true))])
        : answer.Message;

    private async Task<CommandAnswer> ExecuteAsync(
        IncidentDbContext db, Request request, Command command, int? number, string text, CancellationToken cancellationToken)
    {
        var context = contexts.Create(db, request.Conversation, request.By, request.Clock.Zone, request.Clock.Now);
        request.Context = context;
        if (command.IsAboutIncident)
        {
            // Who answers where the bot asked them need not say of which incident.
            var asked = number is null && command is AnswerEscalation answering && IsPersonal(request.Conversation)
                ? await IncidentFinder.FindAskedAsync(db, answering, request.Conversation, request.By, cancellationToken)
                : null;
            var found = asked ?? await IncidentFinder.FindAsync(db, number, CommandParser.GroupOf(text), request.Conversation, ChannelOf, request.By, cancellationToken);
            if (!found.Succeeded(out var incident, out var refusal))
                return Refuse(refusal.Reason, text);
            context.Incident = incident;
        }
        var answer = await command.ExecuteAsync(context, cancellationToken);
        return answer is { IsRefused: true, FieldErrors: null } ? Refuse(answer.Message.ToPlainText(), text) : answer;
    }

    /// <summary>Repeats what was typed, so that it can be corrected and sent again.</summary>
    private static CommandAnswer Refuse(string reason, string text) =>
        CommandAnswer.Refused(reason) with
        {
            Message = text.Length == 0
                ? ChatMessage.Of(reason)
                : new ChatMessage(new TextBlock(reason), new TextBlock((RichText)"You typed: " + RichText.Code(text))),
        };

    private CommandClock Clock(string? zoneId, DateTimeOffset now) => new(
        now.ToUniversalTime(),
        zoneId is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zoneId, out var zone) ? zone : ZonedTime.Zone(options.Value.TimeZone));

    private bool IsPersonal(Conversation conversation) => _platforms.TryGetValue(conversation.Platform, out var platform) && platform.IsPersonal(conversation);

    private Conversation ChannelOf(Conversation conversation) =>
        _platforms.TryGetValue(conversation.Platform, out var platform) ? platform.ChannelOf(conversation) : conversation;

    private sealed record Request(string Key, Conversation Conversation, Person By, CommandClock Clock, bool IsAnsweredByPost = false)
    {
        /// <summary>Whether it was handled before.</summary>
        public bool IsRepeated { get; set; }

        /// <summary>What its command runs in; null before that, and where none runs.</summary>
        public CommandContext? Context { get; set; }

        /// <summary>The incident that its command is about, also when it is refused.</summary>
        public int? IncidentNumber => Context?.IncidentNumber;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Command} on {Incident}, refused: {Refused}")]
        public static partial void Handled(ILogger logger, string command, string incident, bool refused);
    }
}
