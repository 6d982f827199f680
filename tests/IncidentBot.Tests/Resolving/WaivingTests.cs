using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Postmortems;
using IncidentBot.Incidents.Resolving;
using IncidentBot.Tests.Fakes;

namespace IncidentBot.Tests.Resolving;

public sealed class WaivingTests
{
    [Fact]
    public async Task A_waiver_is_told_in_the_room_and_shown_in_the_draft_and_is_no_entry()
    {
        await using var chat = await ResolvedAsync();
        var entries = (await chat.ReadAsync()).Entries.Count;

        var answer = await chat.TypeAsync("li", "/incident waive cause the provider does not tell what *failed*", room: "inc-1");
        await chat.DeliverAsync();

        Assert.Equal("The root cause of INC-1 is waived. Nobody is asked for it any more.", answer.Message.ToPlainText());
        Assert.Contains(
            "The root cause of INC-1 is waived: the provider does not tell what *failed*\nby li", chat.Platform.TextsIn("inc-1").Select(t => t.ReplaceLineEndings("\n")));
        Assert.Contains("Waived by @li: the provider does not tell what *failed*", Draft(chat), StringComparison.Ordinal);
        Assert.DoesNotContain("Not recorded: the root cause", Draft(chat), StringComparison.Ordinal);
        Assert.Equal(entries, (await chat.ReadAsync()).Entries.Count);
    }

    [Fact]
    public async Task Waived_during_the_outage_it_is_not_asked_for_at_its_end()
    {
        await using var chat = await StartedAsync();
        foreach (var part in new[] { "cause", "impact", "tasks" })
            Assert.False((await chat.TypeAsync("maria", $"/incident waive {part} a vendor's outage")).IsRefused);

        var answer = await chat.TypeAsync("maria", "/incident resolve it went away");

        Assert.Equal(["fix", "detected", "misleading", "escalations", "improvements"], answer.Form!.Inputs.Select(i => i.Name));
    }

    [Fact]
    public async Task With_all_of_it_waived_nothing_is_missing_any_more()
    {
        await using var chat = await ResolvedAsync();
        foreach (var text in new[]
        {
            "/incident detected at 09:14 UTC by monitoring an alert", "/incident none misleading", "/incident none escalations", "/incident improve alert earlier",
            "/incident waive cause a", "/incident waive fix b", "/incident waive impact c", "/incident waive tasks d",
        })
        {
            Assert.False((await chat.TypeAsync("maria", text, room: "inc-1")).IsRefused);
        }
        await chat.DeliverAsync();

        Assert.DoesNotContain((await chat.DraftAsync()).Findings, f => f.Kind == FindingKind.Missing);
        Assert.DoesNotContain("_Not recorded", (await chat.DraftAsync()).Markdown, StringComparison.Ordinal);
        var answer = await chat.TypeAsync("maria", "/incident postmortem", room: "inc-1");
        Assert.Equal("The draft of INC-1 is in the room, with nothing missing.", answer.Message.ToPlainText());
        Assert.DoesNotContain("Postmortem due", Card(chat), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waived_twice_the_draft_gives_the_newer_reason()
    {
        await using var chat = await ResolvedAsync();
        await chat.TypeAsync("li", "/incident waive fix nobody knows", room: "inc-1");

        var answer = await chat.TypeAsync("maria", "/incident waive fix it went away by itself", room: "inc-1");
        await chat.DeliverAsync();

        Assert.Equal("The fix of INC-1 is waived already; the draft gives the new reason in place of the earlier one.", answer.Message.ToPlainText());
        Assert.Equal(["nobody knows", "it went away by itself"], (await chat.ReadAsync()).Answers.Select(a => a.Text));
        Assert.Contains("Waived by @maria: it went away by itself", Draft(chat), StringComparison.Ordinal);
        Assert.DoesNotContain("nobody knows", Draft(chat), StringComparison.Ordinal);
        Assert.Contains(chat.Platform.TextsIn("inc-1"), t => t.Contains("by maria; the draft gives this reason in place of the earlier one", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/incident cause a leak", "cause", "The root cause of INC-1 is recorded already")]
    [InlineData("/incident fix rolled back", "resolution", "The fix of INC-1 is recorded already")]
    [InlineData("/incident impact --service checkout --users 30% errors", "impact", "The impact of INC-1 is recorded already")]
    [InlineData("/incident task mend it", "tasks", "The tasks of INC-1 are recorded already")]
    public async Task What_is_recorded_cannot_be_waived(string recorded, string part, string reason)
    {
        await using var chat = await ResolvedAsync();
        await chat.TypeAsync("maria", recorded, room: "inc-1");
        var answers = (await chat.ReadAsync()).Answers.Count;

        var answer = await chat.TypeAsync("maria", $"/incident waive {part} nobody knows", room: "inc-1");

        Assert.True(answer.IsRefused);
        Assert.Contains(reason + ", so there is nothing to waive.", answer.Message.ToPlainText(), StringComparison.Ordinal);
        Assert.Equal(answers, (await chat.ReadAsync()).Answers.Count);
    }

    [Fact]
    public async Task An_impact_of_which_a_part_is_recorded_can_be_waived_for_the_rest()
    {
        await using var chat = await StartedAsync();
        await chat.TypeAsync("maria", "/incident impact --service checkout errors");

        await chat.TypeAsync("maria", "/incident waive impact nobody counted them");

        var form = (await chat.TypeAsync("maria", "/incident resolve")).Form!;
        Assert.DoesNotContain(form.Inputs, i => i.Name is "services" or "experience" or "users");
        var draft = await chat.DraftAsync();
        Assert.Contains("- **Users affected:** _Waived by @maria: nobody counted them_", draft.Markdown, StringComparison.Ordinal);
        Assert.Equal(FindingKind.Notice, Assert.Single(draft.Findings, f => f.Part == "percent of users").Kind);
    }

    [Fact]
    public async Task A_waiver_stops_to_matter_once_the_part_is_recorded()
    {
        await using var chat = await ResolvedAsync();
        await chat.TypeAsync("maria", "/incident waive cause nobody knows", room: "inc-1");

        var answer = await chat.TypeAsync("li", "/incident cause Release 42 leaked connections", room: "inc-1");
        await chat.DeliverAsync();

        Assert.Equal("The root cause of INC-1 is recorded.", answer.Message.ToPlainText());
        Assert.Contains("Release 42 leaked connections", Draft(chat), StringComparison.Ordinal);
        Assert.DoesNotContain("Waived", Draft(chat), StringComparison.Ordinal);
        Assert.Contains((await chat.ReadAsync()).Answers, a => a is { Kind: AnswerKind.WaivedRootCause, Text: "nobody knows" });
    }

    [Fact]
    public async Task The_form_still_takes_what_was_waived_while_it_was_open()
    {
        await using var chat = await StartedAsync();
        var form = (await chat.TypeAsync("maria", "/incident resolve")).Form!;
        await chat.TypeAsync("li", "/incident INC-1 waive cause nobody knows");

        var answer = await chat.SubmitAsync("maria", form.Reference, new() { ["cause"] = "Release 42 leaked connections" });

        Assert.False(answer.IsRefused, answer.Message.ToPlainText());
        Assert.Equal("Release 42 leaked connections", (await chat.ReadAsync()).Incident.RootCause);
    }

    [Fact]
    public async Task A_false_alarm_can_be_waived_too()
    {
        await using var chat = await StartedAsync();
        await chat.TypeAsync("maria", "/incident cancel the probe was broken");

        Assert.False((await chat.TypeAsync("maria", "/incident INC-1 waive cause there was no outage")).IsRefused);
    }

    private static string Draft(TestChat chat) => chat.Platform.TextsIn("inc-1").Last(t => t.Contains("Issue summary", StringComparison.Ordinal));

    private static string Card(TestChat chat) => chat.Platform.Messages.First(m => m.Room == "inc-1" && m.Message.Blocks.OfType<FieldsBlock>().Any()).Message.ToPlainText();

    private static async Task<TestChat> ResolvedAsync()
    {
        var chat = await StartedAsync();
        await chat.TypeAsync("maria", "/incident resolve it went away");
        await chat.DeliverAsync();
        return chat;
    }

    private static async Task<TestChat> StartedAsync()
    {
        var chat = await TestChat.StartAsync();
        await chat.TypeAsync("maria", "/incident start sev2 Checkout is down");
        return chat;
    }
}
