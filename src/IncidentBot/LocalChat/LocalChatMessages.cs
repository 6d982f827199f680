using System.Text.Json;
using IncidentBot.Incidents.Chat;
using IncidentBot.LocalChat.Store;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.LocalChat;

/// <summary>What was said, by room and in order. Storing a message and telling the open pages of it is one commit.</summary>
public sealed class LocalChatMessages(LocalChatDatabase database, TimeProvider time)
{
    private const string ByPerson = "client:";

    /// <summary>Keeps what a person wrote; the same client id is kept once.</summary>
    public Task<MessageView> SayAsync(RoomRow room, PersonRow author, string text, string clientId, CancellationToken cancellationToken) =>
        AddAsync(
            new MessageRow
            {
                RoomId = room.Id,
                AuthorId = author.Id,
                At = time.GetUtcNow(),
                Content = Serialize(ChatMessage.Of(text)),
                DeduplicationKey = ByPerson + clientId,
            },
            cancellationToken);

    /// <summary>Keeps what the bot posts; the same key is kept once.</summary>
    public Task<MessageView> PostAsync(string roomId, ChatMessage message, string deduplicationKey, CancellationToken cancellationToken) =>
        AddAsync(Posted(roomId, message, deduplicationKey), cancellationToken);

    /// <summary>Keeps a file, shown as a message that offers it; the same key is kept once.</summary>
    public Task<MessageView> UploadAsync(
        string roomId, ChatMessage message, string fileName, string content, string deduplicationKey, CancellationToken cancellationToken) =>
        AddAsync(Posted(roomId, message, deduplicationKey, fileName, content), cancellationToken);

    /// <returns>Whether there is such a message in the room.</returns>
    public Task<bool> ChangeAsync(string roomId, long messageId, Action<MessageRow> change, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async db =>
            {
                var row = await db.Messages.FirstOrDefaultAsync(m => m.Id == messageId && m.RoomId == roomId, cancellationToken);
                if (row is null)
                    return false;
                change(row);
                Announce(db, row, await db.Rooms.SingleAsync(r => r.Id == roomId, cancellationToken));
                return true;
            },
            cancellationToken);

    public Task<bool> UpdateAsync(string roomId, long messageId, ChatMessage message, CancellationToken cancellationToken) =>
        ChangeAsync(
            roomId,
            messageId,
            row =>
            {
                row.Content = Serialize(message);
                row.EditedAt = time.GetUtcNow();
            },
            cancellationToken);

    /// <summary>The newest <paramref name="limit"/> messages before one, oldest first.</summary>
    public Task<HistoryView> ReadAsync(string roomId, long? before, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async db =>
            {
                var rows = await db.Messages.AsNoTracking()
                    .Where(m => m.RoomId == roomId && (before == null || m.Id < before))
                    .OrderByDescending(m => m.Id)
                    .Take(limit + 1)
                    .ToListAsync(cancellationToken);
                return new HistoryView([.. rows.Take(limit).Reverse().Select(MessageView.Of)], rows.Count > limit);
            },
            cancellationToken);

    public Task<MessageRow?> FindAsync(long id, CancellationToken cancellationToken) =>
        database.ReadAsync(db => db.Messages.AsNoTracking().FirstOrDefaultAsync(m => m.Id == id, cancellationToken), cancellationToken);

    internal static string? ClientIdOf(MessageRow row) =>
        row.DeduplicationKey.StartsWith(ByPerson, StringComparison.Ordinal) ? row.DeduplicationKey[ByPerson.Length..] : null;

    private static string Serialize(ChatMessage message) => JsonSerializer.Serialize(message, JsonSerializerOptions.Web);

    private MessageRow Posted(string roomId, ChatMessage message, string key, string? fileName = null, string? content = null) => new()
    {
        RoomId = roomId,
        At = time.GetUtcNow(),
        Content = Serialize(message),
        DeduplicationKey = "bot:" + key,
        FileName = fileName,
        FileContent = content,
    };

    private Task<MessageView> AddAsync(MessageRow message, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async db =>
            {
                var existing = await db.Messages.FirstOrDefaultAsync(m => m.DeduplicationKey == message.DeduplicationKey, cancellationToken);
                if (existing is not null)
                    return MessageView.Of(existing);
                var room = await db.Rooms.SingleAsync(r => r.Id == message.RoomId, cancellationToken);
                db.Messages.Add(message);
                await db.SaveChangesAsync(cancellationToken);
                room.LastMessageId = message.Id;
                Announce(db, message, room);
                if (message.Id % 500 == 0)
                    await LocalChatEvents.TrimAsync(db, cancellationToken);
                return MessageView.Of(message);
            },
            cancellationToken);

    private static void Announce(LocalChatContext db, MessageRow message, RoomRow room) =>
        LocalChatEvents.Add(db, "message", MessageView.Of(message), room.IsPrivate ? room.Members : null);
}
