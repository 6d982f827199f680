using IncidentBot.EndToEnd.Tests.Running;
using Microsoft.Playwright;

namespace IncidentBot.EndToEnd.Tests.Browsing;

/// <summary>One browser and one bot for the tests of a class; each test opens pages of its own, with nothing kept from others.</summary>
public sealed class ChatBrowser : IAsyncLifetime
{
    private Chromium? _browser;

    internal BotProcess Bot { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (BrowserFactAttribute.Executable is null)
            return;
        Bot = await BotProcess.StartAsync();
        _browser = await Chromium.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        if (Bot is not null)
            await Bot.DisposeAsync();
    }

    /// <summary>A person at a browser of their own, on the chat's page.</summary>
    internal async Task<ChatPage> OpenAsync(string person = "maria", int width = 1_280, ColorScheme scheme = ColorScheme.Light, string room = LocalChatClient.General)
    {
        Assert.True(_browser is not null, "There is no chromium at /usr/bin/chromium or on the PATH.");
        var context = await _browser.NewContextAsync(width, scheme);
        await context.AddInitScriptAsync($"localStorage.getItem('chat.person') ?? localStorage.setItem('chat.person', '\"{person}\"')");
        var page = new ChatPage(await context.NewPageAsync(), Bot.Address);
        await page.GoAsync(room);
        return page;
    }
}
