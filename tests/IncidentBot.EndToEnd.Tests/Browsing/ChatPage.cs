using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IncidentBot.EndToEnd.Tests.Browsing;

/// <summary>The chat's page in front of one person. Closing it checks what no page may do.</summary>
internal sealed class ChatPage : IAsyncDisposable
{
    private readonly Uri _address;
    private readonly List<string> _faults = [];

    public ChatPage(IPage page, Uri address)
    {
        Page = page;
        _address = address;
        SetDefaultExpectTimeout(20_000);
        page.Dialog += (_, dialog) =>
        {
            _faults.Add($"a dialog of a script: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
        page.PageError += (_, error) => _faults.Add($"an error of the page: {error}");
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !MayFail)
                _faults.Add($"an error on the console: {message.Text}");
        };
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(address.ToString(), StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
                _faults.Add($"a request to elsewhere: {request.Url}");
        };
    }

    public IPage Page { get; }

    /// <summary>Requests may fail for a while, since the bot is down.</summary>
    public bool MayFail { get; set; }

    public ILocator Composer => Page.Locator("#composer");

    public ILocator Log => Page.Locator("#messages");

    public ILocator Timeline => Page.Locator("#timeline");

    public ILocator Dialog => Page.Locator("#form-dialog");

    public ILocator Draft => Page.Locator("#draft");

    public ILocator Suggestions => Page.Locator("#suggestions");

    public async Task GoAsync(string room)
    {
        await Page.GotoAsync(new Uri(_address, $"/chat#{Uri.EscapeDataString(room)}").ToString());
        await ExpectRoomAsync(room);
        await ExpectConnectedAsync();
    }

    public Task ExpectRoomAsync(string room) => Expect(Page.Locator("#room-name")).ToHaveTextAsync("#" + room);

    public Task ExpectConnectedAsync() => Expect(Page.Locator("#connection")).ToHaveTextAsync("Connected");

    /// <summary>Types where the cursor is and presses Enter; completion is closed before, so that Enter sends.</summary>
    public async Task TypeAsync(string text)
    {
        await Page.Keyboard.TypeAsync(text);
        if (await Suggestions.IsVisibleAsync())
            await Page.Keyboard.PressAsync("Escape");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Composer).ToHaveValueAsync("");
    }

    /// <summary>As <see cref="TypeAsync"/>, after going to the message box.</summary>
    public async Task TypeInAsync(string text)
    {
        await Composer.FocusAsync();
        await TypeAsync(text);
    }

    public async Task PressAsync(params string[] keys)
    {
        foreach (var key in keys)
            await Page.Keyboard.PressAsync(key);
    }

    public Task<T> AskAsync<T>(string script) => Page.EvaluateAsync<T>(script);

    public async ValueTask DisposeAsync()
    {
        await Page.Context.DisposeAsync();
        Assert.Empty(_faults);
    }
}
