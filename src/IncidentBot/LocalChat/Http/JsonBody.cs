using System.Text.Json;

namespace IncidentBot.LocalChat.Http;

/// <summary>Reads a request's JSON and says what is wrong with it.</summary>
public static class JsonBody
{
    /// <exception cref="BadHttpRequestException">415: not JSON by its content type; 413: too long; 400: not the JSON that is expected.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request, CancellationToken cancellationToken)
        where T : class
    {
        if (!request.HasJsonContentType())
            throw new BadHttpRequestException("Send application/json.", StatusCodes.Status415UnsupportedMediaType);
        try
        {
            return await request.ReadFromJsonAsync<T>(JsonSerializerOptions.Web, cancellationToken)
                ?? throw new BadHttpRequestException("The body is null; an object is expected.");
        }
        catch (JsonException fault)
        {
            throw new BadHttpRequestException($"The body is not the JSON that is expected here: line {fault.LineNumber + 1}, at {fault.Path ?? "the start"}.");
        }
        catch (InvalidOperationException)
        {
            throw new BadHttpRequestException("The body holds text that is no valid Unicode, or its charset is not known.");
        }
    }
}
