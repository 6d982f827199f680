using System.Text.Json;
using IncidentBot.LocalChat.Store;

namespace IncidentBot.LocalChat;

// What the page reads, one record a thing; the names are its JSON.

public sealed record PersonView(string Id, string Name, string ZoneId)
{
    public static PersonView Of(PersonRow row) => new(row.Id, row.Name, row.ZoneId);
}

public sealed record RoomView(string Id, string Topic, int? Incident, string? DeclaredBy, bool IsPrivate, IReadOnlyList<string> Members, long LastMessageId)
{
    public static RoomView Of(RoomRow row) =>
        new(row.Id, row.Topic, row.IncidentNumber, row.DeclaredById, row.IsPrivate, row.Members, row.LastMessageId);
}

/// <param name="Author">A person's id; null is the bot.</param>
/// <param name="ClientId">The id that the page gave it when a person wrote it.</param>
/// <param name="Content">A <see cref="Incidents.Chat.ChatMessage"/>.</param>
public sealed record MessageView(
    long Id, string Room, string? Author, DateTimeOffset At, DateTimeOffset? EditedAt, bool IsPinned, string? ClientId, FileView? File, JsonElement Content)
{
    public static MessageView Of(MessageRow row) => new(
        row.Id,
        row.RoomId,
        row.AuthorId,
        row.At,
        row.EditedAt,
        row.IsPinned,
        LocalChatMessages.ClientIdOf(row),
        row.FileName is null ? null : new FileView(row.FileName, $"{LocalChatSetup.Root}/files/{row.Id}"),
        JsonElement.Parse(row.Content));
}

public sealed record FileView(string Name, string Url);

/// <param name="HasMore">Whether there are older ones.</param>
public sealed record HistoryView(IReadOnlyList<MessageView> Messages, bool HasMore);

/// <summary>All that a page needs to begin with; its event stream goes on after <paramref name="LastEventId"/>.</summary>
public sealed record StateView(IReadOnlyList<PersonView> People, IReadOnlyList<RoomView> Rooms, long LastEventId);

