using IncidentBot.LocalChat.Store;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.LocalChat.Http;

/// <summary>Who and what is there: people, rooms, commands; and the sample.</summary>
public static class DirectoryEndpoints
{
    public static void Map(RouteGroupBuilder chat)
    {
        chat.MapGet("/state", ReadStateAsync);
        chat.MapGet("/commands", () => CompletionView.All);
        chat.MapPost("/rooms", CreateRoomAsync);
        chat.MapPost("/people", AddPersonAsync);
        chat.MapPost("/sample", PlayAsync);
    }

    /// <summary>One read of one moment: the event stream goes on exactly where this ends.</summary>
    private static Task<StateView> ReadStateAsync(HttpRequest request, LocalChatDatabase database, CancellationToken cancellationToken)
    {
        var person = (string?)request.Query["person"] ?? "";
        return database.ReadAsync(
            async db =>
            {
                await db.Database.OpenConnectionAsync(cancellationToken);
                // Deferred: a read transaction, which waits for nobody and makes nobody wait.
                await using var moment = ((SqliteConnection)db.Database.GetDbConnection()).BeginTransaction(deferred: true);
                await db.Database.UseTransactionAsync(moment, cancellationToken);
                var people = await db.People.AsNoTracking().OrderBy(p => p.Name).ToListAsync(cancellationToken);
                var rooms = await db.Rooms.AsNoTracking().OrderBy(r => r.CreatedAt).ThenBy(r => r.Id).ToListAsync(cancellationToken);
                return new StateView(
                    people.ConvertAll(PersonView.Of),
                    [.. rooms.Where(r => r.IsVisibleTo(person)).Select(RoomView.Of)],
                    await LocalChatEvents.LastIdAsync(db, cancellationToken));
            },
            cancellationToken);
    }

    private static async Task<IResult> CreateRoomAsync(HttpRequest request, LocalChatRooms rooms, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync<RoomCreation>(request, cancellationToken);
        var topic = (body.Topic ?? "").Trim();
        if (topic.Length > 250)
            throw new BadHttpRequestException("\"topic\" has more than 250 characters.");
        return await rooms.CreateAsync(body.Name ?? "", topic, cancellationToken) is { } room
            ? TypedResults.Ok(room)
            : Taken($"There is a room or a person called {RoomName.From(body.Name ?? "")} already.");
    }

    private static async Task<IResult> AddPersonAsync(HttpRequest request, LocalChatPeople people, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync<PersonCreation>(request, cancellationToken);
        return await people.AddAsync(body.Name ?? "", body.ZoneId ?? "", cancellationToken) is { } person
            ? TypedResults.Ok(person)
            : Taken("Somebody or a room has that name already.");
    }

    private static async Task<IResult> PlayAsync(
        HttpRequest request, RequestReader reader, SamplePlayer player, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync<SampleRequest>(request, cancellationToken);
        await reader.PersonAsync(body.Person, cancellationToken);
        return TypedResults.Accepted((string?)null, new SampleView(await player.RequestAsync(cancellationToken)));
    }

    private static ProblemHttpResult Taken(string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status409Conflict, title: "Taken");
}
