namespace IncidentBot.LocalChat.Store;

/// <summary>
/// Something that open pages must hear of, kept in the same commit as what it tells, so that a page that was away for a moment
/// gets what it missed, once.
/// </summary>
public sealed class EventRow
{
    /// <summary>Given by the database; the event id of the stream.</summary>
    public long Id { get; private set; }

    public required string Type { get; init; }

    /// <summary>Ids of the people whose pages hear of it; empty: all.</summary>
    public List<string> Audience { get; init; } = [];

    /// <summary>JSON.</summary>
    public required string Data { get; init; }

    public bool IsFor(string personId) => Audience.Count == 0 || Audience.Contains(personId);
}
