namespace IncidentBot.Incidents.Outbox;

public enum LiveMessageKind
{
    StatusCard,
    Postmortem,

    /// <summary>In the room: an escalation, with buttons as long as it waits for an answer.</summary>
    Escalation,

    /// <summary>To one who is asked for help.</summary>
    EscalationCall,

    /// <summary>A reminder of a task, to its owner or in the room.</summary>
    ActionItem,
}

/// <summary>Where the platform keeps a message that is updated in place.</summary>
/// <param name="number">Of the escalation or task that it is about; 0 where the incident has one such message.</param>
/// <param name="recipient"><see cref="RecipientOf"/>; empty for the room.</param>
public sealed class LiveMessage(int incidentNumber, LiveMessageKind kind, int number, string recipient, Conversation conversation, string messageId)
{
    public int IncidentNumber { get; private set; } = incidentNumber;

    public LiveMessageKind Kind { get; private set; } = kind;

    public int Number { get; private set; } = number;

    public string Recipient { get; private set; } = recipient;

    public Conversation Conversation { get; private set; } = conversation;

    public string MessageId { get; private set; } = messageId;

    /// <summary>The last one of an escalation's steps for which it was said; 0 of what has none.</summary>
    public int Step { get; private set; }

    public static string RecipientOf(Person? person) => person is null ? "" : $"{person.Platform}:{person.Id}";

    /// <summary>Shows it as things stand now.</summary>
    internal PublishLive Refresh() => new(Kind, Number: Number, To: Recipient.Length == 0 ? null : new Person(Conversation.Platform, Recipient[(Conversation.Platform.Length + 1)..], ""));

    public void PostedAs(Conversation conversation, string messageId, int step)
    {
        Step = step;
        Conversation = conversation;
        MessageId = messageId;
    }
}
