using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Overview;
using IncidentBot.Incidents.Postmortems;
using IncidentBot.Incidents.Store;
using IncidentBot.Incidents.Timeline;
using IncidentBot.Tests.Slack;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace IncidentBot.Tests.Web;

public sealed class IncidentPageTests : IDisposable
{
    private const string BeforePageKeys = "20261122154553_CapturedMessages";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("page-");

    [Fact]
    public async Task Whoever_has_the_link_reads_the_facts_the_timeline_the_escalations_the_tasks_and_the_draft()
    {
        await using var bot = await StartAsync("--IncidentBot:TimeZone", "Europe/Berlin");
        await bot.TypeAsync("/incident start sev2 Checkout answers 500 --service checkout --drill");
        await bot.TypeAsync("/timeline note looked at the wrong dashboard");
        await bot.TypeAsync("/timeline edit 2 looked at the dashboard");
        await bot.TypeAsync("/timeline note a secret of somebody");
        await bot.TypeAsync("/timeline remove 3");
        await bot.TypeAsync("/incident escalate @li knows the database");
        await bot.TypeAsync("/incident ack", "li");
        await bot.TypeAsync("/incident task Alert on the pool @li due 2026-03-09");
        await CaptureAsync(bot, "errors since 10:10", "https://chat.example/p1");
        Assert.DoesNotContain("Postmortem draft", await OpenAsync(bot), StringComparison.Ordinal);
        await bot.TypeAsync("/incident resolve rolled back");

        var page = await OpenAsync(bot);

        Assert.Contains("<h1 dir=\"auto\">Checkout answers 500</h1>", page, StringComparison.Ordinal);
        Assert.Contains("<strong>drill</strong></p>", page, StringComparison.Ordinal);
        Assert.Contains("<dt>Status</dt><dd dir=\"auto\">resolved</dd>", page, StringComparison.Ordinal);
        Assert.Contains("<dt>Severity</dt><dd dir=\"auto\">sev2</dd>", page, StringComparison.Ordinal);
        Assert.Contains("<h3>2026-03-02 <small>Europe/Berlin (UTC&#x2B;01:00)</small></h3>", page, StringComparison.Ordinal);
        Assert.Contains("<time datetime=\"2026-03-02T09:16:00Z\">10:16</time>", page, StringComparison.Ordinal);
        Assert.Contains("<strong>Note</strong> looked at the dashboard", page, StringComparison.Ordinal);
        Assert.Contains("#2 · by maria · corrected", page, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong dashboard", page, StringComparison.Ordinal);
        Assert.DoesNotContain("a secret of somebody", page, StringComparison.Ordinal);
        Assert.Contains("by li · <a href=\"https://chat.example/p1\" rel=\"nofollow noopener noreferrer\">message</a>", page, StringComparison.Ordinal);
        Assert.Contains("1. <strong>li</strong> (acknowledged): knows the database", page, StringComparison.Ordinal);
        Assert.Contains("1. Alert on the pool (owner: @li, due: 2026-03-09)", page, StringComparison.Ordinal);
        Assert.Contains("<h2>Postmortem draft</h2>\n<article dir=\"auto\"><h3>Postmortem INC-1", page, StringComparison.Ordinal);
        await bot.TypeAsync("/incident start sev1 Keys were leaked --private");
        Assert.Contains("<strong>private</strong>", await OpenAsync(bot, 2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_a_day_on_which_the_clocks_change_each_time_stands_under_its_offset()
    {
        await using var bot = await StartAsync("--IncidentBot:TimeZone", "Europe/Berlin");
        bot.Now = new DateTimeOffset(2026, 10, 25, 0, 29, 0, TimeSpan.Zero);
        await bot.TypeAsync("/incident start sev2 Night");
        bot.Now = bot.Now.AddMinutes(59);
        await bot.TypeAsync("/timeline note an hour later");

        var page = await OpenAsync(bot);

        Assert.Contains("2026-10-25 <small>Europe/Berlin (UTC&#x2B;02:00)</small></h3>\n<ol class=\"timeline\"><li class=\"declared\"><time datetime=\"2026-10-25T00:30:00Z\">02:30<", page, StringComparison.Ordinal);
        Assert.Contains("2026-10-25 <small>Europe/Berlin (UTC&#x2B;01:00)</small></h3>\n<ol class=\"timeline\"><li class=\"note\"><time datetime=\"2026-10-25T01:30:00Z\">02:30<", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_key_an_unknown_number_and_an_unknown_address_get_the_same_answer()
    {
        await using var bot = await StartAsync();
        await bot.TypeAsync("/incident start sev2 First");
        await bot.TypeAsync("/incident start sev2 Second");
        var first = await bot.ReadAsync();
        var key = first.Incident.PageKey;
        Assert.Equal(22, key.Length);

        var unknown = await AnswerAsync(bot, "/nothing");

        Assert.StartsWith("404", unknown, StringComparison.Ordinal);
        Assert.Contains("There is no such page", unknown, StringComparison.Ordinal);
        foreach (var address in new[]
        {
            $"/incidents/2/{key}", $"/incidents/3/{key}", $"/incidents/1/{key}x", $"/incidents/1/{key[..21]}", $"/incidents/1/{Swapped(key)}", "/incidents/1",
            "/incidents/1/", "/incidents", $"/incidents/x/{key}", $"/incidents/99999999999/{key}", $"/incidents/1/{key}/draft",
        })
            Assert.Equal(unknown, await AnswerAsync(bot, address));
        Assert.StartsWith("200", await AnswerAsync(bot, $"/incidents/1/{key}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_people_typed_is_text_and_never_markup()
    {
        const string typed = "<script>alert('x')</script> & \"<b>\" <img src=x onerror=alert(1)>";
        await using var bot = await StartAsync();
        await bot.TypeAsync($"/incident start sev2 {typed} --service <i>");
        await bot.TypeAsync($"/timeline note {typed}", "<u>");
        await bot.TypeAsync($"/incident escalate \"<s>vendor\" {typed}");
        await bot.TypeAsync($"/incident task {typed}");
        await CaptureAsync(bot, "a link", "javascript:alert(1)");
        await bot.TypeAsync("/incident resolve [here](javascript:alert(1))");

        var page = await OpenAsync(bot);

        Assert.Contains("&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt; &amp; &quot;&lt;b&gt;&quot;", page, StringComparison.Ordinal);
        foreach (var tag in new[] { "<script", "<b>", "<img", "<i>", "<u>", "<s>", "href=\"javascript" })
            Assert.DoesNotContain(tag, page, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_page_is_kept_nowhere_tells_nobody_and_runs_nothing()
    {
        await using var bot = await StartAsync();
        await bot.TypeAsync("/incident start sev2 Checkout answers 500");
        using var response = await bot.Http.GetAsync(await PathAsync(bot));
        var page = await response.Content.ReadAsStringAsync();

        Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("no-store", response.Headers.GetValues("Cache-Control").Single());
        Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("noindex", response.Headers.GetValues("X-Robots-Tag").Single());
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        var styles = page.Split("<style>")[1].Split("</style>")[0];
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(styles)));
        Assert.Equal(
            $"default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            response.Headers.GetValues("Content-Security-Policy").Single());
    }

    [Fact]
    public async Task The_key_is_in_no_log_whatever_is_configured_and_in_no_draft()
    {
        // A rule for one provider goes before a rule for all of them.
        await using var bot = await StartAsync(
            "--Logging:LogLevel:Default", "Trace", "--Logging:LogLevel:Microsoft", "Trace", "--Logging:Console:LogLevel:Default", "None",
            $"--Logging:{typeof(RunningBot.Logs).FullName}:LogLevel:Default", "Trace",
            "--Logging:LogLevel:Microsoft.AspNetCore.Routing.Matching.DfaMatcher", "Debug", "--Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics", "Trace",
            $"--Logging:{typeof(RunningBot.Logs).FullName}:LogLevel:Microsoft.AspNetCore.Routing.Matching.DfaMatcher", "Debug");
        await bot.TypeAsync("/incident start sev2 Checkout answers 500");
        var snapshot = await bot.ReadAsync();
        var key = snapshot.Incident.PageKey;

        await OpenAsync(bot);
        await AnswerAsync(bot, $"/incidents/2/{key}");

        Assert.Contains(bot.Logged.Lines, l => l.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal));
        Assert.DoesNotContain(bot.Logged.Lines, l => l.Contains(key, StringComparison.Ordinal));
        Assert.DoesNotContain(key, JsonSerializer.Serialize(PostmortemModel.From(snapshot, bot.Now)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Incidents_of_an_earlier_version_get_a_page_of_their_own_each()
    {
        await using (var bot = await StartAsync())
        {
            await bot.TypeAsync("/incident start sev2 First");
            await bot.TypeAsync("/incident start sev2 Second");
        }
        await using (var connection = SqliteFile.OpenForWriting(SqliteFile.ConnectionString(Path.Combine(_directory.FullName, IncidentStore.FileName), isPooled: false)))
        {
            await using var db = new SqliteIncidentDbContext(SqliteIncidentDbContext.On(connection));
            await db.GetService<IMigrator>().MigrateAsync(BeforePageKeys);
            await using var columns = connection.CreateCommand();
            columns.CommandText = "SELECT count(*) FROM pragma_table_info('Incidents') WHERE name = 'PageKey'";
            Assert.Equal(0L, await columns.ExecuteScalarAsync());
        }
        SqliteConnection.ClearAllPools();

        await using var upgraded = await StartAsync();

        Assert.Contains("First", await OpenAsync(upgraded), StringComparison.Ordinal);
        Assert.Contains("Second", await OpenAsync(upgraded, 2), StringComparison.Ordinal);
        Assert.NotEqual((await upgraded.ReadAsync()).Incident.PageKey, (await upgraded.ReadAsync(2)).Incident.PageKey);
    }

    [Fact]
    public async Task The_bookmark_of_the_Slack_channel_opens_the_page()
    {
        await using var bot = await RunningSlackBot.StartAsync(("IncidentBot:PublicUrl", "https://bot.example/"));
        var room = await bot.DeclareAsync();
        var link = new Uri(Assert.Single(room.Bookmarks)["link"]!.ToString());

        Assert.Equal("bot.example", link.Host);
        Assert.Contains("Checkout answers 500", await bot.Http.GetStringAsync(link.PathAndQuery), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_public_address_the_Slack_channel_has_no_bookmark()
    {
        await using var bot = await RunningSlackBot.StartAsync();

        Assert.Empty((await bot.DeclareAsync()).Bookmarks);
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private Task<RunningBot> StartAsync(params string[] settings) => RunningBot.StartAsync(_directory.FullName, settings);

    private static async Task<string> PathAsync(RunningBot bot, int number = 1) => IncidentPages.PathOf((await bot.ReadAsync(number)).Incident);

    private static async Task<string> OpenAsync(RunningBot bot, int number = 1) => await bot.Http.GetStringAsync(await PathAsync(bot, number));

    private static Task CaptureAsync(RunningBot bot, string text, string link) => bot.DoAsync(new CaptureMessage(
        new CapturedMessage(new MessageReference(RunningBot.General, text), RunningBot.Somebody("li"), bot.Now, link), EntryKind.Note, bot.Now, text));

    /// <summary>All of it but its date.</summary>
    private static async Task<string> AnswerAsync(RunningBot bot, string path)
    {
        using var response = await bot.Http.GetAsync(path);
        var headers = response.Headers.Concat(response.Content.Headers).Where(h => h.Key != "Date").Select(h => $"{h.Key}: {string.Join(", ", h.Value)}");
        var body = await response.Content.ReadAsStringAsync();
        return $"{response.StatusCode:D}\n{string.Join('\n', headers)}\n{body}";
    }

    private static string Swapped(string key) => string.Concat(key.Select(c => char.IsUpper(c) ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c)));
}
