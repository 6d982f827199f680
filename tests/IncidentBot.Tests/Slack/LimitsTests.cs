using IncidentBot.Incidents.Chat;
using IncidentBot.Slack.Blocks;
using IncidentBot.Tests.Fakes;

namespace IncidentBot.Tests.Slack;

public sealed class LimitsTests
{
    [Fact]
    public async Task Long_timelines_notes_and_titles_are_split_and_shortened_never_refused()
    {
        await using var bot = await RunningSlackBot.StartAsync(("Slack:AnnouncementChannel", "status"));
        bot.Workspace.AddChannel("status");
        var room = await bot.DeclareAsync(string.Join(' ', Enumerable.Repeat("checkout<&>", 30))[..300]);
        Assert.InRange(room.Name.Length, 40, 80);
        Assert.InRange(room.Topic.Length, 200, 250);
        Assert.Equal(room.Topic.Count(c => c == '&'), room.Topic.Count(c => c == ';'));

        var note = string.Join(' ', Enumerable.Range(0, 1500).Select(n => $"word{n}&amp;"))[..10_000];
        Assert.StartsWith("Recorded", (await bot.TypeAsync("/timeline note " + note, room)).Text, StringComparison.Ordinal);
        await bot.DeliverAsync();
        Assert.Contains("word700&amp;", string.Concat(room.Messages.Select(m => m.Json)), StringComparison.Ordinal);

        for (var i = 0; i < 200; i++)
            await bot.TypeAsync($"/timeline action step {i}: restarted one of the servers behind the load balancer", room);
        var url = bot.Slack.NewResponseUrl();
        var shown = await bot.TypeAsync("/timeline show", room, responseUrl: url);
        await RunningSlackBot.UntilAsync(() => string.Concat(bot.Slack.ResponsesTo(url).Select(r => r.ToJsonString())).Contains("step 199", StringComparison.Ordinal));
        Assert.Empty(SlackLimits.OfBlocks(shown.Json!["blocks"], 50));
        Assert.True(shown.Text.Length < 4000);

        await bot.TypeAsync("/incident cause " + note, room);
        await bot.TypeAsync("/incident resolve " + note, room);
        await bot.DeliverAsync();
        Assert.Empty(bot.Slack.Refusals);
    }

    [Fact]
    public async Task What_does_not_fit_at_all_says_that_it_was_shortened()
    {
        await using var bot = await RunningSlackBot.StartAsync();
        var room = await bot.DeclareAsync();
        for (var i = 0; i < 12; i++)
            await bot.TypeAsync($"/timeline note {i} " + new string('x', 9000), room);
        var url = bot.Slack.NewResponseUrl();
        await bot.TypeAsync("/timeline show", room, responseUrl: url);

        await RunningSlackBot.UntilAsync(() => bot.Slack.ResponsesTo(url).Count == 5);
        Assert.Contains("Shortened", bot.Slack.ResponsesTo(url)[^1].ToJsonString(), StringComparison.Ordinal);
        Assert.Empty(bot.Slack.Refusals);
    }

    [Fact]
    public void Text_is_cut_between_words_and_never_inside_of_a_reference_or_a_character()
    {
        var random = new Random(7);
        string[] pieces = ["word", " ", "\n", "&amp;", "&lt;!channel&gt;", "<@U123456>", "<https://example.org/a|a link with blanks>", "🔥", "<!date^1^{time}|1 January 2026>", "xxxxxxxxxxxxxxxxxxxx"];
        for (var round = 0; round < 2000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 60)).Select(_ => pieces[random.Next(pieces.Length)]));
            var parts = TextSplitter.Split(text, 100).ToList();

            Assert.All(parts, p =>
            {
                Assert.InRange(p.Length, 0, 100);
                Assert.Equal(p.Count(c => c == '<'), p.Count(c => c == '>'));
                Assert.Equal(p.Count(c => c == '&'), p.Count(c => c == ';'));
                Assert.False(p.Length > 0 && (char.IsLowSurrogate(p[0]) || char.IsHighSurrogate(p[^1])));
            });
            Assert.Equal(Bare(text), Bare(string.Concat(parts)));
        }
    }

    [Fact]
    public void Everything_of_a_form_and_a_message_is_within_the_limits()
    {
        var lots = new string('x', 5000) + "🔥<&>";
        var form = new ChatForm(
            new FormReference("x", 1), lots, lots, lots,
            [
                new TextInput("a", lots, lots, Value: lots, IsLong: true),
                new ChoiceInput("b", lots, [new ChatOption("", lots), .. Enumerable.Range(0, 150).Select(n => new ChatOption($"v{n}", lots))], Value: ""),
                new ChoiceInput("c", "No options", []),
                new Incidents.Chat.NumberInput("d", lots, 0, 100), new DateInput("e", lots, Value: "2026-03-09"), new PersonInput("f", lots),
            ]);
        var message = new ChatMessage(
            new HeadingBlock(lots, 1), new HeadingBlock("", 1), new HeadingBlock(" ", 2), new TextBlock(""), new TextBlock(" \n "),
            new FieldsBlock([.. Enumerable.Range(0, 25).Select(n => new ChatField(lots, n % 2 == 0 ? lots : ""))]),
            new ListBlock([.. Enumerable.Repeat((RichText)lots, 30)]), new Incidents.Chat.ContextBlock(lots), new Incidents.Chat.ContextBlock(" "),
            new ButtonsBlock([.. Enumerable.Range(0, 60).Select(n => new ChatButton(lots, $"/incident ack {n}"))]));

        var view = System.Text.Json.JsonSerializer.SerializeToNode<ViewDefinition>(FormView.Render(form, new FormContext(form.Reference, "C1")), IncidentBot.Slack.Api.SlackJson.Options);
        Assert.Empty(SlackLimits.OfView(view));
        Assert.All(MessageBlocks.Render(message, _ => null), part =>
        {
            Assert.Empty(SlackLimits.OfBlocks(System.Text.Json.JsonSerializer.SerializeToNode(part.Blocks, IncidentBot.Slack.Api.SlackJson.Options), 50));
            Assert.InRange(part.Text.Length, 1, 3999);
        });
    }

    private static string Bare(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
