namespace IncidentBot.LocalChat.Store;

public sealed class MessageRow
{
    /// <summary>Given by the database; the order of the messages.</summary>
    public long Id { get; private set; }

    public required string RoomId { get; init; }

    /// <summary>Null: the bot itself.</summary>
    public string? AuthorId { get; init; }

    public required DateTimeOffset At { get; init; }

    public DateTimeOffset? EditedAt { get; set; }

    public bool IsPinned { get; set; }

    /// <summary>A <see cref="Incidents.Chat.ChatMessage"/> as JSON.</summary>
    public required string Content { get; set; }

    public required string DeduplicationKey { get; init; }

    public string? FileName { get; init; }

    public string? FileContent { get; init; }
}
