using System.Text.RegularExpressions;
using IncidentBot.LocalChat.Store;

namespace IncidentBot.LocalChat.Http;

// What the page sends. Everything may be missing: RequestReader says what is.

public sealed record MessageRequest(string? Id, string? Room, string? Person, string? Text);

public sealed record FormRequest(
    string? Id, string? Room, string? Person, string? FormId, int? Incident, int? Number, Dictionary<string, string?>? Values);

public sealed record RoomCreation(string? Name, string? Topic);

public sealed record PersonCreation(string? Name, string? ZoneId);

public sealed record SampleRequest(string? Person);

/// <summary>Turns the names in a request into the people and rooms they mean.</summary>
public sealed partial class RequestReader(LocalChatPeople people, LocalChatRooms rooms)
{
    private const int MaxTextLength = 12_000;

    /// <exception cref="BadHttpRequestException">There is nobody of that name.</exception>
    public async Task<PersonRow> PersonAsync(string? id, CancellationToken cancellationToken) =>
        (id is null ? null : await people.FindAsync(id, cancellationToken))
        ?? throw new BadHttpRequestException("\"person\" names nobody who is here. GET /chat/state lists the people.");

    /// <exception cref="BadHttpRequestException">There is no such room, or it is private and the person is no member.</exception>
    public async Task<RoomRow> RoomAsync(string? id, PersonRow person, CancellationToken cancellationToken) =>
        (id is null ? null : await rooms.FindAsync(id, cancellationToken)) is { } room && room.IsVisibleTo(person.Id)
            ? room
            : throw new BadHttpRequestException("\"room\" names no room that is here. GET /chat/state lists the rooms.");

    /// <exception cref="BadHttpRequestException">It is no id.</exception>
    public static string ClientId(string? id) => id is not null && ClientIdPattern().IsMatch(id)
        ? id
        : throw new BadHttpRequestException("\"id\" is what makes a repeated try safe: 1 to 64 letters, digits, dashes or underscores.");

    /// <exception cref="BadHttpRequestException">It is empty or too long.</exception>
    public static string Text(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw new BadHttpRequestException("\"text\" is empty.");
        if (text.Length > MaxTextLength)
            throw new BadHttpRequestException($"\"text\" has {text.Length} characters; {MaxTextLength} are the most. Send it in parts.");
        return text;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex ClientIdPattern();
}
