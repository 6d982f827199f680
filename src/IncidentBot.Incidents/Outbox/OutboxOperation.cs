using System.Text.Json.Serialization;
using IncidentBot.Incidents.ActionItems;
using IncidentBot.Incidents.Chat;

namespace IncidentBot.Incidents.Outbox;

/// <summary>What a platform is to do once the command that asked for it is on disk.</summary>
[JsonDerivedType(typeof(PostMessage), "post")]
[JsonDerivedType(typeof(PublishLive), "live")]
[JsonDerivedType(typeof(CreateRoom), "room")]
[JsonDerivedType(typeof(RefreshTopic), "topic")]
[JsonDerivedType(typeof(InvitePeople), "invite")]
[JsonDerivedType(typeof(PinLive), "pin")]
[JsonDerivedType(typeof(UploadDraft), "upload")]
[JsonDerivedType(typeof(NotifyPerson), "notify")]
[JsonDerivedType(typeof(SendReminder), "reminder")]
[JsonDerivedType(typeof(ReplaceMessage), "replace")]
public abstract record OutboxOperation;

/// <param name="Asked">Whom the message answers: who gets it in private where it cannot be posted.</param>
public sealed record PostMessage(ChatMessage Message, Person? Asked = null) : OutboxOperation;

/// <summary>
/// Shows a message that follows the incident: composed from what is true when it is sent, posted the first time, then
/// updated in place. <paramref name="Repost"/> posts it anew at the end of the conversation, and the older one points there.
/// </summary>
/// <param name="Number">Of the escalation or task that it is about.</param>
/// <param name="To">Who gets it in a conversation with the bot; null: the room.</param>
/// <param name="DueAt">When it was to be said; posted later than that it tells by how much. Null: at any time.</param>
/// <param name="Step">Of the escalation: said once for each, however many ways lead to a person. 0: of something else.</param>
/// <param name="Assignment">Of the task, when its reminder came due. Null: of something else, or of a reminder that was said already.</param>
public sealed record PublishLive(
    LiveMessageKind Kind, bool Repost = false, int Number = 0, Person? To = null, DateTimeOffset? DueAt = null, int Step = 0, TaskAssignment? Assignment = null) : OutboxOperation
{
    /// <summary>Shows it as things stand then, in its place.</summary>
    internal PublishLive Refresh() => this with { Repost = false, DueAt = null };

    public bool ShowsSameAs(PublishLive other) =>
        Kind == other.Kind && Number == other.Number && LiveMessage.RecipientOf(To) == LiveMessage.RecipientOf(other.To);
}

/// <summary>A reminder in words, as things stand when it is sent; nothing, where there is nothing to remind of any more.</summary>
public sealed record SendReminder(long ReminderId) : OutboxOperation;

/// <summary>Shows another text in the place of an older message, which was said again.</summary>
public sealed record ReplaceMessage(string MessageId, ChatMessage Message) : OutboxOperation;

public sealed record CreateRoom : OutboxOperation;

public sealed record RefreshTopic : OutboxOperation;

public sealed record InvitePeople(IReadOnlyList<Person> People) : OutboxOperation;

/// <summary>A message between the bot and one person.</summary>
public sealed record NotifyPerson(Person Person, ChatMessage Message) : OutboxOperation;

public sealed record PinLive(LiveMessageKind Kind) : OutboxOperation;

/// <summary>Gives the draft as a Markdown file, as it stands when it is sent.</summary>
public sealed record UploadDraft : OutboxOperation;
