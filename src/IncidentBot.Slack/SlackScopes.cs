namespace IncidentBot.Slack;

/// <summary>What the bot's token must be allowed to do, and what each is for. The manifests in deploy/slack ask for exactly these.</summary>
public static class SlackScopes
{
    public static IReadOnlyDictionary<string, string> Reasons { get; } = new Dictionary<string, string>
    {
        ["bookmarks:write"] = "links the incident's page in its channel",
        ["channels:history"] = "reads the message that a reaction adds to the timeline, and sees its edits and its deletion",
        ["channels:join"] = "enters public channels where it has to announce something",
        ["channels:manage"] = "makes incident channels, sets their topics, invites responders",
        ["channels:read"] = "finds the announcement channel by its name",
        ["chat:write"] = "posts and updates messages",
        ["commands"] = "offers /incident, /timeline and the shortcut \"Add to timeline\"",
        ["files:write"] = "attaches the postmortem draft as a file",
        ["groups:history"] = "the same as channels:history, in private channels that it is in",
        ["groups:read"] = "the same as channels:read, for private channels that it is in",
        ["groups:write"] = "the same as channels:manage, for private incidents",
        ["im:history"] = "recognises its own direct messages when an answer of Slack was lost",
        ["im:write"] = "writes to people directly: asks them for help, reminds them of their tasks",
        ["pins:write"] = "pins the status card",
        ["reactions:read"] = "notices the timeline reaction",
        ["usergroups:read"] = "knows who belongs to a user group that is escalated to",
        ["users:read"] = "shows people's names, and reads times in their zones",
    };
}
