using System.Reflection;

namespace IncidentBot.LocalChat.Http;

/// <summary>The page itself, from the assembly.</summary>
public static class PageEndpoints
{
    private static readonly Dictionary<string, string> ContentTypes = new(StringComparer.Ordinal)
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
    };

    public static void Map(RouteGroupBuilder chat)
    {
        chat.MapGet("/", () => Send("index.html"));
        chat.MapGet("/page/{name}", Send);
    }

    private static IResult Send(string name) =>
        ContentTypes.TryGetValue(Path.GetExtension(name), out var contentType) && Open(name) is { } content
            ? TypedResults.Stream(content, contentType)
            : TypedResults.Problem("There is no such page.", statusCode: StatusCodes.Status404NotFound);

    /// <summary>A file of the folder <c>Page</c>; null when there is none of that name.</summary>
    public static Stream? Open(string name) => Assembly.GetExecutingAssembly().GetManifestResourceStream("LocalChat/" + name);
}
