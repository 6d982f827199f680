using System.Net;
using Microsoft.AspNetCore.Http.Features;

namespace IncidentBot.LocalChat.Http;

/// <summary>
/// Lets in only what the page itself sends from a browser on this machine. The address alone does not tell: another site may
/// post across (Origin, Sec-Fetch-Site), a name may be rebound to 127.0.0.1 (Host), and a proxy speaks for others (forwarded headers).
/// </summary>
public sealed class LoopbackGuard(RequestDelegate next)
{
    private const long BodyLimit = 256 * 1024;

    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        Harden(context.Response.Headers);
        if (FindFault(context) is { } fault)
            return TypedResults.Problem(fault, statusCode: StatusCodes.Status403Forbidden, title: "Not allowed").ExecuteAsync(context);

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = BodyLimit;
        return next(context);
    }

    private static void Harden(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
    }

    private static string? FindFault(HttpContext context)
    {
        var request = context.Request;
        if (context.Connection.RemoteIpAddress is not { } remote || !IPAddress.IsLoopback(remote))
            return "The local chat answers only this machine.";
        if (request.Headers.ContainsKey("X-Forwarded-For") || request.Headers.ContainsKey("Forwarded"))
            return "The local chat is not served through a proxy.";
        if (!LoopbackAddresses.IsLoopbackHost(request.Host.Host))
            return "Open the local chat as http://localhost or http://127.0.0.1, with the bot's port.";
        if (request.Headers.Origin is [var origin, ..] && !string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase))
            return "Another site may not use the local chat.";
        if (request.Headers["Sec-Fetch-Site"] is [var site, ..] && site is not ("same-origin" or "none") && !FollowsLinkToPage(request))
            return "Another site may not use the local chat.";
        return null;
    }

    /// <summary>A link somewhere that opens the page in a tab of its own: harmless, since nothing is changed and framing is forbidden.</summary>
    private static bool FollowsLinkToPage(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && request.Path.Value?.TrimEnd('/').Equals(LocalChatSetup.Root, StringComparison.OrdinalIgnoreCase) == true
        && request.Headers["Sec-Fetch-Mode"] == "navigate"
        && request.Headers["Sec-Fetch-Dest"] == "document";
}
