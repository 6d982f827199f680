namespace IncidentBot.Incidents.Inbox;

/// <summary>
/// A request that was carried out, stored in the same commit as what it did: a second delivery with the same
/// <see cref="Key"/> gets the same answer and changes nothing.
/// </summary>
public sealed class InboxMessage(string key, DateTimeOffset receivedAt, string answer)
{
    public string Key { get; private set; } = key;

    public DateTimeOffset ReceivedAt { get; private set; } = receivedAt;

    /// <summary>The answer as JSON.</summary>
    public string Answer { get; private set; } = answer;
}
