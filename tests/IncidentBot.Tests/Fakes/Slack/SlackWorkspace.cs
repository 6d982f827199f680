using System.Globalization;
using System.Text.Json.Nodes;

namespace IncidentBot.Tests.Fakes;

public sealed record SlackMember(
    string Id, string Name, string DisplayName, string? Zone = null, bool IsDeleted = false, bool IsGuest = false, bool IsStranger = false);

public sealed record SlackGroup(string Id, string Handle, IReadOnlyList<string> Members, bool IsOff = false);

public sealed class FakeChannel(string id, string name, string creator, bool isPrivate, DateTimeOffset createdAt)
{
    public string Id => id;

    public string Name => name;

    public string Creator => creator;

    public DateTimeOffset CreatedAt => createdAt;

    public bool IsPrivate => isPrivate;

    public bool IsArchived { get; set; }

    public string Topic { get; set; } = "";

    public HashSet<string> Members { get; } = [];

    public List<FakeMessage> Messages { get; } = [];

    public List<string> Pins { get; } = [];

    public List<JsonObject> Bookmarks { get; } = [];

    public List<FakeFile> Files { get; } = [];

    /// <summary>Messages that one person sees.</summary>
    public List<(string User, JsonObject Content)> Ephemerals { get; } = [];
}

public sealed class FakeMessage(string ts, JsonObject content)
{
    public string Ts => ts;

    public JsonObject Content { get; set; } = content;

    public int Updates { get; set; }

    /// <summary>Who reacted with which emoji.</summary>
    public List<(string Emoji, string User)> Reactions { get; } = [];

    public string Text => Content["text"]?.GetValue<string>() ?? "";

    public string Json => Content["blocks"]?.ToJsonString(SlackWorkspace.Readable) ?? "";

    public IReadOnlyList<JsonNode> Buttons() =>
        [.. (Content["blocks"]?.AsArray() ?? []).Where(b => b!["type"]!.ToString() == "actions").SelectMany(b => b!["elements"]!.AsArray()).Select(e => e!)];
}

public sealed record FakeFile(string Id, string Name, string Content);

public sealed class FakeView(string id, JsonObject definition)
{
    public string Id => id;

    public JsonObject Definition { get; set; } = definition;

    public string Hash { get; set; } = "1";
}

/// <summary>What is in the workspace: people, groups, channels, messages, views.</summary>
public sealed class SlackWorkspace(TimeProvider clock)
{
    public const string BotUserId = "UBOT";

    private int _last;

    internal static System.Text.Json.JsonSerializerOptions Readable { get; } = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    public Dictionary<string, SlackMember> Members { get; } = [];

    public List<SlackGroup> Groups { get; } = [];

    public Dictionary<string, FakeChannel> Channels { get; } = [];

    public List<FakeView> Modals { get; } = [];

    public Dictionary<string, JsonObject> Homes { get; } = [];

    /// <summary>When each trigger was given out; null once it was used.</summary>
    public Dictionary<string, DateTimeOffset?> Triggers { get; } = [];

    /// <summary>Posts to each <c>response_url</c>, by the last part of its address.</summary>
    public Dictionary<string, List<JsonObject>> Responses { get; } = [];

    internal Dictionary<string, (string Name, string Content)> Uploads { get; } = [];

    public DateTimeOffset Now => clock.GetUtcNow();

    public string NextId(string prefix) => prefix + Interlocked.Increment(ref _last).ToString("D8", CultureInfo.InvariantCulture);

    public string NextTs() => string.Create(
        CultureInfo.InvariantCulture, $"{clock.GetUtcNow().ToUnixTimeSeconds()}.{Interlocked.Increment(ref _last):D6}");

    public SlackMember AddMember(SlackMember member) => Members[member.Id] = member;

    public FakeChannel AddChannel(string name, bool isPrivate = false, bool hasBot = true, string creator = "U1", string? id = null)
    {
        var channel = new FakeChannel(id ?? NextId("C"), name, creator, isPrivate, Now);
        channel.Members.UnionWith(Members.Keys.Where(m => m != BotUserId));
        if (hasBot)
            channel.Members.Add(BotUserId);
        lock (Channels)
            Channels.Add(channel.Id, channel);
        return channel;
    }

    public FakeChannel Channel(string name)
    {
        lock (Channels)
            return Channels.Values.Single(c => c.Name == name);
    }

    /// <summary>Somebody says something.</summary>
    public FakeMessage Say(FakeChannel channel, string user, string text, string? threadTs = null, Action<JsonObject>? with = null)
    {
        var ts = NextTs();
        var content = new JsonObject { ["type"] = "message", ["ts"] = ts, ["user"] = user, ["text"] = text };
        if (threadTs is not null)
            content["thread_ts"] = threadTs;
        with?.Invoke(content);
        var message = new FakeMessage(ts, content);
        channel.Messages.Add(message);
        return message;
    }

    public string GiveTrigger()
    {
        var id = NextId("T") + ".1.abc";
        lock (Triggers)
            Triggers[id] = clock.GetUtcNow();
        return id;
    }

    /// <returns>Why the trigger does not open anything, null when it does.</returns>
    internal string? UseTrigger(string? id)
    {
        lock (Triggers)
        {
            if (id is null || !Triggers.TryGetValue(id, out var at))
                return "invalid_trigger_id";
            if (at is null)
                return "exchanged_trigger_id";
            Triggers[id] = null;
            return clock.GetUtcNow() - at > TimeSpan.FromSeconds(3) ? "expired_trigger_id" : null;
        }
    }
}
