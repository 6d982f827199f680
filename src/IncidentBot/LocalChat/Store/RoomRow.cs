namespace IncidentBot.LocalChat.Store;

public sealed class RoomRow
{
    /// <summary>The name without <c>#</c>, which never changes.</summary>
    public required string Id { get; init; }

    public string Topic { get; set; } = "";

    public int? IncidentNumber { get; init; }

    public string? DeclaredById { get; init; }

    public bool IsPrivate { get; init; }

    /// <summary>Ids of who may see a private room; of who was invited into an open one.</summary>
    public List<string> Members { get; set; } = [];

    public required string DeduplicationKey { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public long LastMessageId { get; set; }

    public bool IsVisibleTo(string personId) => !IsPrivate || Members.Contains(personId);
}
