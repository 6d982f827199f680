using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace IncidentBot.Tests.Fakes.Teams;

/// <summary>
/// The connector's part of Teams: conversations, their messages, and its rules. What the bot sends is kept as people would see it;
/// what Teams would not take is refused as Teams does, and kept in <see cref="Refusals"/>.
/// https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
/// </summary>
public sealed class FakeTeams(TimeProvider clock)
{
    public const string BotId = "28:" + FakeLogin.AppId;
    public const string BotName = "IncidentBot";

    private const int MostBytes = 100 * 1024;

    private readonly Lock _lock = new();
    private readonly ConcurrentQueue<TeamsCall> _calls = [];
    private readonly ConcurrentQueue<string> _refusals = [];
    private readonly List<(Func<TeamsCall, bool> When, TeamsFault Fault)> _faults = [];
    private readonly List<DateTimeOffset> _turns = [];
    private long _lastId = 1_700_000_000_000;
    private int _inFlight;

    public ConcurrentDictionary<string, FakeConversation> Conversations { get; } = [];

    public ConcurrentDictionary<string, FakePerson> People { get; } = [];

    public IReadOnlyList<TeamsCall> Calls => [.. _calls];

    public IReadOnlyList<string> Refusals => [.. _refusals];

    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>A channel of a team, to which its threads belong.</summary>
    public FakeConversation AddChannel(string name) => Add(new FakeConversation($"19:{name}@thread.tacv2", "channel", name));

    public FakeConversation AddGroupChat(string name) => Add(new FakeConversation($"19:{name}@thread.v2", "groupChat", name));

    /// <summary>There is one for each person; where there is one already, it is that.</summary>
    public FakeConversation AddPersonal(FakePerson person) =>
        Conversations.GetOrAdd("a:" + person.Id[3..], id => new FakeConversation(id, "personal", person.Name));

    public FakePerson AddPerson(string name)
    {
        var person = new FakePerson("29:1" + name.Replace(" ", "", StringComparison.Ordinal), name, Guid.NewGuid().ToString());
        People[person.Id] = person;
        return person;
    }

    public string NextId() => Interlocked.Increment(ref _lastId).ToString(CultureInfo.InvariantCulture);

    /// <summary>The next call that fits fails; the fault that was asked for first comes first.</summary>
    public TeamsFault FailNext(TeamsFault fault, Func<TeamsCall, bool>? when = null)
    {
        lock (_lock)
            _faults.Add((when ?? (_ => true), fault));
        return fault;
    }

    public void Release()
    {
        lock (_lock)
            _faults.ForEach(f => f.Fault.Release());
    }

    /// <param name="prefix">The path of the service URL.</param>
    public void Map(WebApplication app, string prefix, Func<string?, bool> isToken)
    {
        app.MapMethods(prefix + "/v3/conversations/{**path}", ["GET", "POST", "PUT", "DELETE"], (RequestDelegate)(context => ServeAsync(context, isToken)));
        app.MapPost(prefix + "/v3/conversations", (RequestDelegate)(context => ServeAsync(context, isToken)));
    }

    private FakeConversation Add(FakeConversation conversation)
    {
        Conversations[conversation.Id] = conversation;
        return conversation;
    }

    private async Task ServeAsync(HttpContext context, Func<string?, bool> isToken)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        // As it came: a route value would be half decoded.
        var path = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget;
        var segments = path[(path.IndexOf("/v3/conversations", StringComparison.Ordinal) + "/v3/conversations".Length)..]
            .Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToArray();
        var call = new TeamsCall(context.Request.Method, segments, body.Length == 0 ? [] : JsonNode.Parse(body)!.AsObject(), clock.GetUtcNow(), path[..path.IndexOf("/v3/", StringComparison.Ordinal)]);
        Interlocked.Increment(ref _inFlight);
        try
        {
            _calls.Enqueue(call);
            if (!isToken(context.Request.Headers.Authorization))
            {
                await AnswerAsync(context, Refuse(call, 401, "Unauthorized"));
                return;
            }
            var fault = TakeFault(call);
            switch (fault)
            {
                case { IsHanging: true }:
                    await fault.HangAsync(context.RequestAborted);
                    break;
                case { Status: > 0 }:
                    if (fault.RetryAfter is { } pause)
                        context.Response.Headers.RetryAfter = ((int)pause.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                    await AnswerAsync(context, (fault.Status, fault.Code.Length == 0 ? null : Error(fault.Code)));
                    return;
                case { IsReset: true }:
                    context.Abort();
                    return;
            }
            (int Status, JsonObject? Body) answer;
            lock (_lock)
                answer = Answer(call, body);
            if (fault is { IsAnswerLost: true })
                context.Abort();
            else if (fault is { Instead: { } instead })
                await context.Response.WriteAsync(instead, context.RequestAborted);
            else
                await AnswerAsync(context, answer);
        }
        catch (OperationCanceledException)
        {
            // The caller hung up.
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }

    private (int Status, JsonObject? Body) Answer(TeamsCall call, string body)
    {
        if (body.Length * 2 > MostBytes)
            return Refuse(call, 413, "MessageSizeTooBig");
        return call switch
        {
            { Method: "POST", Path: [] } => Create(call),
            { Method: "POST", Path: [var id, "activities"] } => Post(call, id),
            { Method: "POST", Path: [var id, "activities", _] } => Post(call, id),
            { Method: "PUT", Path: [var id, "activities", var activity] } => Update(call, id, activity),
            { Method: "DELETE", Path: [var id, "activities", var activity] } => Delete(call, id, activity),
            { Method: "GET", Path: [var id, "members", var member] } => FindMember(call, id, member),
            _ => Refuse(call, 404, "BadSyntax"),
        };
    }

    private (int Status, JsonObject? Body) Create(TeamsCall call)
    {
        if (call.Body["isGroup"]?.GetValue<bool>() == true)
        {
            if (call.Body["channelData"]?["channel"]?["id"]?.ToString() is not { } channelId || call.Body["activity"] is not JsonObject first)
                return Refuse(call, 400, "BadSyntax");
            if (Find(call, channelId, out var refusal) is not { } channel)
                return refusal;
            if (FaultOf(first) is { } fault)
                return Refuse(call, 400, fault);
            if (IsTooFast(channel))
                return Refuse(call, 429, "Throttled");
            var id = NextId();
            channel.Messages.Add(new FakeTeamsMessage(id, id, first));
            return (201, new JsonObject { ["id"] = $"{channelId};messageid={id}", ["activityId"] = id });
        }
        if (call.Body["members"] is not JsonArray { Count: 1 } members || call.Body["tenantId"]?.ToString() != FakeLogin.TenantId)
            return Refuse(call, 400, "BadSyntax");
        var memberId = members[0]!["id"]!.ToString();
        if (People.Values.FirstOrDefault(p => p.Id == memberId || p.AadObjectId == memberId) is not { } person)
            return Refuse(call, 403, "ForbiddenOperationException");
        if (person.HasBlockedBot)
            return Refuse(call, 403, "ConversationBlockedByUser");
        return (201, new JsonObject { ["id"] = AddPersonal(person).Id });
    }

    private (int Status, JsonObject? Body) Post(TeamsCall call, string conversationId)
    {
        if (Find(call, conversationId, out var refusal) is not { } conversation)
            return refusal;
        if (FaultOf(call.Body) is { } fault)
            return Refuse(call, 400, fault);
        if (IsTooFast(conversation))
            return Refuse(call, 429, "Throttled");
        var id = NextId();
        conversation.Messages.Add(new FakeTeamsMessage(id, FakeConversation.ThreadOf(conversationId), call.Body));
        return (201, new JsonObject { ["id"] = id });
    }

    private (int Status, JsonObject? Body) Update(TeamsCall call, string conversationId, string activityId)
    {
        if (Find(call, conversationId, out var refusal) is not { } conversation)
            return refusal;
        if (FaultOf(call.Body) is { } fault)
            return Refuse(call, 400, fault);
        if (IsTooFast(conversation))
            return Refuse(call, 429, "Throttled");
        // https://github.com/microsoft/BotFramework-Services/issues/269
        if (conversation.Deleted.Contains(activityId))
            return Refuse(call, 403, "ServiceError");
        if (conversation.Messages.Find(m => m.Id == activityId) is not { } message)
            return Refuse(call, 404, "ActivityNotFoundInConversation");
        message.Update(call.Body);
        return (200, new JsonObject { ["id"] = activityId });
    }

    private (int Status, JsonObject? Body) Delete(TeamsCall call, string conversationId, string activityId)
    {
        if (Find(call, conversationId, out var refusal) is not { } conversation)
            return refusal;
        return conversation.Messages.RemoveAll(m => m.Id == activityId) == 0 ? Refuse(call, 404, "ActivityNotFoundInConversation") : (200, null);
    }

    private (int Status, JsonObject? Body) FindMember(TeamsCall call, string conversationId, string memberId) =>
        Find(call, conversationId, out var refusal) is null ? refusal
        : People.Values.FirstOrDefault(p => p.Id == memberId || p.AadObjectId == memberId) is { } person
            ? (200, new JsonObject { ["id"] = person.Id, ["name"] = person.Name, ["aadObjectId"] = person.AadObjectId })
            : Refuse(call, 404, "MemberNotFoundInConversation");

    private FakeConversation? Find(TeamsCall call, string conversationId, out (int Status, JsonObject? Body) refusal)
    {
        refusal = default;
        if (!Conversations.TryGetValue(FakeConversation.ChannelOf(conversationId), out var conversation)
            || (FakeConversation.ThreadOf(conversationId) is { } thread && conversation.Messages.TrueForAll(m => m.Id != thread) && !conversation.Deleted.Contains(thread)))
        {
            refusal = Refuse(call, 404, "ConversationNotFound");
            return null;
        }
        if (conversation.Refusal is { } code)
        {
            refusal = Refuse(call, code == "ConversationNotFound" ? 404 : 403, code);
            return null;
        }
        return conversation;
    }

    /// <summary>7 a second, 8 in two, 60 in thirty, 1800 an hour; 30 a second in the tenant. https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit</summary>
    private bool IsTooFast(FakeConversation conversation)
    {
        var now = clock.GetUtcNow();
        conversation.Turns.Add(now);
        _turns.Add(now);
        return Exceeds(conversation.Turns, 1, 7) || Exceeds(conversation.Turns, 2, 8) || Exceeds(conversation.Turns, 30, 60) || Exceeds(conversation.Turns, 3600, 1800) || Exceeds(_turns, 1, 30);

        bool Exceeds(List<DateTimeOffset> turns, int seconds, int most) => turns.Count > most && turns[^(most + 1)] > now - TimeSpan.FromSeconds(seconds);
    }

    /// <summary>What Teams does with such an activity is not what the bot meant.</summary>
    private static string? FaultOf(JsonObject activity)
    {
        if (activity["type"]?.ToString() != "message")
            return "BadSyntax";
        var hasText = activity["text"]?.ToString().Length > 0;
        var cards = activity["attachments"]?.AsArray() ?? [];
        foreach (var card in cards)
        {
            if (card!["contentType"]?.ToString() != "application/vnd.microsoft.card.adaptive" || card["content"] is not JsonObject content)
                return "BadAttachment";
            TeamsCards.Keep(content.ToJsonString());
        }
        return hasText && cards.Count > 0 ? "TextAndAttachments" : !hasText && cards.Count == 0 ? "Empty" : null;
    }

    private TeamsFault? TakeFault(TeamsCall call)
    {
        lock (_lock)
        {
            var index = _faults.FindIndex(f => f.When(call));
            if (index < 0)
                return null;
            var fault = _faults[index].Fault;
            fault.IsTaken = true;
            _faults.RemoveAt(index);
            return fault;
        }
    }

    private (int Status, JsonObject? Body) Refuse(TeamsCall call, int status, string code)
    {
        _refusals.Enqueue($"{call.Method} {string.Join('/', call.Path)}: {code}");
        return (status, Error(code));
    }

    private static JsonObject Error(string code) => new() { ["error"] = new JsonObject { ["code"] = code, ["message"] = "As Teams words it." } };

    private static async Task AnswerAsync(HttpContext context, (int Status, JsonObject? Body) answer)
    {
        context.Response.StatusCode = answer.Status;
        if (answer.Body is null)
            return;
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.WriteAsync(answer.Body.ToJsonString(), context.RequestAborted);
    }
}

/// <param name="Path">Behind <c>v3/conversations</c>, decoded.</param>
/// <param name="Service">The service URL's path.</param>
public sealed record TeamsCall(string Method, string[] Path, JsonObject Body, DateTimeOffset At, string Service);

public sealed record FakePerson(string Id, string Name, string AadObjectId)
{
    public bool HasBlockedBot { get; set; }
}

/// <param name="Type"><c>personal</c>, <c>groupChat</c> or <c>channel</c>.</param>
public sealed record FakeConversation(string Id, string Type, string Name)
{
    public List<FakeTeamsMessage> Messages { get; } = [];

    public List<DateTimeOffset> Turns { get; } = [];

    /// <summary>Messages that somebody deleted; the threads that they began stay.</summary>
    public HashSet<string> Deleted { get; } = [];

    /// <summary>What the bot is told that writes there, such as <c>BotNotInConversationRoster</c>; null: nothing is wrong.</summary>
    public string? Refusal { get; set; }

    public static string ChannelOf(string conversationId) => conversationId.Split(";messageid=")[0];

    public static string? ThreadOf(string conversationId) => conversationId.Split(";messageid=") is [_, var thread] ? thread : null;

    public void Delete(FakeTeamsMessage message)
    {
        Messages.Remove(message);
        Deleted.Add(message.Id);
    }

    /// <summary>The messages of one thread, its first one among them.</summary>
    public IReadOnlyList<FakeTeamsMessage> Thread(string id) => [.. Messages.Where(m => m.Thread == id)];
}

/// <param name="thread">The thread's first message; null outside of channels.</param>
public sealed class FakeTeamsMessage(string id, string? thread, JsonObject content)
{
    public string Id { get; } = id;

    public string? Thread { get; } = thread;

    public JsonObject Content { get; private set; } = content;

    public int Updates { get; private set; }

    /// <summary>What people read of it, cards among them.</summary>
    public string Text => string.Join('\n', Texts(Content));

    public string Json => Content.ToJsonString(new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The buttons of its cards, those that open dialogs among them.</summary>
    public IReadOnlyList<JsonNode> Buttons() => [.. Buttons(Content)];

    public void Update(JsonObject content)
    {
        Content = content;
        Updates++;
    }

    private static IEnumerable<JsonNode> Buttons(JsonNode? node) => node switch
    {
        JsonArray items => items.SelectMany(Buttons),
        JsonObject element => element["type"]?.ToString() is "Action.Execute" or "Action.Submit" ? [element] : element.SelectMany(p => Buttons(p.Value)),
        _ => [],
    };

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonArray items => items.SelectMany(Texts),
        JsonObject card => card.SelectMany(p => p is { Key: "text" or "title" or "value", Value: JsonValue text } ? [text.ToString()] : Texts(p.Value)),
        _ => [],
    };
}

/// <summary>What goes wrong with one call.</summary>
public sealed record TeamsFault(int Status = 0, string Code = "", TimeSpan? RetryAfter = null)
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether it happened.</summary>
    public bool IsTaken { get; set; }

    public bool IsHanging { get; private init; }

    public bool IsReset { get; private init; }

    public bool IsAnswerLost { get; private init; }

    public string? Instead { get; private init; }

    /// <summary>No answer until it is released.</summary>
    public static TeamsFault Hanging => new() { IsHanging = true };

    /// <summary>The connection breaks before anything was done.</summary>
    public static TeamsFault Reset => new() { IsReset = true };

    /// <summary>It is done, and the connection breaks before the answer.</summary>
    public static TeamsFault AnswerLost => new() { IsAnswerLost = true };

    /// <summary>It is done, and the answer is another one than it should be.</summary>
    public static TeamsFault Answered(string instead) => new() { Instead = instead };

    /// <summary>Completes when a call hangs.</summary>
    public Task Reached => _reached.Task;

    public void Release() => _released.TrySetResult();

    internal async Task HangAsync(CancellationToken cancellationToken)
    {
        _reached.TrySetResult();
        await _released.Task.WaitAsync(cancellationToken);
    }
}
