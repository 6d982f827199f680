using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace IncidentBot.Benchmarks;

/// <summary>A Slack that agrees to everything at once, so that only the bot is measured.</summary>
internal sealed class SlackStub : IAsyncDisposable
{
    /// <summary>Has what the answers of all methods that the bot calls have in common with those of Slack.</summary>
    private const string Answer = """
        {"ok":true,"ts":"1772442840.000100","channel":{"id":"C1","name":"general","creator":"U0"},"user":{"id":"U1","name":"maria","tz":"Etc/UTC"},
        "user_id":"U0","team_id":"T1","url":"https://example.slack.com/","messages":[],"channels":[],"usergroups":[],"view":{"id":"V1"},
        "upload_url":"http://127.0.0.1/","file_id":"F1"}
        """;

    private readonly WebApplication _app;

    private SlackStub(WebApplication app) => _app = app;

    public string Url => _app.Urls.First() + "/";

    public static async Task<SlackStub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/{method}", (string method) => Results.Text(
            // chat.postMessage names its channel by id alone.
            method.StartsWith("chat.", StringComparison.Ordinal) ? """{"ok":true,"channel":"C1","ts":"1772442840.000100"}""" : Answer, "application/json"));
        await app.StartAsync();
        return new SlackStub(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
