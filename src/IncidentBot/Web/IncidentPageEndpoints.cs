using IncidentBot.Incidents.Overview;
using IncidentBot.Incidents.Postmortems;

namespace IncidentBot.Web;

/// <summary><c>/incidents/7/key</c>: the incident for whoever has the link, and one answer to all others.</summary>
public static class IncidentPageEndpoints
{
    private static readonly string ContentSecurityPolicy =
        $"default-src 'none'; style-src {IncidentPage.StyleSource}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>What tells the address of a request: its begin and end, and as their scope whatever is logged between; and how it is routed. In full: the configuration's longest name counts.</summary>
    private static readonly (string Category, LogLevel Least)[] Discreet =
        [("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None), ("Microsoft.AspNetCore.Routing.Matching.DfaMatcher", LogLevel.Information)];

    /// <summary>Needs the incidents' pages and the renderer of their drafts. The address of a page is a secret, so no address is logged.</summary>
    public static IServiceCollection AddIncidentPage(this IServiceCollection services) =>
        // The configuration may have rules for one provider, which would go before a rule for all.
        services.PostConfigure<LoggerFilterOptions>(logging =>
        {
            foreach (var provider in logging.Rules.Select(r => r.ProviderName).Append(null).Distinct().ToList())
            {
                foreach (var (category, least) in Discreet)
                    logging.Rules.Add(new LoggerFilterRule(provider, category, least, null));
            }
        });

    public static WebApplication MapIncidentPage(this WebApplication app)
    {
        // For every address that there is not, so that nobody learns what there is.
        app.UseStatusCodePages(context =>
        {
            var (request, response) = (context.HttpContext.Request, context.HttpContext.Response);
            return HttpMethods.IsGet(request.Method) && response.StatusCode == StatusCodes.Status404NotFound
                ? SendAsync(response, IncidentPage.NotFound, request.HttpContext.RequestAborted)
                : Task.CompletedTask;
        });
        app.MapGet("/incidents/{number:int}/{key}", ReadAsync);
        return app;
    }

    private static async Task ReadAsync(
        int number, string key, HttpResponse response, IncidentPages pages, PostmortemRenderer renderer, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await pages.FindAsync(number, key, cancellationToken) is { } snapshot)
            await SendAsync(response, IncidentPage.Compose(snapshot, snapshot.Incident.HasDraft ? renderer.Render(snapshot, now) : null, now), cancellationToken);
        else
            response.StatusCode = StatusCodes.Status404NotFound;
    }

    private static Task SendAsync(HttpResponse response, string page, CancellationToken cancellationToken)
    {
        var headers = response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex";
        response.ContentType = "text/html; charset=utf-8";
        return response.WriteAsync(page, cancellationToken);
    }
}
