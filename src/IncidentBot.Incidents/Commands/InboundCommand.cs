using IncidentBot.Incidents.Chat;

namespace IncidentBot.Incidents.Commands;

/// <summary>A message from a platform, verified and read.</summary>
/// <param name="Key">The platform's own id of this request, the same on a repeated delivery.</param>
/// <param name="Text">As typed, with the command word: <c>/incident start …</c>. Mentions stand as <c>@name</c>.</param>
/// <param name="ZoneId">The person's own zone (IANA) as the platform tells it, else null.</param>
/// <param name="ReceivedAt">"Now" for this command.</param>
/// <param name="Mentions">The people behind the <c>@name</c>s of the text that the platform knows, by name.</param>
public sealed record InboundCommand(
    string Key,
    Conversation Conversation,
    Person By,
    string Text,
    string? ZoneId,
    DateTimeOffset ReceivedAt,
    IReadOnlyDictionary<string, Person> Mentions)
{
    /// <summary>The platform cannot answer in the request itself: the answer is posted in the conversation, committed with what was done.</summary>
    public bool IsAnsweredByPost { get; init; }

    public static IReadOnlyDictionary<string, Person> NoMentions { get; } = new Dictionary<string, Person>();
}

/// <summary>Something that a person did otherwise than by typing: a reaction, an edited message.</summary>
public sealed record InboundAction(
    string Key, Conversation Conversation, Person By, Command Command, string? ZoneId, DateTimeOffset ReceivedAt);

/// <summary>A submitted form, see <see cref="ChatForm"/> for the values.</summary>
/// <param name="Mentions">The people behind the <c>@name</c>s of the values that the platform knows, by name.</param>
public sealed record InboundForm(
    string Key,
    Conversation Conversation,
    Person By,
    FormReference Reference,
    IReadOnlyDictionary<string, string> Values,
    string? ZoneId,
    DateTimeOffset ReceivedAt,
    IReadOnlyDictionary<string, Person> Mentions);
