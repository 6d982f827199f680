using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using IncidentBot.Incidents.Chat;
using IncidentBot.Slack.Blocks;
using IncidentBot.Tests.Fakes;

namespace IncidentBot.Tests.Slack;

/// <summary>The Block Kit that leaves the bot, and that nothing a person typed pings anybody or breaks it.</summary>
public sealed partial class WhatPeopleSeeInSlackTests : IAsyncLifetime
{
    /// <summary>As people type it, and as Slack sends it.</summary>
    private const string Nasty = "&lt;!channel&gt; &lt;@U2&gt; <!here> @everyone &lt;https://evil.example|login&gt; *b* _i_ `c` ```x``` &amp;lt; | > ## {{ x }} \u202Eabc 🔥";

    private RunningSlackBot _bot = null!;
    private FakeChannel _status = null!;

    public async Task InitializeAsync()
    {
        _bot = await RunningSlackBot.StartAsync(("Slack:AnnouncementChannel", "status"));
        _status = _bot.Workspace.AddChannel("status");
    }

    public async Task DisposeAsync() => await _bot.DisposeAsync();

    [Fact]
    public async Task Messages_modals_and_home_look_like_this()
    {
        var shown = new List<(string Name, JsonNode Json)>();
        var room = await _bot.DeclareAsync("Checkout <500> & \"basket\" --service checkout");
        await _bot.TypeAsync("/incident detected at 09:12 UTC by monitoring error-rate alert fired", room);
        await _bot.TypeAsync("/timeline hypothesis the *last* release &lt;v2&gt; broke it", room);
        await _bot.TypeAsync($"/incident escalate <@{RunningSlackBot.Li}|li> knows the database", room);
        await _bot.DeliverAsync();
        var escalation = room.Messages.Single(m => m.Json.Contains("Acknowledge", StringComparison.Ordinal));
        shown.Add(("StatusCard", room.Messages[0].Content["blocks"]!.DeepClone()));
        shown.Add(("Announcement", _status.Messages[0].Content["blocks"]!));
        shown.Add(("Entry", room.Messages.Single(m => m.Text.Contains("release", StringComparison.Ordinal)).Content["blocks"]!));
        shown.Add(("Escalation", escalation.Content["blocks"]!));

        await _bot.TypeAsync($"/incident task Test migrations <@{RunningSlackBot.Li}|li> due friday", room);
        await _bot.SendEventAsync(new JsonObject { ["type"] = "app_home_opened", ["user"] = RunningSlackBot.Li, ["tab"] = "home" });
        await RunningSlackBot.UntilAsync(() => _bot.Workspace.Homes.Count == 1);
        shown.Add(("Home", _bot.Workspace.Homes[RunningSlackBot.Li]));

        await _bot.TypeAsync("/incident resolve rolled the release back", room);
        await _bot.DeliverAsync();
        shown.Add(("ResolutionModal", _bot.Workspace.Modals.Single().Definition));
        shown.Add(("Draft", room.Messages.Single(m => m.Json.Contains("Issue summary", StringComparison.OrdinalIgnoreCase)).Content["blocks"]!));

        Assert.Multiple([.. shown.Select(s => (Action)(() => Verify(s.Name, s.Json)))]);
    }

    [Fact]
    public async Task Nothing_that_is_typed_pings_anybody_or_becomes_markup()
    {
        _bot.Workspace.AddMember(new SlackMember("U66", "mallory", "<!channel> & Sons"));
        await _bot.TypeAsync($"/incident start sev2 {Nasty} --service \"{Nasty.Replace("\"", "", StringComparison.Ordinal)}\"", user: "U66");
        await _bot.DeliverAsync();
        var room = _bot.Workspace.Channels.Values.Last(c => c.Creator == SlackWorkspace.BotUserId);
        foreach (var command in new[]
        {
            "/timeline note", "/timeline misleading", "/incident detected by customer", "/incident impact", "/incident update", "/incident escalate \"A team\"",
            "/incident waive fix", "/incident cause", "/incident fix", "/incident improve", "/incident task", "/incident severity sev1", "/incident status identified", "/incident decline 1", "/incident resolve",
        })
        {
            var answer = await _bot.TypeAsync($"{command} {Nasty}", room, "U66");
            Assert.False(Dangerous().IsMatch(Decoded(answer.Json!)), answer.Body);
        }
        await _bot.TypeAsync("/timeline show", room);
        await _bot.TypeAsync($"/incident unheard of {Nasty}", room);
        var said = _bot.Workspace.Say(room, "U66", Nasty);
        await _bot.ReactAsync(room, said);
        await _bot.UseShortcutAsync(room, said);
        await _bot.DeliverAsync();

        var sent = _bot.Slack.Calls.Where(c => c.Arguments["text"] is not null || c.Arguments["view"] is not null || c.Arguments["topic"] is not null).ToList();
        Assert.True(sent.Count > 20);
        Assert.All(sent, c => Assert.False(Dangerous().IsMatch(Decoded(c.Arguments)), Decoded(c.Arguments)));
        Assert.Empty(_bot.Slack.Refusals);
        Assert.Contains("&lt;!channel&gt;", room.Topic, StringComparison.Ordinal);
        Assert.Contains(room.Messages, m => m.Text.Contains("&lt;!channel&gt; &lt;@U2&gt; @here @everyone", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("see https://example.org/a.", "see <https://example.org/a>.")]
    [InlineData("https://example.org/?a=1&b=<2>, then HTTP://example.org", "<https://example.org/?a=1&amp;b=>&lt;2&gt;, then <HTTP://example.org>")]
    [InlineData("(https://example.org/a_(b)) (see https://example.org/c)", "(<https://example.org/a_(b)>) (see <https://example.org/c>)")]
    [InlineData("https://example.org/d?query=a|b|", "<https://example.org/d?query=a%7Cb>|")]
    [InlineData("<https://evil.example|login> and >https://example.org>", "&lt;https://evil.example|login&gt; and &gt;<https://example.org>&gt;")]
    [InlineData("*https://example.org* \"https://example.org/b\" `curl https://example.org/c`", "*<https://example.org>* \"<https://example.org/b>\" `curl <https://example.org/c>`")]
    [InlineData("https:// http://. xhttps://example.org javascript:alert(1) https://[", "https:// http://. xhttps://example.org javascript:alert(1) https://[")]
    [InlineData("https://example.org\n> quoted", "<https://example.org>\n\u200B&gt; quoted")]
    public void Addresses_that_people_type_are_links(string typed, string mrkdwn) => Assert.Equal(mrkdwn, Mrkdwn.Render(typed, _ => null));

    [Theory]
    [InlineData(TextStyle.Bold, "*`\u200B`\u200B`select 1*")]
    [InlineData(TextStyle.Italic, "_`\u200B`\u200B`select 1_")]
    [InlineData(TextStyle.Code, "`'''select 1`")]
    public void A_code_block_does_not_begin_in_emphasis(TextStyle style, string mrkdwn) =>
        Assert.Equal(mrkdwn, Mrkdwn.Render(new RichText([new TextSpan("```select 1", style)]), _ => null));

    [Fact]
    public void An_address_that_is_too_long_to_stand_anywhere_stays_text()
    {
        var url = "https://example.org/" + new string('a', 5000);

        Assert.Equal(url, Mrkdwn.Render(url, _ => null));
    }

    [Fact]
    public async Task A_quote_or_a_code_block_that_is_never_closed_stays_in_its_entry()
    {
        var room = await _bot.DeclareAsync();
        await _bot.TypeAsync("/timeline note &gt;&gt;&gt; all that follows\n&gt; and more", room);
        await _bot.TypeAsync("/timeline note ```select 1", room);
        await _bot.DeliverAsync();

        Assert.All(room.Messages, m => Assert.DoesNotMatch("```|^&gt;|\n&gt;", m.Text));
        var shown = (await _bot.TypeAsync("/timeline show", room)).Text;
        Assert.DoesNotContain("```", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("\n&gt;", shown, StringComparison.Ordinal);
        Assert.Equal(["&gt;&gt;&gt;", "```"], (await _bot.ReadAsync()).Entries.Skip(1).Select(e => e.Text[..3].Replace(">", "&gt;", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task People_and_groups_are_meant_by_their_mentions_whatever_their_names_are()
    {
        _bot.Workspace.AddMember(new SlackMember("U20", "anna.l", "Anna Lena Müller"));
        _bot.Workspace.AddMember(new SlackMember("U21", "anna l", "Anna L"));
        _bot.Workspace.Groups.Add(new SlackGroup("S1", "db-team", []));
        var room = await _bot.DeclareAsync();

        await _bot.TypeAsync("/incident role commander <@U20>", room);
        await _bot.TypeAsync("/incident escalate <@U21|anna l> please", room);
        await _bot.TypeAsync("/incident escalate <!subteam^S1> please", room);
        await _bot.TypeAsync("/timeline note asked <@U20> in <#C77|db-help> and <#C78>, see <https://example.org|https://example.org> or <mailto:a@example.org|a@example.org>", room);

        var incident = await _bot.ReadAsync();
        Assert.Equal("U20", Assert.Single(incident.Roles).Holder.Id);
        Assert.Equal(["Anna L", "db-team"], incident.Escalations.Select(e => e.Target));
        Assert.Equal("asked @anna.l in #db-help and #C78, see https://example.org or a@example.org", incident.Entries[^1].Text);
        await _bot.DeliverAsync();
        Assert.Contains(room.Messages, m => m.Text.StartsWith("<@U21>, Maria", StringComparison.Ordinal));
        Assert.Contains(room.Messages, m => m.Text.StartsWith("<!subteam^S1>, Maria", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_Slack_that_tells_next_to_nothing_of_people_is_enough()
    {
        var room = await _bot.DeclareAsync();
        _bot.Slack.Methods["users.info"] = _ => new JsonObject { ["user"] = new JsonObject { ["id"] = "U9" } };
        await _bot.TypeAsync("/timeline note with <@U30> and <@U31|lena>", room, "U32");
        _bot.Slack.Methods["users.info"] = _ => [];
        await _bot.TypeAsync("/timeline note with <@U33> and <@U34|jo>", room, "U35");

        var entries = (await _bot.ReadAsync()).Entries.Skip(1).ToList();
        Assert.Equal(["with @U30 and @lena", "with @U33 and @jo"], entries.Select(e => e.Text));
        Assert.Equal(["U32", "U35"], entries.Select(e => e.Author.Id));
    }

    [Fact]
    public async Task A_title_in_another_script_and_quotes_are_kept_as_typed()
    {
        var room = await _bot.DeclareAsync("結帳失敗 \u05E9\u05DC\u05D5\u05DD \"x\" 🔥");

        Assert.Equal("inc-1-x", room.Name);
        Assert.Equal("INC-1 sev2 investigating: 結帳失敗 \u05E9\u05DC\u05D5\u05DD \"x\" 🔥", room.Topic);
    }

    /// <summary>Any reference but those that the bot itself writes: a time, its own channel, a link to a message, an address that shows itself.</summary>
    [GeneratedRegex(@"<(?!!date\^|#C\d|https://example\.slack\.com/|https?://[^|>\s]+>)[^>]*>")]
    private static partial Regex Dangerous();

    [GeneratedRegex(@"\bC\d{8}\b")]
    private static partial Regex ChannelId();

    /// <summary>What Slack reads as mrkdwn: neither data nor plain text.</summary>
    private static string Decoded(JsonNode arguments) => string.Join('\n', Texts(arguments));

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject o when o["type"]?.ToString() == "plain_text" => [],
        JsonObject o => o.Where(p => p.Key is not ("private_metadata" or "initial_value" or "value" or "metadata")).SelectMany(p => Texts(p.Value)),
        JsonArray a => a.SelectMany(Texts),
        JsonValue v => [v.ToString()],
        _ => [],
    };

    private static void Verify(string name, JsonNode json) =>
        Golden.Verify(name, ChannelId().Replace(json.ToJsonString(SlackWorkspace.Readable), "C1") + "\n", "json");
}
