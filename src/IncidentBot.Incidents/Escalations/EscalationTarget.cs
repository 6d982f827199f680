using System.Text.RegularExpressions;

namespace IncidentBot.Incidents.Escalations;

/// <summary>
/// Whom a level asks: <c>slack:U012ABC</c> (a person), <c>slack:S012ABC</c> (a user group), <c>teams:</c> with an Entra object id or
/// <c>29:…</c>, <c>local:ana</c>, or the plain name of a team outside the chats, which is only named in the room.
/// </summary>
/// <param name="Name">As it was written, until the platform tells the account's own.</param>
/// <param name="Platform">Null for a plain name, and so is <paramref name="Id"/>.</param>
public sealed partial record EscalationTarget(string Name, string? Platform, string? Id)
{
    private static readonly (string Platform, Regex Ids, string Accepted)[] Chats =
    [
        ("slack", SlackId(), "slack:U012ABC for a person or slack:S012ABC for a user group"),
        ("teams", TeamsId(), "teams: and the person's Entra object id or 29:…"),
        ("local", LocalId(), "local:ana"),
    ];

    /// <summary>The account; null for a plain name.</summary>
    public Person? ToPerson() => Platform is not null && Id is not null ? new Person(Platform, Id, Name) : null;

    public bool Is(Person person) => Platform == person.Platform && Id == person.Id;

    public override string ToString() => Id is null ? Name : "@" + Name;

    /// <summary>The account that a text names; a text that names none is a plain name.</summary>
    public static EscalationTarget Read(string text)
    {
        var name = text.Trim();
        if (name.Split(':', 2, StringSplitOptions.TrimEntries) is not [var platform, var id] || FindFault(name) is not null)
            return new EscalationTarget(name, null, null);
        platform = platform.ToLowerInvariant();
        return platform == "local" ? new EscalationTarget(id, platform, id.ToLowerInvariant()) : new EscalationTarget(name, platform, id);
    }

    /// <summary>What is wrong with a target of the configuration: the target in quotes, and the fix; null where nothing is.</summary>
    internal static string? FindFault(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return "an empty target. Remove it, or say who is asked, for example local:ana.";
        if (text.Split(':', 2, StringSplitOptions.TrimEntries) is not [var platform, var id])
            return null;
        var chat = Array.Find(Chats, c => c.Platform.Equals(platform, StringComparison.OrdinalIgnoreCase));
        return chat.Platform is null ? $"\"{text}\", and there is no chat \"{platform}\". Begin with slack:, teams: or local:, or use a plain name without a colon."
            : !chat.Ids.IsMatch(id) ? $"\"{text}\". Use {chat.Accepted}."
            : null;
    }

    [GeneratedRegex("^[UWS][A-Z0-9]{2,20}$")]
    private static partial Regex SlackId();

    [GeneratedRegex("^(?:29:[!-~]+|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})$")]
    private static partial Regex TeamsId();

    [GeneratedRegex(@"^[^\s@:]+$")]
    private static partial Regex LocalId();
}
