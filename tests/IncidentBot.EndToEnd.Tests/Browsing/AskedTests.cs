using IncidentBot.EndToEnd.Tests.Running;
using IncidentBot.Incidents;
using IncidentBot.Incidents.Outbox;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IncidentBot.EndToEnd.Tests.Browsing;

/// <summary>Somebody is asked for help, or reminded of a task, in front of the page of the chat.</summary>
public sealed class AskedTests : IAsyncLifetime
{
    private BotProcess _bot = null!;
    private Chromium _browser = null!;

    public async Task InitializeAsync()
    {
        if (BrowserFactAttribute.Executable is null)
            return;
        _bot = await BotProcess.StartWithAsync("--Escalation:Wait", "2s", "--Escalation:Repeats", "1");
        await _bot.Chat.PostAsync("/people", new { name = "ana", zoneId = "Europe/Paris" });
        _browser = await Chromium.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        if (_bot is not null)
            await _bot.DisposeAsync();
    }

    [BrowserFact]
    public async Task Who_is_asked_twice_acknowledges_in_the_room_of_their_own_and_the_buttons_disappear_in_both()
    {
        var incident = await _bot.Chat.DeclareAsync("sev2 The database is slow");
        await using var maria = await OpenAsync("maria", incident.Room);
        await using var ana = await OpenAsync("ana", scheme: ColorScheme.Dark);
        await maria.TypeAsync("/incident escalate @ana you know the database");
        await Expect(maria.Log).ToContainTextAsync("@ana, maria asks for your help with INC-1: you know the database");
        var own = ana.Page.Locator("#rooms button", new PageLocatorOptions { HasText = "IncidentBot" });
        await Expect(own).ToContainTextAsync("(unread)");

        await own.ClickAsync();
        await Expect(ana.Page.Locator("#room-name")).ToHaveTextAsync("@IncidentBot");
        await Expect(ana.Log).ToContainTextAsync("asked 2 times");
        await Expect(ana.Log).ToContainTextAsync("Escalation 1 of INC-1: nobody had acknowledged it. It is repeated below.");
        await Expect(maria.Log).ToContainTextAsync("nobody has acknowledged");
        await Expect(Acknowledge(ana)).ToHaveCountAsync(1);
        await Expect(Acknowledge(maria)).ToHaveCountAsync(1);
        await Acknowledge(ana).ClickAsync();

        await Expect(ana.Log).ToContainTextAsync("Recorded as #5 of INC-1");
        foreach (var page in new[] { ana, maria })
        {
            await Expect(page.Log).ToContainTextAsync("Acknowledged by ana after less than a minute.");
            await Expect(Acknowledge(page)).ToHaveCountAsync(0);
        }
        await ana.Log.GetByRole(AriaRole.Button, new() { Name = "#inc-1" }).Last.ClickAsync();
        await ana.ExpectRoomAsync(incident.Room);
    }

    [BrowserFact]
    public async Task A_task_is_put_off_by_the_form_that_its_reminder_opens()
    {
        var incident = await _bot.Chat.DeclareAsync("sev4 Tasks follow");
        await _bot.Chat.CommandAsync("/incident task Write it down", incident.Room);
        await _bot.Chat.CommandAsync("/incident task Test migrations @ana due 2099-03-01", incident.Room);
        await _bot.DrainOutboxAsync();
        await using var ana = await OpenAsync("ana");
        await OutboxRows.AddAsync(_bot, incident.Number, "ana", new PublishLive(LiveMessageKind.ActionItem, Repost: true, Number: 2, To: new Person("local", "ana", "ana")));
        await ana.Page.Locator("#rooms button", new PageLocatorOptions { HasText = "IncidentBot" }).ClickAsync();
        await Expect(ana.Log).ToContainTextAsync($"Task 2 of INC-{incident.Number} is due in ");

        await ana.Log.GetByRole(AriaRole.Button, new() { Name = "New date" }).ClickAsync();
        await Expect(ana.Dialog).ToBeVisibleAsync();
        await ana.Page.GetByLabel("When will it be done?").FillAsync("2099-03-12");
        await ana.Page.Locator("#form-submit").ClickAsync();

        await Expect(ana.Dialog).ToBeHiddenAsync();
        await Expect(ana.Page.Locator("#room-name")).ToHaveTextAsync("@IncidentBot");
        await Expect(ana.Log).ToContainTextAsync("days, on 2099-03-12:");
        var list = (await _bot.Chat.CommandAsync("/incident task list", incident.Room)).Text;
        Assert.Contains("1. Write it down (owner: nobody yet, due: no date yet)", list, StringComparison.Ordinal);
        Assert.Contains("2. Test migrations (owner: @ana, due: 2099-03-12)", list, StringComparison.Ordinal);
        await ana.Log.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();
        await Expect(ana.Log).ToContainTextAsync($"Task 2 of INC-{incident.Number} is done: Test migrations");
        await Expect(ana.Log.GetByRole(AriaRole.Button, new() { Name = "Done" })).ToHaveCountAsync(0);
    }

    private static ILocator Acknowledge(ChatPage page) => page.Log.GetByRole(AriaRole.Button, new() { Name = "Acknowledge" });

    private async Task<ChatPage> OpenAsync(string person, string room = LocalChatClient.General, ColorScheme scheme = ColorScheme.Light)
    {
        var context = await _browser.NewContextAsync(1_280, scheme);
        await context.AddInitScriptAsync($"localStorage.getItem('chat.person') ?? localStorage.setItem('chat.person', '\"{person}\"')");
        var page = new ChatPage(await context.NewPageAsync(), _bot.Address);
        await page.GoAsync(room);
        return page;
    }
}
