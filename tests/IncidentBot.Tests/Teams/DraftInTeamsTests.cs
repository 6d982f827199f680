using IncidentBot.Tests.Fakes.Teams;

namespace IncidentBot.Tests.Teams;

/// <summary>The draft at the end of an incident: cards, and its Markdown as text, both kept up to date in place.</summary>
public sealed class DraftInTeamsTests : IAsyncLifetime
{
    private RunningTeamsBot _bot = null!;
    private string _thread = "";

    public async Task InitializeAsync()
    {
        _bot = await RunningTeamsBot.StartWholeAsync();
        _thread = await _bot.DeclareAsync();
    }

    public async Task DisposeAsync()
    {
        Assert.Empty(_bot.Teams.Refusals);
        await _bot.DisposeAsync();
    }

    [Fact]
    public async Task An_answer_shows_in_the_card_and_in_the_text_and_adds_no_other()
    {
        await SayAsync("incident resolve rolled back");
        var card = Assert.Single(Messages, m => m.Text.Contains("Issue summary", StringComparison.Ordinal) && m.Content["text"] is null);
        var file = Assert.Single(Files);
        await SayAsync("incident cause The column was dropped too early.");

        Assert.Contains("dropped too early", card.Text, StringComparison.Ordinal);
        Assert.Contains("dropped too early", file.Text, StringComparison.Ordinal);
        Assert.Single(Messages, m => m.Text.Contains("Issue summary", StringComparison.Ordinal) && m.Content["text"] is null);
        Assert.Single(Files);
    }

    [Theory]
    [InlineData("The column was dropped before it was empty. ")]
    [InlineData("🔥🧯 ")]
    [InlineData("\"<&>\" ")]
    public async Task A_long_draft_is_several_messages_each_within_Teams_limit(string words)
    {
        await SayAsync("incident cause " + string.Concat(Enumerable.Repeat(words, 30_000 / words.Length)));
        await SayAsync("incident resolve rolled back");

        Assert.True(Files.Count > 1);
        Assert.Equal(Enumerable.Range(1, Files.Count).Select(n => $"postmortem-1.md ({n} of {Files.Count})"), Files.Select(f => f.Text.Split('\n')[0]));
        Assert.DoesNotContain(Messages, m => m.Text.Contains("was not uploaded", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_draft_that_became_longer_gets_more_messages_and_one_that_became_shorter_says_where_it_went()
    {
        await SayAsync("incident resolve rolled back");
        Assert.Single(Files);
        await SayAsync("incident cause " + Words(12));
        Assert.Equal(["postmortem-1.md (1 of 2)", "postmortem-1.md (2 of 2)"], Files.Select(f => f.Text.Split('\n')[0]));

        await SayAsync("incident cause The column was dropped too early.");
        Assert.Single(Files);
        Assert.Equal("Now part of the message above.", Messages.Last(m => m.Content["text"] is not null && m.Content["from"]!["id"]!.ToString() == FakeTeams.BotId).Text);
    }

    [Fact]
    public async Task A_text_of_which_somebody_deleted_a_part_is_given_anew()
    {
        await SayAsync("incident resolve rolled back");
        _bot.Channel.Delete(Files[0]);
        _bot.Teams.FailNext(new TeamsFault(403, "ServiceError"), c => c.Method == "PUT" && c.Body["text"] is not null);
        await SayAsync("incident cause The column was dropped too early.");

        Assert.Contains("dropped too early", Assert.Single(Files).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Messages, m => m.Text.Contains("was not uploaded", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_text_whose_second_part_failed_is_completed_though_it_changed_meanwhile()
    {
        await SayAsync("incident cause " + Words(30));
        _bot.Teams.FailNext(new TeamsFault(503, RetryAfter: TimeSpan.FromMinutes(5)), c => c.Method == "POST" && c.Body["text"]?.ToString().StartsWith("postmortem-1.md (2", StringComparison.Ordinal) == true);
        await SayAsync("incident resolve rolled back");
        var first = Assert.Single(Files);
        await SayAsync("incident impact Customers cannot pay.");
        _bot.Clock.Advance(TimeSpan.FromMinutes(5));
        await _bot.DeliverAsync();

        Assert.Equal(first.Id, Files[0].Id);
        Assert.Equal(Enumerable.Range(1, Files.Count).Select(n => $"postmortem-1.md ({n} of {Files.Count})"), Files.Select(f => f.Text.Split('\n')[0]));
        Assert.Contains(Files, f => f.Text.Contains("Customers cannot pay", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_card_whose_second_part_failed_is_completed_and_its_first_part_is_there_once()
    {
        await SayAsync("incident cause " + Words(30));
        var cards = 0;
        var fault = _bot.Teams.FailNext(new TeamsFault(502), c => c.Method == "POST" && c.Body["text"] is null && c.Body.ToJsonString().Contains("column was", StringComparison.Ordinal) && ++cards == 2);
        await SayAsync("incident resolve rolled back");
        Assert.True(fault.IsTaken);
        _bot.Clock.Advance(TimeSpan.FromSeconds(15));
        await _bot.DeliverAsync();

        Assert.Single(Messages, m => m.Content["text"] is null && m.Text.Contains("Issue summary", StringComparison.Ordinal));
    }

    private IReadOnlyList<FakeTeamsMessage> Messages => _bot.Channel.Thread(_thread);

    /// <summary>The parts of the Markdown text.</summary>
    private List<FakeTeamsMessage> Files => [.. Messages.Where(m => m.Content["text"]?.ToString().StartsWith("postmortem-1.md", StringComparison.Ordinal) == true)];

    private static string Words(int thousands) => string.Join(' ', Enumerable.Repeat("The column was dropped before it was empty.", thousands * 1000 / 44));

    private async Task SayAsync(string command)
    {
        await _bot.SayAsync("@IncidentBot " + command, thread: _thread);
        await _bot.DeliverAsync();
    }
}
