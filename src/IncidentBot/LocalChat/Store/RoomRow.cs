namespace IncidentBot.LocalChat.Store;

public sealed class RoomRow
{
    /// <summary>How the id of a person's room with the bot begins, behind which the person's stands; no room that people make has such a name.</summary>
    public const string DirectMark = "@";

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

    /// <summary>Whether it is the room of one person with the bot.</summary>
    public bool IsDirect => Id.StartsWith(DirectMark, StringComparison.Ordinal);

    public bool IsVisibleTo(string personId) => !IsPrivate || Members.Contains(personId);
}
