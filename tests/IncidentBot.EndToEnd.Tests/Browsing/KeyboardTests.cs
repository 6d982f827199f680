using static Microsoft.Playwright.Assertions;

namespace IncidentBot.EndToEnd.Tests.Browsing;

public sealed class KeyboardTests(ChatBrowser browser) : IClassFixture<ChatBrowser>
{
    [BrowserFact]
    public async Task An_outage_is_told_from_the_empty_page_to_the_postmortem_with_the_keyboard_only()
    {
        await using var page = await browser.OpenAsync();
        await Expect(page.Composer).ToBeFocusedAsync();
        await page.TypeAsync("/incident start sev2 Basket shows old prices --service basket");

        // The page goes to the incident's room by itself, and the cursor stays where one types.
        await Expect(page.Page.Locator("#room-name")).ToContainTextAsync("basket-shows-old-prices");
        await Expect(page.Composer).ToBeFocusedAsync();
        await page.TypeAsync("/incident detected by customer three tickets about old prices");
        await page.TypeAsync("/timeline action compared the prices of two instances");
        await page.TypeAsync("/timeline hypothesis the cache is not emptied");
        await Expect(page.Timeline).ToContainTextAsync("the cache is not emptied");
        await Expect(page.Log).ToContainTextAsync("compared the prices of two instances");

        await page.TypeAsync("/incident resolve emptied the cache by hand");
        await Expect(page.Dialog).ToBeVisibleAsync();
        await Expect(page.Page.Locator("#field-cause")).ToBeFocusedAsync();
        await page.Page.Keyboard.TypeAsync("The event that empties the cache was renamed in release 7.");
        await page.PressAsync("Tab");
        await Expect(page.Page.Locator("#field-fix")).ToBeFocusedAsync();
        await page.Page.Keyboard.TypeAsync("The old name of the event is understood again since release 8.");
        await FocusByTabAsync(page, "form-submit");
        await page.PressAsync("Enter");
        await Expect(page.Dialog).ToBeHiddenAsync();

        await Expect(page.Page.Locator("#incident-badges")).ToContainTextAsync("resolved");
        await FocusByTabAsync(page, "tab-timeline");
        await page.PressAsync("ArrowRight");
        await Expect(page.Draft).ToBeVisibleAsync();
        foreach (var part in new[] { "Basket shows old prices", "was renamed in release 7", "understood again since release 8", "emptied the cache by hand", "three tickets about old prices" })
            await Expect(page.Draft).ToContainTextAsync(part);
        await Expect(page.Log).ToContainTextAsync("was renamed in release 7");
    }

    [BrowserFact]
    public async Task A_command_is_completed_with_arrows_and_tab_and_sent_ones_come_back_with_the_arrow_up()
    {
        await using var page = await browser.OpenAsync();
        await page.Page.Keyboard.TypeAsync("/inc");
        await Expect(page.Suggestions).ToContainTextAsync("/incident");
        await page.PressAsync("Tab");
        await Expect(page.Composer).ToHaveValueAsync("/incident ");
        await page.Page.Keyboard.TypeAsync("li");
        await Expect(page.Suggestions.Locator("[aria-selected=true]")).ToContainTextAsync("list");
        await page.PressAsync("Enter");
        await Expect(page.Composer).ToHaveValueAsync("/incident list ");
        await Expect(page.Page.Locator("#usage")).ToContainTextAsync("/incident list");
        await page.PressAsync("ArrowDown", "ArrowDown", "Enter");
        await Expect(page.Composer).ToHaveValueAsync("/incident list resolved ");
        await page.PressAsync("Enter");
        await Expect(page.Composer).ToHaveValueAsync("");
        await page.Page.Keyboard.TypeAsync("hello @s");
        await page.PressAsync("Tab");
        await Expect(page.Composer).ToHaveValueAsync("hello @sam ");
        await page.PressAsync("Enter");
        await Expect(page.Log.Locator(".mention")).ToHaveTextAsync("@sam");

        await page.PressAsync("ArrowUp", "ArrowUp");
        await Expect(page.Composer).ToHaveValueAsync("/incident list resolved ");
        await page.PressAsync("ArrowDown", "ArrowDown");
        await Expect(page.Composer).ToHaveValueAsync("");
    }

    [BrowserFact]
    public async Task A_dialog_left_with_escape_keeps_what_was_typed_and_brings_it_back()
    {
        await using var page = await browser.OpenAsync();
        await page.TypeAsync("/incident start");
        await Expect(page.Page.Locator("#field-title")).ToBeFocusedAsync();
        await page.Page.Keyboard.TypeAsync("Half of a title");
        await page.PressAsync("Escape");
        await Expect(page.Dialog).ToBeHiddenAsync();
        await page.Page.ReloadAsync();
        await page.ExpectConnectedAsync();
        await Expect(page.Composer).ToBeFocusedAsync();

        await page.TypeAsync("/incident start");
        await Expect(page.Page.Locator("#field-title")).ToHaveValueAsync("Half of a title");
        await Expect(page.Page.Locator("#form-kept")).ToHaveTextAsync("What you typed before is back.");
        await page.PressAsync("End");
        await page.Page.Keyboard.TypeAsync(", and the rest");
        await page.PressAsync("Enter");
        await Expect(page.Page.Locator("#incident-title")).ToHaveTextAsync("Half of a title, and the rest");
    }

    [BrowserFact]
    public async Task A_dialog_says_at_the_field_what_is_wrong_and_keeps_the_rest()
    {
        await using var page = await browser.OpenAsync();
        await page.TypeAsync("/incident start");
        await Expect(page.Page.Locator("#field-title")).ToBeFocusedAsync();
        await page.PressAsync("Enter");
        await Expect(page.Page.Locator("#field-title-error")).ToHaveTextAsync("This is needed.");
        await page.Page.Keyboard.TypeAsync("Title");
        await page.Page.Locator("#field-at").FillAsync("half past never");
        await page.PressAsync("Enter");

        await Expect(page.Page.Locator("#field-at-error")).ToContainTextAsync("half past never");
        await Expect(page.Page.Locator("#field-at")).ToBeFocusedAsync();
        await Expect(page.Page.Locator("#field-title")).ToHaveValueAsync("Title");
    }

    private static async Task FocusByTabAsync(ChatPage page, string id)
    {
        for (var i = 0; i < 60; i++)
        {
            if (await page.AskAsync<string>("document.activeElement.id") == id)
                return;
            await page.PressAsync("Tab");
        }
        Assert.Fail($"#{id} is not reached with the Tab key.");
    }
}
