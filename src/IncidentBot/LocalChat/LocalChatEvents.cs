using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using IncidentBot.LocalChat.Store;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.LocalChat;

/// <summary>
/// The stream of what happens, for one open page. Every event with an id is a row, so that a page which comes back with the
/// last id it saw gets the rest: nothing twice, nothing left out.
/// </summary>
public sealed class LocalChatEvents(LocalChatDatabase database, LocalChatSignal signal, TimeProvider time)
{
    /// <summary>Rows kept for pages that come back; one that was away for longer is told to load anew.</summary>
    public const int Kept = 5_000;

    private const int BatchSize = 200;

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>Adds an event to a commit under way.</summary>
    public static void Add(LocalChatContext db, string type, object data, IReadOnlyCollection<string>? audience = null) =>
        db.Events.Add(new EventRow
        {
            Type = type,
            Audience = [.. audience ?? []],
            Data = JsonSerializer.Serialize(data, JsonSerializerOptions.Web),
        });

    /// <summary>An event of its own; it changes no row of the chat.</summary>
    public Task PublishAsync(string type, object data, IReadOnlyCollection<string>? audience, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async db =>
            {
                Add(db, type, data, audience);
                await TrimAsync(db, cancellationToken);
                return true;
            },
            cancellationToken);

    public static async Task<long> LastIdAsync(LocalChatContext db, CancellationToken cancellationToken) =>
        await db.Events.MaxAsync(e => (long?)e.Id, cancellationToken) ?? 0;

    /// <summary>Drops what no page comes back for any more.</summary>
    public static async Task TrimAsync(LocalChatContext db, CancellationToken cancellationToken)
    {
        var last = await LastIdAsync(db, cancellationToken);
        await db.Events.Where(e => e.Id <= last - Kept).ExecuteDeleteAsync(cancellationToken);
    }

    /// <param name="after">The last event that the page has; null: begin with what happens from now on.</param>
    public async IAsyncEnumerable<SseItem<string>> StreamAsync(string personId, long? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (first, last) = await database.ReadAsync(
            async db => (await db.Events.MinAsync(e => (long?)e.Id, cancellationToken) ?? 1, await LastIdAsync(db, cancellationToken)),
            cancellationToken);
        var position = after ?? last;
        yield return new SseItem<string>("{}", "hello") { ReconnectionInterval = TimeSpan.FromSeconds(1) };

        // Trimmed meanwhile, or an id of another database.
        if (position < first - 1 || position > last)
        {
            position = last;
            yield return new SseItem<string>("{}", "reset") { EventId = Id(position) };
        }

        while (!cancellationToken.IsCancellationRequested)
        {
            var next = signal.Next;
            var events = await database.ReadAsync(
                db => db.Events.AsNoTracking().Where(e => e.Id > position).OrderBy(e => e.Id).Take(BatchSize).ToListAsync(cancellationToken),
                cancellationToken);
            foreach (var row in events)
            {
                position = row.Id;
                if (row.IsFor(personId))
                    yield return new SseItem<string>(row.Data, row.Type) { EventId = Id(row.Id) };
            }
            if (events.Count == 0 && !await HappensAsync(next, cancellationToken))
                yield return new SseItem<string>("{}", "heartbeat");
        }
    }

    private static string Id(long id) => id.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private async Task<bool> HappensAsync(Task next, CancellationToken cancellationToken)
    {
        try
        {
            await next.WaitAsync(Heartbeat, time, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
