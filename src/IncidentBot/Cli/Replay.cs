using System.Diagnostics.Metrics;
using System.Text.Json;
using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Overview;
using IncidentBot.Incidents.Postmortems;
using IncidentBot.Incidents.Postmortems.Templates;
using IncidentBot.Incidents.Store;
using IncidentBot.Incidents.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace IncidentBot.Cli;

/// <param name="Postmortem">With the template to use.</param>
internal sealed record ReplayRequest(FileInfo File, string Zone, PostmortemOptions Postmortem, string Format, bool IsStrict);

/// <summary><c>replay FILE</c>: a transcript through the same handlers, on a store that is thrown away.</summary>
internal static class Replay
{
    public static async Task<int> RunAsync(ReplayRequest request, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        IReadOnlyList<TranscriptMessage> messages;
        try
        {
            messages = await Transcript.ReadAsync(request.File.ToString(), cancellationToken);
        }
        catch (TranscriptException fault)
        {
            await errors.WriteLineAsync(fault.Message);
            return ExitCodes.Usage;
        }
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(request.Zone, out var zone) || !zone.HasIanaId)
        {
            await errors.WriteLineAsync($"--zone is \"{request.Zone}\", which is no time zone. Use an IANA name such as Europe/Paris or UTC.");
            return ExitCodes.Usage;
        }
        if (request.Postmortem.TemplatePath is { Length: > 0 } template && TemplateText.Read(template, out var unreadable) is null)
        {
            await errors.WriteLineAsync($"{template}: cannot be read: {unreadable}");
            return ExitCodes.Usage;
        }
        var directory = Directory.CreateTempSubdirectory("incidentbot-replay-");
        try
        {
            await using var store = new IncidentStore(directory.FullName, NullLoggerFactory.Instance);
            await store.PrepareAsync(cancellationToken);
            await FeedAsync(store, messages, zone, errors, cancellationToken);
            var end = messages.Count == 0 ? DateTimeOffset.UnixEpoch : messages[^1].At.ToUniversalTime();
            return await PrintAsync(store, request, end, output, errors, cancellationToken);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static async Task FeedAsync(
        IncidentStore store, IReadOnlyList<TranscriptMessage> messages, TimeZoneInfo zone, TextWriter errors, CancellationToken cancellationToken)
    {
        var options = Options.Create(new IncidentBotOptions { TimeZone = zone.Id });
        // Nobody listens to a replay.
        using var meter = new Meter(IncidentTelemetry.Name);
        using var telemetry = new IncidentTelemetry(meter, TimeProvider.System);
        var dispatcher = new CommandDispatcher(store, [new TranscriptPlatform()], new IncidentPages(store, options), options, telemetry, NullLogger<CommandDispatcher>.Instance);
        var room = new Conversation(TranscriptPlatform.PlatformName, "room");
        foreach (var message in messages.Where(m => CommandParser.IsCommand(m.Text)))
        {
            var by = new Person(TranscriptPlatform.PlatformName, message.User, message.User);
            var inbound = new InboundCommand($"line-{message.Line}", room, by, message.Text, null, message.At, InboundCommand.NoMentions);
            var answer = await dispatcher.HandleAsync(inbound, cancellationToken);
            if (answer.IsRefused)
                await errors.WriteLineAsync($"line {message.Line}: refused: {OneLine(answer.Message)}");
        }
    }

    private static async Task<int> PrintAsync(
        IncidentStore store, ReplayRequest request, DateTimeOffset now, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        await using var db = store.Read();
        var numbers = await db.Incidents.OrderBy(i => i.Number).Select(i => i.Number).ToListAsync(cancellationToken);
        if (numbers.Count == 0)
        {
            await errors.WriteLineAsync("The transcript declares no incident: there is no /incident start that was accepted.");
            return request.IsStrict ? ExitCodes.Incomplete : ExitCodes.Success;
        }
        var renderer = new PostmortemRenderer(request.Postmortem);
        var drafts = new List<(IncidentSnapshot Snapshot, PostmortemDraft Draft)>();
        foreach (var number in numbers)
        {
            var snapshot = await IncidentReader.ReadAsync(db, number, cancellationToken)
                ?? throw new InvalidOperationException($"INC-{number} cannot be read back.");
            drafts.Add((snapshot, renderer.Render(snapshot, now)));
        }
        await output.WriteLineAsync(request.Format switch
        {
            "html" => string.Join("\n<hr>\n", drafts.Select(d => MarkdownHtml.Render(d.Draft.Markdown).TrimEnd())),
            "json" => JsonSerializer.Serialize(drafts.Select(d => ReplayReport.Of(d.Snapshot, d.Draft)), ReplayReport.JsonOptions),
            _ => string.Join("\n\n---\n\n", drafts.Select(d => d.Draft.Markdown.TrimEnd())),
        });
        foreach (var (snapshot, draft) in drafts)
            await ReportAsync(snapshot, draft, errors);
        var isIncomplete = drafts.Any(d => d.Draft.TemplateFault is not null || d.Draft.Findings.Any(f => f.Kind == FindingKind.Missing));
        return request.IsStrict && isIncomplete ? ExitCodes.Incomplete : ExitCodes.Success;
    }

    private static async Task ReportAsync(IncidentSnapshot snapshot, PostmortemDraft draft, TextWriter errors)
    {
        if (draft.TemplateFault is { } fault)
            await errors.WriteLineAsync($"{snapshot.Incident.Key}: the template failed, so the built-in one was used: {fault}");
        // The fault itself says it already.
        foreach (var finding in draft.Findings.Where(f => draft.TemplateFault is null || f.Part != "template"))
        {
            var remedy = finding.Remedy.Length == 0 ? "" : $" ({finding.Remedy})";
            await errors.WriteLineAsync($"{snapshot.Incident.Key}: {finding.Kind.ToString().ToLowerInvariant()}: {finding.Text}{remedy}");
        }
    }

    private static string OneLine(ChatMessage message) => message.ToPlainText().ReplaceLineEndings(" ");
}
