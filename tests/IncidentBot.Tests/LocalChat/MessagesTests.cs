using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace IncidentBot.Tests.LocalChat;

public sealed class MessagesTests(RunningChat chat) : IClassFixture<RunningChat>
{
    [Fact]
    public async Task The_same_message_sent_twice_is_kept_once()
    {
        var room = await chat.NewRoomAsync();
        var id = RunningChat.NewId();
        var first = await chat.SayAsync("hello", room, id: id);
        var second = await chat.SayAsync("hello", room, id: id);
        Assert.Equal(first.GetProperty("message").GetProperty("id").GetInt64(), second.GetProperty("message").GetProperty("id").GetInt64());
        Assert.Equal(["hello"], await chat.ReadTextsAsync(room));
    }

    [Fact]
    public async Task The_same_message_sent_many_times_at_once_is_kept_once()
    {
        var room = await chat.NewRoomAsync();
        var id = RunningChat.NewId();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => chat.SayAsync("hello", room, id: id)));
        Assert.Equal(["hello"], await chat.ReadTextsAsync(room));
    }

    [Fact]
    public async Task A_command_is_answered_and_shown_to_nobody_else()
    {
        var room = await chat.NewRoomAsync();
        var posted = await chat.SayAsync("/incident help", room);
        Assert.Equal(JsonValueKind.Null, posted.GetProperty("message").ValueKind);
        Assert.False(posted.GetProperty("answer").GetProperty("isRefused").GetBoolean());
        Assert.Empty(await chat.ReadTextsAsync(room));
    }

    [Fact]
    public async Task A_command_sent_twice_is_carried_out_once()
    {
        var id = RunningChat.NewId();
        var room = await chat.NewRoomAsync();
        var first = await chat.SayAsync("/incident start sev3 Search is slow", room, id: id);
        var second = await chat.SayAsync("/incident start sev3 Search is slow", room, id: id);
        Assert.Equal(first.GetRawText(), second.GetRawText());
    }

    [Fact]
    public async Task A_refused_command_says_why_and_repeats_the_text()
    {
        var posted = await chat.SayAsync("/incident strat Checkout");
        var answer = posted.GetProperty("answer");
        Assert.True(answer.GetProperty("isRefused").GetBoolean());
        Assert.Contains("/incident strat Checkout", answer.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)> &amp; | ` * _ ~ @here")]
    [InlineData("שלום \u202Eevil\u202C 🚒👩‍🚒")]
    [InlineData("several\nlines\r\n\tand tabs")]
    [InlineData("'; DROP TABLE messages; --")]
    [InlineData("nul \0 and bell \a")]
    public async Task Text_is_kept_exactly_as_typed(string text)
    {
        var room = await chat.NewRoomAsync();
        await chat.SayAsync(text, room);
        Assert.Equal([text], await chat.ReadTextsAsync(room));
    }

    [Fact]
    public async Task History_comes_in_pages_without_gaps_or_doubles()
    {
        var room = await chat.NewRoomAsync();
        for (var i = 0; i < 120; i++)
            await chat.SayAsync($"message {i}", room);

        var texts = new List<string>();
        var before = "";
        var pages = 0;
        bool hasMore;
        do
        {
            var page = await chat.GetAsync($"/rooms/{room}/messages?person=maria&before={before}");
            var messages = page.GetProperty("messages").EnumerateArray().ToList();
            texts.InsertRange(0, messages.Select(RunningChat.TextOf));
            before = messages[0].GetProperty("id").GetRawText();
            hasMore = page.GetProperty("hasMore").GetBoolean();
            pages++;
        }
        while (hasMore);
        Assert.Equal(3, pages);
        Assert.Equal(Enumerable.Range(0, 120).Select(i => $"message {i}"), texts);
    }

    [Theory]
    [InlineData("", 400)]
    [InlineData("null", 400)]
    [InlineData("[]", 400)]
    [InlineData("{", 400)]
    [InlineData("\"text\"", 400)]
    [InlineData("{\"id\":1}", 400)]
    [InlineData("{}", 400)]
    [InlineData("{\"id\":\"a b\",\"room\":\"general\",\"person\":\"maria\",\"text\":\"x\"}", 400)]
    [InlineData("{\"id\":\"a\",\"room\":\"nowhere\",\"person\":\"maria\",\"text\":\"x\"}", 400)]
    [InlineData("{\"id\":\"a\",\"room\":\"general\",\"person\":\"nobody\",\"text\":\"x\"}", 400)]
    [InlineData("{\"id\":\"a\",\"room\":\"general\",\"person\":\"maria\",\"text\":\"  \"}", 400)]
    [InlineData("{\"id\":\"a\",\"room\":\"general\",\"person\":\"maria\",\"text\":\"\\ud800\"}", 400)]
    public async Task Bad_JSON_is_refused_with_a_problem_that_says_what_is_wrong(string body, int status)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await chat.Http.PostAsync("/chat/messages", content);
        Assert.Equal(status, (int)response.StatusCode);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.False(string.IsNullOrWhiteSpace(problem.GetProperty("detail").GetString()));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data")]
    public async Task Only_JSON_is_taken(string contentType)
    {
        using var content = new StringContent("{}", Encoding.UTF8, contentType);
        using var response = await chat.Http.PostAsync("/chat/messages", content);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Fact]
    public async Task A_text_that_is_too_long_is_refused_and_its_length_named()
    {
        using var response = await chat.Http.PostAsJsonAsync(
            "/chat/messages", new { id = RunningChat.NewId(), room = "general", person = "maria", text = new string('x', 12_001) });
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("12001", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_too_long_is_not_read()
    {
        using var content = new StringContent("{\"text\":\"" + new string('x', 300_000) + "\"}", Encoding.UTF8, "application/json");
        using var response = await chat.Http.PostAsync("/chat/messages", content);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Theory]
    [InlineData("/rooms/general/messages?person=maria&before=x")]
    [InlineData("/rooms/general/messages?person=maria&before=-1")]
    [InlineData("/rooms/nowhere/messages?person=maria")]
    [InlineData("/rooms/general/messages")]
    [InlineData("/events?person=nobody")]
    [InlineData("/events?person=maria&after=x")]
    [InlineData("/incidents/1")]
    [InlineData("/forms/declare?person=maria&room=general&incident=x")]
    [InlineData("/forms/declare?person=maria")]
    [InlineData("/forms/declare?room=general")]
    public async Task A_bad_query_is_refused(string path)
    {
        using var response = await chat.Http.GetAsync("/chat" + path);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_form_is_opened_and_a_fault_comes_back_beside_its_field()
    {
        var opened = await chat.GetAsync("/forms/declare?person=maria&room=general");
        Assert.Equal("Declare an incident", opened.GetProperty("form").GetProperty("title").GetString());
        var answer = await chat.PostAsync("/forms", new
        {
            id = RunningChat.NewId(), room = "general", person = "maria", formId = "declare", incident = (int?)null,
            values = new { title = "", severity = "sev2", services = "", at = "", kind = "real" },
        });
        Assert.True(answer.GetProperty("fieldErrors").TryGetProperty("title", out _));
    }

    [Fact]
    public async Task An_incident_that_does_not_exist_is_not_found()
    {
        using var response = await chat.Http.GetAsync("/chat/incidents/999999?person=maria");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }
}
