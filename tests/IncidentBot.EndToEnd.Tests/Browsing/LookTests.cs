using System.Text.Json;
using IncidentBot.EndToEnd.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IncidentBot.EndToEnd.Tests.Browsing;

public sealed class LookTests(ChatBrowser browser) : IClassFixture<ChatBrowser>
{
    private const string FindUnnamed = """
        () => [...document.querySelectorAll('input, select, textarea, button, a[href], [role=tab], [role=listbox], dialog')]
          .filter(e => {
            const byId = (e.getAttribute('aria-labelledby') ?? '').split(' ').map(id => document.getElementById(id)?.textContent ?? '').join('');
            const own = e.matches('button, a, [role=tab]') ? e.textContent : '';
            const labels = [...(e.labels ?? [])].map(label => label.textContent).join('');
            return !(e.getAttribute('aria-label') || byId || labels || own).trim();
          })
          .map(e => e.outerHTML.slice(0, 120))
        """;

    /// <summary>The contrast of every visible text with what lies behind it, by WCAG 2: 4.5, or 3 for large text.</summary>
    private const string FindFaintTexts = """
        () => {
          const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
          const rgba = color => {
            canvas.clearRect(0, 0, 1, 1);
            canvas.fillStyle = color;
            canvas.fillRect(0, 0, 1, 1);
            const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
            return [r, g, b, a / 255];
          };
          const over = (top, below) => [0, 1, 2].map(i => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
          const luminance = color => {
            const [r, g, b] = color.map(c => c / 255).map(c => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const behind = element => {
            const layers = [];
            for (let e = element; e; e = e.parentElement) {
              layers.push(rgba(getComputedStyle(e).backgroundColor));
              if (layers.at(-1)[3] === 1) break;
            }
            const canvasColor = matchMedia('(prefers-color-scheme: dark)').matches ? [18, 18, 18, 1] : [255, 255, 255, 1];
            return layers.reverse().reduce((below, top) => over(top, below), canvasColor);
          };
          const faint = [];
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const element = walker.currentNode.parentElement;
            if (!walker.currentNode.data.trim() || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
            if (element.closest('.sr-only, :disabled, option, noscript, .skip, .toast, .offline-note')) continue;
            const style = getComputedStyle(element);
            const below = behind(element);
            const [a, b] = [luminance(over(rgba(style.color), below)), luminance(below)].sort((x, y) => y - x);
            const contrast = (a + 0.05) / (b + 0.05);
            const isLarge = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700);
            if (contrast < (isLarge ? 3 : 4.5)) faint.push(`${contrast.toFixed(2)}: ${walker.currentNode.data.trim().slice(0, 40)} (${element.className || element.tagName})`);
          }
          return [...new Set(faint)];
        }
        """;

    [BrowserFact]
    public async Task The_sample_outage_plays_to_its_end_and_leaves_a_complete_postmortem()
    {
        await using var page = await browser.OpenAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Play a sample outage" }).ClickAsync();

        await Expect(page.Page.Locator("#room-name")).ToContainTextAsync("checkout-answers-500");
        await Expect(page.Log).ToContainTextAsync("Let the marketing team check the dates", new() { Timeout = 60_000 });
        await Expect(page.Page.Locator("#incident-badges")).ToContainTextAsync("resolved");
        await Expect(page.Page.Locator("#incident-facts")).ToContainTextAsync("47 min");
        await Expect(page.Page.Locator("#findings-count")).ToHaveTextAsync("✓");
        await page.Page.Locator("#tab-draft").ClickAsync();
        await Expect(page.Draft).ToContainTextAsync("End transactions that are idle for more than 30 seconds");
        await Expect(page.Draft).Not.ToContainTextAsync("Not recorded");
        await Expect(page.Log.Locator(".refused")).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task On_a_phone_nothing_has_to_be_scrolled_sideways()
    {
        var incident = await DeclareFullAsync();
        await using var page = await browser.OpenAsync(width: 360, room: incident.Room);
        foreach (var view in new[] { "Rooms", "Chat", "Incident" })
        {
            await page.Page.GetByRole(AriaRole.Button, new() { Name = view, Exact = false }).First.ClickAsync();
            await AssertFitsAsync(page, view);
        }
        foreach (var tab in new[] { "draft", "findings", "timeline" })
        {
            await page.Page.Locator($"#tab-{tab}").ClickAsync();
            await AssertFitsAsync(page, tab);
        }
        await page.Page.Locator(".views [data-view=chat]").ClickAsync();
        await Expect(page.Composer).ToBeInViewportAsync();
        await page.Page.Locator("#composer").FillAsync("/incident start");
        await page.Page.Locator("#send").ClickAsync();
        await Expect(page.Dialog).ToBeVisibleAsync();
        await AssertFitsAsync(page, "dialog");
        await Expect(page.Page.Locator("#form-submit")).ToBeInViewportAsync();
    }

    [BrowserFact]
    public async Task Light_and_dark_differ_and_every_text_stands_out_from_what_lies_behind_it()
    {
        var incident = await DeclareFullAsync();
        var backgrounds = new HashSet<string>();
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await using var page = await browser.OpenAsync(scheme: scheme, room: incident.Room);
            await Expect(page.Timeline).ToContainTextAsync("a service");
            backgrounds.Add(await page.AskAsync<string>("getComputedStyle(document.body).backgroundColor"));
            foreach (var tab in new[] { "timeline", "draft", "findings" })
            {
                await page.Page.Locator($"#tab-{tab}").ClickAsync();
                Assert.Empty(await page.AskAsync<string[]>(FindFaintTexts));
            }
            await page.TypeInAsync("/incident start");
            await Expect(page.Dialog).ToBeVisibleAsync();
            Assert.Empty(await page.AskAsync<string[]>(FindFaintTexts));
        }
        Assert.Equal(2, backgrounds.Count);
    }

    [BrowserFact]
    public async Task Everything_that_can_be_used_has_a_name_and_shows_when_it_has_the_focus()
    {
        var incident = await DeclareFullAsync();
        await using var page = await browser.OpenAsync(room: incident.Room);
        await page.TypeInAsync("/incident start");
        await Expect(page.Dialog).ToBeVisibleAsync();
        Assert.Empty(await page.AskAsync<string[]>(FindUnnamed));
        await page.PressAsync("Escape");
        await Expect(page.Dialog).ToBeHiddenAsync();

        var reached = new HashSet<string>();
        for (var i = 0; i < 60; i++)
        {
            await page.PressAsync("Tab");
            var focus = await page.AskAsync<JsonElement>("""
                (() => {
                  const e = document.activeElement;
                  const ring = [e, e.closest('.box') ?? e].map(x => getComputedStyle(x));
                  return { id: e.id || e.textContent.slice(0, 40), body: e === document.body,
                    shown: ring.some(s => (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none') };
                })()
                """);
            if (focus.GetProperty("body").GetBoolean())
                continue;
            var id = focus.GetProperty("id").GetString()!;
            Assert.True(focus.GetProperty("shown").GetBoolean(), $"The focus on \"{id}\" cannot be seen.");
            reached.Add(id);
        }
        Assert.Superset(new HashSet<string> { "composer", "new-room", "speak-as", "new-person", "tab-timeline", "send" }, reached);
    }

    [BrowserFact]
    public async Task The_page_has_one_heading_of_the_first_level_a_language_and_a_live_log()
    {
        await using var page = await browser.OpenAsync();

        Assert.Equal("en", await page.AskAsync<string>("document.documentElement.lang"));
        await Expect(page.Page.Locator("h1")).ToHaveCountAsync(1);
        await Expect(page.Page.GetByRole(AriaRole.Log)).ToHaveAttributeAsync("aria-live", "polite");
        await Expect(page.Page.GetByRole(AriaRole.Main)).ToHaveCountAsync(1);
        await page.PressAsync("Shift+Tab");
        Assert.Equal(0, await page.AskAsync<int>("document.querySelectorAll('[tabindex]:not([tabindex=\"0\"]):not([tabindex=\"-1\"])').length"));
    }

    private async Task<DeclaredIncident> DeclareFullAsync()
    {
        var chat = browser.Bot.Chat;
        var incident = await chat.DeclareAsync("sev1 A title that is rather long, since people are in a hurry and write all they know at once --service a-service-with-a-rather-long-name");
        await chat.CommandAsync("/timeline note a service with " + new string('w', 120), incident.Room);
        await chat.CommandAsync("/timeline misleading looked at https://example.com/" + new string('p', 150), incident.Room);
        await chat.CommandAsync("/incident escalate @li please look", incident.Room);
        await chat.CommandAsync("/incident resolve rolled back", incident.Room);
        await chat.CommandAsync("/incident task Mend it @li due in 2 weeks", incident.Room);
        await browser.Bot.DrainOutboxAsync();
        return incident;
    }

    private static async Task AssertFitsAsync(ChatPage page, string where) =>
        Assert.True(
            await page.AskAsync<int>("document.documentElement.scrollWidth") <= 360,
            $"{where} is {await page.AskAsync<int>("document.documentElement.scrollWidth")} pixels wide: " +
            string.Join(", ", await page.AskAsync<string[]>("[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > 361).map(e => e.tagName + '.' + e.className).slice(0, 8)")));
}
