using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using IncidentBot.Incidents.Chat;

namespace IncidentBot.LocalChat.Http;

/// <summary>What is said, asked and filled in, and the stream that tells the open pages.</summary>
public static class MessageEndpoints
{
    private const int PageSize = 50;

    public static void Map(RouteGroupBuilder chat)
    {
        chat.MapGet("/events", StreamAsync);
        chat.MapGet("/rooms/{room}/messages", ReadAsync);
        chat.MapPost("/messages", PostAsync);
        chat.MapPost("/forms", SubmitFormAsync);
        chat.MapGet("/forms/{formId}", OpenFormAsync);
        chat.MapGet("/files/{id:long}", DownloadAsync);
    }

    private static async Task<IResult> StreamAsync(
        HttpRequest request, RequestReader reader, LocalChatEvents events, IHostApplicationLifetime lifetime, CancellationToken cancellationToken)
    {
        var person = await reader.PersonAsync(request.Query["person"], cancellationToken);
        var after = request.Headers["Last-Event-ID"] is [{ Length: > 0 } last, ..] ? last : (string?)request.Query["after"];
        return TypedResults.ServerSentEvents(UntilStopAsync(events, person.Id, Id(after, "after"), lifetime.ApplicationStopping, cancellationToken));
    }

    private static async Task<HistoryView> ReadAsync(
        string room, HttpRequest request, RequestReader reader, LocalChatMessages messages, CancellationToken cancellationToken)
    {
        var person = await reader.PersonAsync(request.Query["person"], cancellationToken);
        var row = await reader.RoomAsync(room, person, cancellationToken);
        return await messages.ReadAsync(row.Id, Id(request.Query["before"], "before"), PageSize, cancellationToken);
    }

    private static async Task<PostedView> PostAsync(
        HttpRequest request, RequestReader reader, LocalChatConversation conversation, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync<MessageRequest>(request, cancellationToken);
        var id = RequestReader.ClientId(body.Id);
        var text = RequestReader.Text(body.Text);
        var person = await reader.PersonAsync(body.Person, cancellationToken);
        var room = await reader.RoomAsync(body.Room, person, cancellationToken);
        return await conversation.TakeAsync(id, room, person, text, cancellationToken);
    }

    private static async Task<AnswerView> SubmitFormAsync(
        HttpRequest request, RequestReader reader, LocalChatConversation conversation, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync<FormRequest>(request, cancellationToken);
        var id = RequestReader.ClientId(body.Id);
        if (string.IsNullOrEmpty(body.FormId) || body.Values is null)
            throw new BadHttpRequestException("\"formId\" and \"values\" are needed.");
        var person = await reader.PersonAsync(body.Person, cancellationToken);
        var room = await reader.RoomAsync(body.Room, person, cancellationToken);
        var values = body.Values.ToDictionary(v => v.Key, v => v.Value ?? "");
        return await conversation.SubmitAsync(id, room, person, new FormReference(body.FormId, body.Incident, Number: body.Number), values, cancellationToken);
    }

    private static async Task<AnswerView> OpenFormAsync(
        string formId, HttpRequest request, RequestReader reader, LocalChatConversation conversation, CancellationToken cancellationToken)
    {
        var person = await reader.PersonAsync(request.Query["person"], cancellationToken);
        var room = await reader.RoomAsync(request.Query["room"], person, cancellationToken);
        var incident = (int?)Math.Min(Id(request.Query["incident"], "incident") ?? -1, int.MaxValue);
        var number = (int?)Math.Min(Id(request.Query["number"], "number") ?? -1, int.MaxValue);
        var reference = new FormReference(formId, incident < 0 ? null : incident, Number: number < 0 ? null : number);
        return await conversation.OpenFormAsync(room, person, reference, cancellationToken);
    }

    private static async Task<IResult> DownloadAsync(
        long id, HttpRequest request, RequestReader reader, LocalChatMessages messages, CancellationToken cancellationToken)
    {
        var person = await reader.PersonAsync(request.Query["person"], cancellationToken);
        if (await messages.FindAsync(id, cancellationToken) is not { FileName: { } name, FileContent: { } content } message)
            return TypedResults.Problem("There is no such file.", statusCode: StatusCodes.Status404NotFound);
        await reader.RoomAsync(message.RoomId, person, cancellationToken);
        return TypedResults.File(System.Text.Encoding.UTF8.GetBytes(content), "application/octet-stream", name);
    }

    private static long? Id(string? text, string name)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw new BadHttpRequestException($"\"{name}\" is a whole number from 0 on.");
    }

    /// <summary>Ends with the page or with the bot, so that an open page does not hold up its stop.</summary>
    private static async IAsyncEnumerable<SseItem<string>> UntilStopAsync(
        LocalChatEvents events, string personId, long? after, CancellationToken stopping, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancellationToken);
        await using var items = events.StreamAsync(personId, after, either.Token).GetAsyncEnumerator(either.Token);
        while (await MoveNextAsync())
            yield return items.Current;

        async Task<bool> MoveNextAsync()
        {
            try
            {
                return await items.MoveNextAsync();
            }
            catch (OperationCanceledException) when (either.IsCancellationRequested)
            {
                return false;
            }
        }
    }
}
