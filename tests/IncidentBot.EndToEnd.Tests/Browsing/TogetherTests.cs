using IncidentBot.EndToEnd.Tests.HoldingOn;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IncidentBot.EndToEnd.Tests.Browsing;

/// <summary>Two people, and a bot that comes and goes.</summary>
public sealed class TogetherTests(ChatBrowser browser) : IClassFixture<ChatBrowser>
{
    [BrowserFact]
    public async Task A_note_of_one_appears_at_the_other_at_once_and_an_answer_only_at_who_asked()
    {
        var incident = await browser.Bot.Chat.DeclareAsync("sev2 Shared incident");
        await using var maria = await browser.OpenAsync("maria", room: incident.Room);
        await using var li = await browser.OpenAsync("li", room: incident.Room);

        await maria.TypeAsync("/timeline note the queue is growing");
        await Expect(maria.Log).ToContainTextAsync("Only visible to you");
        await Expect(maria.Log).ToContainTextAsync("Recorded as #2");
        await Expect(li.Log).ToContainTextAsync("the queue is growing");
        await Expect(li.Timeline).ToContainTextAsync("the queue is growing");

        await maria.TypeAsync("/incident nonsense");
        await Expect(maria.Log.Locator(".answer.refused")).ToContainTextAsync("/incident nonsense");
        await li.TypeAsync("I see it too");
        await Expect(maria.Log).ToContainTextAsync("I see it too");
        await Expect(li.Log).Not.ToContainTextAsync("Only visible to you");
        await Expect(li.Log).Not.ToContainTextAsync("nonsense");
    }

    [BrowserFact]
    public async Task The_status_card_is_brought_up_to_date_in_its_place()
    {
        var incident = await browser.Bot.Chat.DeclareAsync("sev3 Card to update");
        await browser.Bot.DrainOutboxAsync();
        await using var page = await browser.OpenAsync(room: incident.Room);
        var card = page.Log.Locator("article", new LocatorLocatorOptions { HasText = "pinned" });
        await Expect(card).ToHaveCountAsync(1);
        await Expect(card).ToContainTextAsync("sev3");
        var key = await card.GetAttributeAsync("data-key");

        await browser.Bot.Chat.CommandAsync("/incident severity sev1 everybody is hit", incident.Room, "li");

        await Expect(card).ToContainTextAsync("sev1");
        await Expect(card).ToContainTextAsync("updated");
        await Expect(card).ToHaveCountAsync(1);
        Assert.Equal(key, await card.GetAttributeAsync("data-key"));
    }

    [BrowserFact]
    public async Task A_message_to_one_person_comes_in_a_room_of_theirs_and_its_button_works_there()
    {
        var incident = await browser.Bot.Chat.DeclareAsync("sev2 Help is needed");
        await using var maria = await browser.OpenAsync("maria");
        await using var li = await browser.OpenAsync("li");
        await browser.Bot.Chat.CommandAsync("/incident escalate @li please look", incident.Room);
        var room = li.Page.Locator("#rooms button", new PageLocatorOptions { HasText = "IncidentBot" });
        await Expect(room).ToContainTextAsync("(unread)");

        await room.ClickAsync();
        await Expect(li.Page.Locator("#room-name")).ToHaveTextAsync("@IncidentBot");
        await Expect(li.Page.Locator("#room-topic")).ToHaveTextAsync("Between you and the bot. Nobody else sees it.");
        await Expect(li.Log).ToContainTextAsync("maria asks for your help: please look");
        await li.Page.GetByRole(AriaRole.Button, new() { Name = "Acknowledge" }).ClickAsync();
        await Expect(li.Log).ToContainTextAsync("Recorded as #3");
        Assert.Equal("acknowledged", (await browser.Bot.Chat.ReadIncidentAsync(incident.Number)).Json.GetProperty("escalations")[0].GetProperty("state").GetString());
        await li.Page.ReloadAsync();
        await li.ExpectConnectedAsync();
        await Expect(li.Page.Locator("#room-name")).ToHaveTextAsync("@IncidentBot");
        await Expect(maria.Page.Locator("#rooms button", new PageLocatorOptions { HasText = "IncidentBot" })).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task After_a_kill_and_a_restart_the_page_comes_back_by_itself_and_nothing_is_lost_or_doubled()
    {
        var incident = await browser.Bot.Chat.DeclareAsync("sev2 Killed in between");
        await using var page = await browser.OpenAsync(room: incident.Room);
        await page.TypeAsync("/timeline note before the kill");
        await Expect(page.Log).ToContainTextAsync("Recorded as #2");
        page.MayFail = true;
        await browser.Bot.KillAsync();
        await Expect(page.Page.Locator("#connection")).ToHaveTextAsync("Reconnecting…");
        await page.TypeAsync("/timeline note typed while it was down");
        await page.TypeAsync("said while it was down");
        await Expect(page.Log).ToContainTextAsync("It is kept and sent as soon as it can be.");

        await browser.Bot.StartAgainAsync();

        await page.ExpectConnectedAsync();
        await Expect(page.Timeline).ToContainTextAsync("typed while it was down");
        await Expect(page.Log).Not.ToContainTextAsync("It is kept and sent as soon as it can be.");
        await browser.Bot.DrainOutboxAsync();
        Assert.Equal(["before the kill", "typed while it was down"], (await browser.Bot.Chat.ReadIncidentAsync(incident.Number)).Timeline.Skip(1).Select(e => e.Text));
        var said = await browser.Bot.Chat.ReadRoomAsync(incident.Room);
        foreach (var text in new[] { "before the kill", "typed while it was down", "said while it was down" })
        {
            Assert.Single(said, m => m.Text.Contains(text, StringComparison.Ordinal) && !m.Text.Contains("Postmortem", StringComparison.Ordinal));
            await Expect(page.Log.Locator("article.message:not(.ephemeral)", new LocatorLocatorOptions { HasText = text })).ToHaveCountAsync(1);
        }
        page.MayFail = false;
    }

    [BrowserFact]
    public async Task Hostile_texts_are_shown_as_they_were_typed_and_do_nothing()
    {
        const string image = HostileTexts.Image;
        var incident = await browser.Bot.Chat.DeclareAsync($"sev2 {image} --service \"{image}\"");
        foreach (var text in HostileTexts.Texts.Where(text => text.Length < 1_000))
            await browser.Bot.Chat.TrySayAsync($"/timeline note {text}", incident.Room);
        await browser.Bot.Chat.TrySayAsync(image, incident.Room);
        await browser.Bot.Chat.TrySayAsync($"/incident impact {image}", incident.Room);
        await browser.Bot.Chat.TrySayAsync($"/incident resolve {image}", incident.Room);
        await browser.Bot.Chat.TrySayAsync($"/incident cause {image} [click](javascript:alert(1)) {{{{ 1 + 1 }}}}", incident.Room);
        await browser.Bot.DrainOutboxAsync();

        await using var page = await browser.OpenAsync(room: incident.Room);
        await Expect(page.Page.Locator("#incident-title")).ToHaveTextAsync(image);
        await Expect(page.Log).ToContainTextAsync(image);
        await page.Page.Locator("#tab-draft").ClickAsync();
        await Expect(page.Draft).ToContainTextAsync(image);
        await page.Page.Locator("#tab-findings").ClickAsync();
        await page.TypeInAsync($"/incident {image}");
        await Expect(page.Log.Locator(".answer.refused").Last).ToContainTextAsync(image);

        Assert.Equal(0, await page.AskAsync<int>("document.querySelectorAll('img, svg, iframe, object, body script').length"));
        Assert.Equal(0, await page.AskAsync<int>("document.querySelectorAll('a[href^=\"javascript:\" i], [onerror], [onload]').length"));
    }
}
