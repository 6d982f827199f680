using System.Text.Json;
using System.Text.Json.Nodes;
using IncidentBot.EndToEnd.Tests.Browsing;
using IncidentBot.EndToEnd.Tests.Running;
using Microsoft.Playwright;

namespace IncidentBot.EndToEnd.Tests.Teams;

/// <summary>A page that shows cards by the official library, as a client of Teams does.</summary>
internal sealed class CardPage(IPage page) : IAsyncDisposable
{
    /// <summary>What the browser found fault with.</summary>
    private readonly List<string> _errors = [];

    public static async Task<CardPage> OpenAsync(Chromium browser)
    {
        var context = await browser.NewContextAsync(720, ColorScheme.Light);
        var cards = new CardPage(await context.NewPageAsync());
        await cards.LoadAsync();
        return cards;
    }

    public ILocator Card => page.Locator(".ac-adaptiveCard");

    public ILocator Button(string title) => page.GetByRole(AriaRole.Button, new() { Name = title, Exact = true });

    /// <summary>An input by its label.</summary>
    public ILocator Input(string label) => page.GetByLabel(label, new() { Exact = true });

    public async Task ShowAsync(JsonNode card, bool isDark = false)
    {
        await page.EvaluateAsync("([card, theme]) => window.showCard(JSON.parse(card), theme)", new[] { card.ToJsonString(), isDark ? "dark" : "light" });
        Assert.Empty(_errors);
    }

    /// <returns>What the client sends then: <c>type</c>, <c>verb</c> and <c>data</c>, which holds what was typed.</returns>
    public async Task<JsonObject> PressAsync(string title)
    {
        await Button(title).ClickAsync();
        var pressed = JsonSerializer.Deserialize<List<JsonObject>>(await page.EvaluateAsync<string>("() => JSON.stringify(window.pressed)"))!;
        Assert.True(pressed.Count == 1, $"{title}: {await Card.InnerTextAsync()}");
        return pressed[0];
    }

    public async ValueTask DisposeAsync()
    {
        Assert.Empty(_errors);
        await page.Context.CloseAsync();
    }

    private async Task LoadAsync()
    {
        page.PageError += (_, error) => _errors.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                _errors.Add(message.Text);
        };
        await page.SetContentAsync("<!doctype html><html lang=en><title>Card</title><body></body></html>");
        foreach (var script in new[] { "node_modules/adaptivecards/dist/adaptivecards.min.js", "node_modules/markdown-it/dist/markdown-it.min.js", "show-card.js" })
            await page.AddScriptTagAsync(new() { Path = Path.Combine(Judges.Teams.Folder, script) });
    }
}
