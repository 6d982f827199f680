using System.Text.Json.Nodes;
using IncidentBot.EndToEnd.Tests.Browsing;
using static Microsoft.Playwright.Assertions;

namespace IncidentBot.EndToEnd.Tests.Teams;

/// <summary>The cards and dialogs of the real process, shown and filled in by a browser.</summary>
[Collection(AloneCollection.Name)]
public sealed class CardsInBrowserTests
{
    [BrowserJudgeFact]
    public async Task An_incident_is_acknowledged_resolved_and_completed_by_what_its_cards_offer()
    {
        await using var session = await TeamsSession.StartAsync();
        await using var browser = await Chromium.StartAsync();
        await using var page = await CardPage.OpenAsync(browser);
        var status = await session.DeclareAsync();
        var thread = status.Id;
        await page.ShowAsync(TeamsSession.CardOf(status));
        await Expect(page.Card).ToContainTextAsync("Checkout answers 500");
        await Expect(page.Card).ToContainTextAsync("sev2");

        await session.SayAsync($"incident escalate <at>{session.Li.Name}</at> knows the database", thread, mentioned: session.Li);
        var call = await session.FindAsync("Acknowledge", thread);
        await page.ShowAsync(TeamsSession.CardOf(call), isDark: true);
        await Expect(page.Card).ToContainTextAsync("@Li Wei, Maria Garcia asks for your help with INC-1: knows the database");
        var pressed = await page.PressAsync("Acknowledge");
        Assert.Equal("Action.Execute", pressed["type"]!.ToString());
        var action = new JsonObject { ["type"] = "Action.Execute", ["verb"] = pressed["verb"]!.DeepClone(), ["data"] = pressed["data"]!.DeepClone() };
        var answer = await session.InvokeAsync("adaptiveCard/action", new JsonObject { ["action"] = action }, thread, session.Li);
        Assert.Equal((200, "application/vnd.microsoft.activity.message"), ((int)answer["statusCode"]!, answer["type"]!.ToString()));

        // Whatever the bot knows survives a power cut in the middle of an outage.
        await session.Bot.KillAsync();
        await session.Bot.StartAgainAsync();

        await session.SayAsync("incident resolve rolled back to release 41", thread);
        var draft = await session.FindAsync("Answer what is missing", thread);
        await page.ShowAsync(TeamsSession.CardOf(draft));
        var open = await page.PressAsync("Answer what is missing");
        Assert.Equal("Action.Submit", open["type"]!.ToString());
        var dialog = await session.InvokeAsync("task/fetch", new JsonObject { ["data"] = open["data"]!.DeepClone() }, thread);

        await ShowDialogAsync(page, dialog);
        await page.Input("Root cause").FillAsync("A migration dropped the column `price`, which **release 41** still reads.");
        await page.Input("Percent of users affected").FillAsync("most of them");
        await page.Input("Impact: what did users experience?").FillAsync("Customers could not pay.");
        var again = await session.InvokeAsync("task/submit", new JsonObject { ["data"] = (await page.PressAsync("Save"))["data"]!.DeepClone() }, thread);

        await ShowDialogAsync(page, again, isDark: true);
        await Expect(page.Card).ToContainTextAsync("“most” is not a percentage");
        await Expect(page.Input("Root cause")).ToHaveValueAsync("A migration dropped the column `price`, which **release 41** still reads.");
        await page.Input("Percent of users affected").FillAsync("30%");
        await page.Input("Misleading paths").FillAsync("none");
        var saved = await session.InvokeAsync("task/submit", new JsonObject { ["data"] = (await page.PressAsync("Save"))["data"]!.DeepClone() }, thread);

        Assert.Equal("message", saved["task"]!["type"]!.ToString());
        await session.Bot.DrainOutboxAsync();
        var file = await session.FindAsync("postmortem-1.md", thread);
        var postmortem = file.Content["text"]!.ToString();
        Assert.Contains("A migration dropped the column", postmortem, StringComparison.Ordinal);
        Assert.Contains("Customers could not pay.", postmortem, StringComparison.Ordinal);
        Assert.Contains("30%", postmortem, StringComparison.Ordinal);
        Assert.Contains("Li Wei", postmortem, StringComparison.Ordinal);
        Assert.Empty(session.Refusals);
    }

    private static async Task ShowDialogAsync(CardPage page, JsonNode answer, bool isDark = false)
    {
        Assert.True(answer["task"]!["type"]!.ToString() == "continue", answer.ToJsonString());
        await page.ShowAsync(answer["task"]!["value"]!["card"]!["content"]!, isDark);
    }
}
