using IncidentBot.Incidents;
using IncidentBot.Incidents.Postmortems;
using IncidentBot.Incidents.Store;
using IncidentBot.LocalChat.Store;

namespace IncidentBot.LocalChat.Http;

/// <summary>The side panel's view of an incident.</summary>
public static class IncidentEndpoints
{
    public static void Map(RouteGroupBuilder chat) => chat.MapGet("/incidents/{number:int}", ReadAsync);

    private static async Task<IResult> ReadAsync(
        int number,
        HttpRequest request,
        RequestReader reader,
        IncidentReader incidents,
        PostmortemRenderer renderer,
        LocalChatRooms rooms,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var person = await reader.PersonAsync(request.Query["person"], cancellationToken);
        var snapshot = await incidents.ReadAsync(number, cancellationToken);
        var room = await rooms.FindByIncidentAsync(number, cancellationToken);
        if (snapshot is null || !MaySee(person, snapshot.Incident, room))
            return TypedResults.Problem($"There is no INC-{number}.", statusCode: StatusCodes.Status404NotFound);
        return TypedResults.Ok(IncidentView.Of(snapshot, renderer.Render(snapshot, time.GetUtcNow()), room?.Id));
    }

    private static bool MaySee(PersonRow person, Incident incident, RoomRow? room) =>
        !incident.IsPrivate || room?.IsVisibleTo(person.Id) == true || incident.DeclaredBy.IsSameAs(person.ToPerson());
}
