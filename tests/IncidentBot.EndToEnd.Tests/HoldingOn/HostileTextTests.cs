using System.Text;
using IncidentBot.EndToEnd.Tests.Running;

namespace IncidentBot.EndToEnd.Tests.HoldingOn;

public sealed class HostileTextTests(RunningBot bot) : IClassFixture<RunningBot>
{
    [Theory]
    [MemberData(nameof(HostileTexts.All), MemberType = typeof(HostileTexts))]
    public async Task Hostile_text_everywhere_is_taken_or_refused_clearly_and_comes_back_inert(string text)
    {
        await AssertTakenOrRefusedAsync($"/incident start sev2 {text}");
        await AssertTakenOrRefusedAsync(text);
        await AssertTakenOrRefusedAsync($"/incident {text}");
        var incident = await bot.Chat.DeclareAsync($"sev2 Plain title --service \"{text.Replace('"', '\'')[..Math.Min(text.Length, 200)]}\"");
        string[] commands =
        [
            "/timeline note {0}", "/timeline action {0}", "/timeline misleading {0}", "/incident impact {0}", "/incident update {0}",
            "/incident detected {0}", "/incident escalate @li {0}", "/incident escalate {0}", "/incident decline 1 {0}", "/incident role scribe {0}",
            "/incident severity sev1 {0}", "/incident status identified {0}", "/incident resolve {0}", "/incident cause {0}", "/incident fix {0}",
            "/incident improve {0}", "/incident task {0}", "/timeline edit 1 {0}", "/timeline move 1 {0}", "/incident help {0}", "{0}",
        ];
        foreach (var command in commands)
            await AssertTakenOrRefusedAsync(command.Replace("{0}", text, StringComparison.Ordinal), incident.Room);

        await bot.Process.DrainOutboxAsync();
        var panel = await bot.Chat.ReadIncidentAsync(incident.Number);
        Assert.All(HostileTexts.Markup, markup => Assert.DoesNotContain(markup, panel.Html, StringComparison.OrdinalIgnoreCase));
        Assert.Equal(JsonNull, panel.Json.GetProperty("draft").GetProperty("templateFault").ValueKind);
        Assert.DoesNotContain("100000", Rendered(panel, text), StringComparison.Ordinal);
        // Nobody is pinged by what was typed: the only mention is that of the escalation to @li.
        var room = (await bot.Chat.GetAsync($"/rooms/{Uri.EscapeDataString(incident.Room)}/messages?person=maria")).Body;
        Assert.DoesNotContain("\"name\":\"here\"", room, StringComparison.Ordinal);
        Assert.Contains(await bot.Chat.ReadRoomAsync(incident.Room), m => m.Author == "maria");
    }

    [Theory]
    [MemberData(nameof(HostileTexts.All), MemberType = typeof(HostileTexts))]
    public async Task Hostile_values_in_forms_names_and_addresses_are_taken_or_refused_clearly(string text)
    {
        var incident = await bot.Chat.DeclareAsync();
        await bot.Chat.CommandAsync("/incident resolve", incident.Room);
        var answers = new Dictionary<string, string>();
        foreach (var name in new[] { "resolution", "cause", "fix", "detected", "services", "experience", "users", "misleading", "escalations", "improvements", "tasks", text })
            answers[name] = text;
        var declaration = new Dictionary<string, string> { ["title"] = text, ["severity"] = text, ["services"] = text, ["at"] = text, ["kind"] = text };
        ChatResponse[] responses =
        [
            await bot.Chat.PostAsync("/forms", Form("resolution", incident.Number, answers)),
            await bot.Chat.PostAsync("/forms", Form("resolution", incident.Number, new Dictionary<string, string> { ["cause"] = text, ["tasks"] = text })),
            await bot.Chat.PostAsync("/forms", Form("declare", null, declaration)),
            await bot.Chat.PostAsync("/forms", Form("declare", null, new Dictionary<string, string> { ["title"] = text, ["severity"] = "sev2", ["services"] = text })),
            await bot.Chat.PostAsync("/forms", Form(text, int.MaxValue, answers)),
            await bot.Chat.PostAsync("/people", new { name = text, zoneId = "UTC" }),
            await bot.Chat.PostAsync("/people", new { name = "anna", zoneId = text }),
            await bot.Chat.PostAsync("/rooms", new { name = text, topic = text }),
            await bot.Chat.PostAsync("/messages", new { id = text, room = text, person = text, text }),
            await bot.Chat.PostAsync("/sample", new { person = text }),
            await bot.Chat.GetAsync($"/state?person={Uri.EscapeDataString(Short(text))}"),
            await bot.Chat.GetAsync($"/rooms/{Uri.EscapeDataString(Short(text))}/messages?person=maria"),
            await bot.Chat.GetAsync($"/forms/{Uri.EscapeDataString(Short(text))}?person=maria&room=general&incident=1"),
            await bot.Chat.GetAsync($"/page/{Uri.EscapeDataString(Short(text))}"),
        ];

        Assert.All(responses, AssertClear);
        await bot.Process.DrainOutboxAsync();
        var panel = await bot.Chat.ReadIncidentAsync(incident.Number);
        Assert.All(HostileTexts.Markup, markup => Assert.DoesNotContain(markup, panel.Html, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"id\":1,\"room\":[],\"text\":{}}")]
    [InlineData("{\"id\":\"a\",\"room\":\"general\",\"person\":\"\\ud800\",\"text\":\"\\ud800\",\"name\":\"\\ud800\"}")]
    public async Task A_body_that_is_no_request_is_refused_clearly(string body)
    {
        using var http = new HttpClient { BaseAddress = bot.Process.Address };
        foreach (var path in new[] { "/chat/messages", "/chat/forms", "/chat/rooms", "/chat/people", "/chat/sample" })
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var response = await http.PostAsync(path, content);
            Assert.InRange((int)response.StatusCode, 400, 499);
        }
    }

    private const System.Text.Json.JsonValueKind JsonNull = System.Text.Json.JsonValueKind.Null;

    private static object Form(string formId, int? incident, Dictionary<string, string> values) =>
        new { id = LocalChatClient.NewId(), room = LocalChatClient.General, person = "maria", formId, incident, values };

    /// <summary>What fits into an address.</summary>
    private static string Short(string text) => text.Length > 500 ? text[..500] : text;

    /// <summary>The draft without what was typed.</summary>
    private static string Rendered(IncidentPanel panel, string typed) =>
        typed.Contains("100000", StringComparison.Ordinal) ? panel.Markdown.Replace("1..100000", "", StringComparison.Ordinal) : panel.Markdown;

    private async Task AssertTakenOrRefusedAsync(string text, string room = LocalChatClient.General)
    {
        var response = await bot.Chat.TrySayAsync(text, room);
        AssertClear(response);
    }

    private static void AssertClear(ChatResponse response)
    {
        Assert.InRange((int)response.Status, 200, 499);
        // Without a body: an address with a NUL, which the server refuses before the bot sees it.
        if (!response.IsSuccess && response.Body.Length > 0)
            CommandRun.AssertExplains(response.Problem());
    }
}
