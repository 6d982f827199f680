namespace IncidentBot.Incidents.Outbox;

public enum LiveMessageKind
{
    StatusCard,
    Postmortem,
}

/// <summary>Where the platform keeps a message that is updated in place.</summary>
public sealed class LiveMessage(int incidentNumber, LiveMessageKind kind, Conversation conversation, string messageId)
{
    public int IncidentNumber { get; private set; } = incidentNumber;

    public LiveMessageKind Kind { get; private set; } = kind;

    public Conversation Conversation { get; private set; } = conversation;

    public string MessageId { get; private set; } = messageId;

    public void PostedAs(Conversation conversation, string messageId)
    {
        Conversation = conversation;
        MessageId = messageId;
    }
}
