using System.Net;
using System.Net.Http.Json;

namespace IncidentBot.Tests.LocalChat;

public sealed class LoopbackGuardTests(RunningChat chat) : IClassFixture<RunningChat>
{
    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("Host", "evil.example:80")]
    [InlineData("Host", "127.0.0.1.evil.example")]
    [InlineData("Host", "192.168.1.10")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://localhost:1")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("Forwarded", "for=127.0.0.1")]
    public async Task A_request_that_is_not_of_the_page_itself_is_refused(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/chat/messages")
        {
            Content = JsonContent.Create(new { id = RunningChat.NewId(), room = "general", person = "maria", text = "stolen" }),
        };
        request.Headers.TryAddWithoutValidation(header, value);
        using var response = await chat.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.DoesNotContain("stolen", await chat.ReadTextsAsync("general"));
    }

    [Theory]
    [InlineData("/chat")]
    [InlineData("/CHAT/state")]
    [InlineData("/chat/page/chat.js")]
    [InlineData("/chat/nothing")]
    public async Task Reading_is_guarded_too(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var response = await chat.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData("/chat", HttpStatusCode.OK)]
    [InlineData("/chat/state", HttpStatusCode.Forbidden)]
    public async Task A_link_from_elsewhere_opens_the_page_and_nothing_else(string path, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        request.Headers.Add("Sec-Fetch-Mode", "navigate");
        request.Headers.Add("Sec-Fetch-Dest", "document");
        using var response = await chat.Http.SendAsync(request);
        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task The_page_itself_is_let_in()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/chat/messages")
        {
            Content = JsonContent.Create(new { id = RunningChat.NewId(), room = "general", person = "maria", text = "mine" }),
        };
        request.Headers.Add("Origin", chat.Http.BaseAddress!.GetLeftPart(UriPartial.Authority));
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        using var response = await chat.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task The_page_may_load_nothing_from_elsewhere_and_holds_no_inline_script_or_style()
    {
        using var response = await chat.Http.GetAsync("/chat");
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Equal(
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            policy);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        var page = await response.Content.ReadAsStringAsync();
        Assert.DoesNotContain("<style", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("<script(?![^>]*src=)", page);
        Assert.DoesNotMatch(@"\s(on[a-z]+|style)=", page);
        Assert.DoesNotMatch("(src|href)=\"(https?:)?//", page);
    }

    [Fact]
    public async Task Every_file_that_the_page_names_is_served_and_no_other()
    {
        var page = await chat.Http.GetStringAsync("/chat");
        var files = System.Text.RegularExpressions.Regex.Matches(page, "(?:src|href)=\"(/chat/page/[^\"]+)\"").Select(m => m.Groups[1].Value).ToList();
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            using var response = await chat.Http.GetAsync(file);
            Assert.True(response.IsSuccessStatusCode, file);
        }
        using var transcript = await chat.Http.GetAsync("/chat/page/sample.transcript");
        Assert.Equal(HttpStatusCode.NotFound, transcript.StatusCode);
    }
}
