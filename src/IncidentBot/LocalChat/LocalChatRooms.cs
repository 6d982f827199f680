using IncidentBot.LocalChat.Store;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.LocalChat;

/// <summary>The rooms, in the order in which they were made.</summary>
public sealed class LocalChatRooms(LocalChatDatabase database, TimeProvider time)
{
    public const string General = "general";

    public Task<RoomRow?> FindAsync(string id, CancellationToken cancellationToken) =>
        database.ReadAsync(db => db.Rooms.AsNoTracking().FirstOrDefaultAsync(r => r.Id == id, cancellationToken), cancellationToken);

    public Task<RoomRow?> FindByIncidentAsync(int number, CancellationToken cancellationToken) =>
        database.ReadAsync(
            db => db.Rooms.AsNoTracking().OrderByDescending(r => r.CreatedAt).FirstOrDefaultAsync(r => r.IncidentNumber == number, cancellationToken),
            cancellationToken);

    /// <returns>Null when there is a room or a person of that name already: the bot writes to either by it.</returns>
    /// <exception cref="BadHttpRequestException">Nothing of the name can stand in one.</exception>
    public Task<RoomView?> CreateAsync(string name, string topic, CancellationToken cancellationToken)
    {
        var id = RoomName.From(name);
        if (id.Length == 0)
            throw new BadHttpRequestException("A room's name needs a letter or a digit, such as payments-team.");
        return database.WriteAsync(
            async db => await IsTakenAsync(db, id, cancellationToken)
                ? null
                : RoomView.Of(Add(db, new RoomRow { Id = id, Topic = topic, DeduplicationKey = "name:" + id, CreatedAt = time.GetUtcNow() })),
            cancellationToken);
    }

    /// <summary>The room of a person with the bot, which nobody else sees; made where there is none yet.</summary>
    public async Task<RoomRow> OpenDirectAsync(PersonRow person, CancellationToken cancellationToken)
    {
        var id = RoomRow.DirectMark + person.Id;
        return await FindAsync(id, cancellationToken) ?? await database.WriteAsync(
            async db => await db.Rooms.FirstOrDefaultAsync(r => r.Id == id, cancellationToken) ?? Add(db, new RoomRow
            {
                Id = id,
                Topic = "Between you and the bot. Nobody else sees it.",
                IsPrivate = true,
                Members = [person.Id],
                DeduplicationKey = "name:" + id,
                CreatedAt = time.GetUtcNow(),
            }),
            cancellationToken);
    }

    /// <summary>A room of its own for a run of the sample.</summary>
    public Task<RoomRow> CreateFreshAsync(string name, string topic, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async db =>
            {
                var id = await FreeNameAsync(db, name, cancellationToken);
                return Add(db, new RoomRow { Id = id, Topic = topic, DeduplicationKey = "name:" + id, CreatedAt = time.GetUtcNow() });
            },
            cancellationToken);

    /// <summary>The incident's room; the same key gives the same room.</summary>
    public Task<RoomRow> CreateForIncidentAsync(Incidents.Chat.RoomRequest request, string deduplicationKey, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async db =>
            {
                var key = "incident:" + deduplicationKey;
                if (await db.Rooms.FirstOrDefaultAsync(r => r.DeduplicationKey == key, cancellationToken) is { } existing)
                    return existing;
                return Add(db, new RoomRow
                {
                    Id = await FreeNameAsync(db, RoomName.ForIncident(request.IncidentNumber, request.Title), cancellationToken),
                    IncidentNumber = request.IncidentNumber,
                    DeclaredById = request.DeclaredBy.Id,
                    IsPrivate = request.IsPrivate,
                    Members = [request.DeclaredBy.Id],
                    DeduplicationKey = key,
                    CreatedAt = time.GetUtcNow(),
                });
            },
            cancellationToken);

    /// <returns>Whether there is such a room.</returns>
    public Task<bool> ChangeAsync(string id, Action<RoomRow> change, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async db =>
            {
                if (await db.Rooms.FindAsync([id], cancellationToken) is not { } room)
                    return false;
                change(room);
                Announce(db, room);
                return true;
            },
            cancellationToken);

    private static async Task<bool> IsTakenAsync(LocalChatContext db, string id, CancellationToken cancellationToken) =>
        await db.Rooms.AnyAsync(r => r.Id == id, cancellationToken) || await db.People.AnyAsync(p => p.Id == id, cancellationToken);

    private static RoomRow Add(LocalChatContext db, RoomRow room)
    {
        db.Rooms.Add(room);
        Announce(db, room);
        return room;
    }

    private static void Announce(LocalChatContext db, RoomRow room) =>
        LocalChatEvents.Add(db, "room", RoomView.Of(room), room.IsPrivate ? room.Members : null);

    private static async Task<string> FreeNameAsync(LocalChatContext db, string name, CancellationToken cancellationToken)
    {
        var stem = name[..Math.Min(name.Length, RoomName.MaxLength - 10)];
        var taken = await db.Rooms.Select(r => r.Id).Concat(db.People.Select(p => p.Id)).Where(id => id.StartsWith(stem)).ToListAsync(cancellationToken);
        return RoomName.Free(name, taken.Contains);
    }
}
