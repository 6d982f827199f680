using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Escalations;
using IncidentBot.Incidents.Timeline;
using static IncidentBot.Tests.Escalations.AskingChat;

namespace IncidentBot.Tests.Escalations;

public sealed class FollowUpTests
{
    [Fact]
    public async Task Who_does_not_answer_is_asked_again_and_then_the_asker_is_told_that_nobody_did()
    {
        await using var chat = await StartedAsync();
        await chat.TypeAsync("maria", "/incident escalate @li the gateway");
        await chat.DeliverAsync();

        await chat.PassAsync(TimeSpan.FromHours(1));

        Assert.Equal(
            ["9:16 Escalated", "9:21 FollowUp", "9:26 FollowUp", "9:31 FollowUp"],
            (await chat.ReadAsync()).Entries.Skip(1).Select(e => $"{e.OccurredAt:H:mm} {e.Kind}"));
        Assert.Equal(3, chat.Platform.TextsIn("li").Count);
        Assert.Single(Answerable(chat, "li"));
        Assert.Single(Answerable(chat, "inc-1"));
        Assert.Contains(chat.Platform.TextsIn("inc-1"), t => t.Contains("@maria, nobody has acknowledged escalation 1 of INC-1 to li since", StringComparison.Ordinal));
        Assert.NotNull((await chat.ReadAsync()).Escalations.Single().ExhaustedAt);
    }

    [Fact]
    public async Task Only_the_last_call_has_buttons_also_where_the_older_one_could_not_be_changed_at_first()
    {
        await using var chat = await StartedAsync();
        await chat.TypeAsync("maria", "/incident escalate @li the gateway");
        await chat.DeliverAsync();
        for (var i = 0; i < 2; i++)
            chat.Platform.FailNextUpdate(new ChatPlatformException("It is busy.", isTransient: true, retryAfter: TimeSpan.FromSeconds(1)));

        await chat.PassAsync(TimeSpan.FromMinutes(6));
        await chat.DeliverAsync();

        Assert.Equal(2, chat.Platform.TextsIn("li").Count);
        Assert.Single(Answerable(chat, "li"));
        Assert.Single(Answerable(chat, "inc-1"));
    }

    [Fact]
    public async Task After_an_acknowledgement_nobody_is_asked_and_no_button_is_left()
    {
        await using var chat = await StartedAsync();
        await chat.TypeAsync("maria", "/incident escalate @li the gateway");
        await chat.PassAsync(TimeSpan.FromMinutes(6));

        await chat.TypeAsync("li", "/incident INC-1 ack");
        await chat.PassAsync(TimeSpan.FromHours(1));

        Assert.Equal(2, chat.Platform.TextsIn("li").Count);
        Assert.Empty(Answerable(chat, "li"));
        Assert.Empty(Answerable(chat, "inc-1"));
        Assert.Contains("Acknowledged by li after 7 min.", chat.Platform.TextsIn("li")[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Acknowledging_while_the_call_is_still_on_its_way_keeps_it_back()
    {
        await using var chat = await StartedAsync();
        await chat.TypeAsync("maria", "/incident escalate @li the gateway");
        await chat.DeliverAsync();
        chat.Time.Advance(TimeSpan.FromMinutes(5));
        foreach (var due in await chat.Reminders.ListWaitingAsync(CancellationToken.None))
            await chat.Reminders.FireAsync(due.Id, CancellationToken.None);

        await chat.TypeAsync("li", "/incident ack");
        await chat.DeliverAsync();

        Assert.Single(chat.Platform.TextsIn("li"));
        Assert.Contains("Acknowledged by li", chat.Platform.TextsIn("li").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("li")]
    [InlineData("inc-1")]
    public async Task No_button_is_left_where_somebody_is_faster_than_the_answer_of_the_chat(string room)
    {
        await using var chat = await StartedAsync();
        chat.Platform.OncePosted = async posted =>
        {
            if (posted.Id == room && Answerable(chat, room).Count > 0)
                await chat.TypeAsync("li", "/incident INC-1 ack 1", room: room, key: "fast");
        };

        await chat.TypeAsync("maria", "/incident escalate @li the gateway");
        await chat.DeliverAsync();
        await chat.DeliverAsync();

        Assert.NotEmpty(chat.Platform.TextsIn(room));
        Assert.Empty(Answerable(chat, "li"));
        Assert.Empty(Answerable(chat, "inc-1"));
    }

    [Fact]
    public async Task Who_is_asked_again_about_two_incidents_at_the_same_time_hears_of_both()
    {
        await using var chat = await StartedAsync();
        await chat.TypeAsync("maria", "/incident start sev4 Search is slow", room: "search");
        await chat.DeliverAsync();
        await chat.TypeAsync("maria", "/incident escalate @li the gateway", room: "inc-1");
        await chat.TypeAsync("maria", "/incident escalate @li the index", room: "inc-2");
        await chat.DeliverAsync();

        chat.Time.Advance(TimeSpan.FromMinutes(6));
        foreach (var due in await chat.Reminders.ListWaitingAsync(CancellationToken.None))
            await chat.Reminders.FireAsync(due.Id, CancellationToken.None);
        await chat.DeliverAsync();

        Assert.Equal(4, chat.Platform.TextsIn("li").Count);
    }

    [Fact]
    public async Task A_policy_goes_from_level_to_level_until_somebody_answers()
    {
        await using var chat = await StartedAsync(Checkout);
        await chat.TypeAsync("maria", "/incident escalate checkout payments fail");

        await chat.PassAsync(TimeSpan.FromMinutes(12));
        await chat.TypeAsync("ana", "/incident INC-1 ack 1", room: "ana");
        await chat.PassAsync(TimeSpan.FromHours(1));

        Assert.Equal((2, 1, 1), (chat.Platform.TextsIn("li").Count, chat.Platform.TextsIn("teo").Count, chat.Platform.TextsIn("ana").Count));
        var escalation = (await chat.ReadAsync()).Escalations.Single();
        Assert.Equal((EscalationState.Acknowledged, "ana", "checkout"), (escalation.State, escalation.AnsweredBy?.Name, escalation.Policy));
        Assert.Equal(["1 @li", "1 @li", "2 @teo, @ana"], escalation.Steps.Select(s => $"{s.Level} {s.Names}"));
        Assert.Empty(Answerable(chat, "teo"));
    }

    [Fact]
    public async Task Whoever_a_policy_asks_about_a_private_incident_answers_where_they_were_asked()
    {
        await using var chat = await StartedAsync(Checkout);
        await chat.TypeAsync("maria", "/incident start sev2 A leak --private", room: "security");
        await chat.DeliverAsync();
        await chat.TypeAsync("maria", "/incident escalate checkout who has seen it", room: "inc-2");
        await chat.DeliverAsync();

        var stranger = await chat.TypeAsync("teo", "/incident INC-2 ack 1", room: "teo");
        var answer = await chat.TypeAsync("li", "/incident INC-2 ack 1", room: "li");

        Assert.Contains("There is no INC-2", stranger.Message.ToPlainText(), StringComparison.Ordinal);
        Assert.False(answer.IsRefused, answer.Message.ToPlainText());
        Assert.Equal("li", (await chat.ReadAsync(2)).Escalations.Single().AnsweredBy?.Name);
    }

    [Fact]
    public async Task An_earlier_request_says_whether_the_same_are_asked_again_below_or_who_else_is()
    {
        await using var chat = await StartedAsync(Checkout);
        await chat.TypeAsync("maria", "/incident escalate checkout payments fail");

        await chat.PassAsync(TimeSpan.FromMinutes(12));

        Assert.Equal(
            ["Escalation 1 of INC-1: nobody had acknowledged it. It is repeated below.", "Escalation 1 of INC-1: nobody had acknowledged it. Asked next: @teo, @ana, below."],
            chat.Platform.TextsIn("inc-1").Where(t => t.Contains("nobody had acknowledged it", StringComparison.Ordinal)));
        Assert.Equal("Escalation 1 of INC-1: nobody had acknowledged it. It is repeated below.", chat.Platform.TextsIn("li")[0]);
    }

    [Fact]
    public async Task Where_the_bot_asked_somebody_in_person_they_answer_without_naming_the_incident()
    {
        await using var chat = await StartedAsync();
        await chat.TypeAsync("maria", "/incident start sev4 Search is slow", room: "search");
        await chat.TypeAsync("maria", "/incident INC-1 escalate @li the gateway");
        await chat.DeliverAsync();

        var elsewhere = await chat.TypeAsync("li", "/incident ack", room: "lunch");
        var answer = await chat.TypeAsync("li", "/incident ack", room: "li");
        var again = await chat.TypeAsync("li", "/incident ack", room: "li");

        Assert.Contains("No open incident was declared here", elsewhere.Message.ToPlainText(), StringComparison.Ordinal);
        Assert.StartsWith("Recorded as #3 of INC-1", answer.Message.ToPlainText(), StringComparison.Ordinal);
        Assert.Equal("li", (await chat.ReadAsync()).Escalations.Single().AnsweredBy?.Name);
        Assert.Contains("Name the one you mean: /incident INC-2", again.Message.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whom_the_bot_asked_about_several_incidents_chooses_one_by_its_command()
    {
        await using var chat = await StartedAsync();
        await chat.TypeAsync("maria", "/incident start sev4 Search is slow --private", room: "search");
        await chat.DeliverAsync();
        await chat.TypeAsync("maria", "/incident escalate @teo the gateway", room: "inc-1");
        await chat.TypeAsync("maria", "/incident escalate @li the gateway", room: "inc-1");
        await chat.TypeAsync("maria", "/incident escalate @li the index", room: "inc-2");
        await chat.DeliverAsync();

        var several = await chat.TypeAsync("li", "/incident decline on a plane", room: "li");
        var second = await chat.TypeAsync("li", "/incident decline 2 on a plane", room: "li");
        var first = await chat.TypeAsync("li", "/incident ack", room: "li");

        Assert.True(several.IsRefused);
        Assert.StartsWith(
            "Several requests wait for your answer. Say which: INC-2 (Search is slow): /incident INC-2 decline 1; INC-1 (Checkout is down): /incident INC-1 decline 2\n",
            several.Message.ToPlainText(),
            StringComparison.Ordinal);
        Assert.StartsWith("Recorded as #4 of INC-1", second.Message.ToPlainText(), StringComparison.Ordinal);
        Assert.StartsWith("Recorded as #3 of INC-2", first.Message.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_named_and_belongs_to_a_group_as_well_is_asked_once_each_time()
    {
        var twice = new Dictionary<string, string?>
        {
            ["Escalation:Policies:checkout:Levels:0:Targets:0"] = "local:li",
            ["Escalation:Policies:checkout:Levels:0:Targets:1"] = "local:databases",
            ["Escalation:Policies:checkout:Levels:0:Wait"] = "5m",
            ["Escalation:Policies:checkout:Levels:0:Repeats"] = "1",
        };
        await using var chat = await StartedAsync(twice);
        chat.Platform.AddGroup("databases", "databases", "li", "teo");
        await chat.TypeAsync("maria", "/incident escalate @checkout");
        await chat.DeliverAsync();

        Assert.Single(chat.Platform.TextsIn("li"));
        Assert.Single(chat.Platform.TextsIn("teo"));
        await chat.PassAsync(TimeSpan.FromMinutes(6));
        Assert.Equal(2, chat.Platform.TextsIn("li").Count);
        Assert.Equal(2, chat.Platform.TextsIn("teo").Count);
    }

    [Fact]
    public async Task Somebody_outside_the_chat_is_called_for_again_where_repeats_are_quiet()
    {
        var outside = new Dictionary<string, string?>
        {
            ["Escalation:Policies:checkout:Levels:0:Targets:0"] = "the hosting company",
            ["Escalation:Policies:checkout:Levels:0:Wait"] = "5m",
            ["Escalation:Policies:checkout:Levels:0:Repeats"] = "1",
            ["Escalation:Policies:checkout:QuietRepeats"] = "true",
        };
        await using var chat = await StartedAsync(outside);
        await chat.TypeAsync("maria", "/incident escalate @checkout");
        await chat.DeliverAsync();

        await chat.PassAsync(TimeSpan.FromMinutes(6));

        Assert.Contains(chat.Platform.TextsIn("inc-1"), t => t.Contains("It is repeated below", StringComparison.Ordinal));
        Assert.Contains("please call", Answerable(chat, "inc-1").Single().Message.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quiet_repeat_is_told_in_person_only()
    {
        await using var chat = await StartedAsync(new(Checkout) { ["Escalation:Policies:checkout:QuietRepeats"] = "true" });
        await chat.TypeAsync("maria", "/incident escalate checkout payments fail");
        await chat.DeliverAsync();
        var before = chat.Platform.TextsIn("inc-1").Count;

        await chat.PassAsync(TimeSpan.FromMinutes(6));

        Assert.Equal(2, chat.Platform.TextsIn("li").Count);
        Assert.Equal(before, chat.Platform.TextsIn("inc-1").Count);
    }

    [Fact]
    public async Task Resolving_ends_what_was_asked()
    {
        await using var chat = await StartedAsync();
        await chat.TypeAsync("maria", "/incident escalate @li the gateway");
        await chat.DeliverAsync();

        await chat.TypeAsync("maria", "/incident resolve rolled back");
        await chat.PassAsync(TimeSpan.FromMinutes(30));

        Assert.Contains("No answer is needed any more: INC-1 is resolved.", Assert.Single(chat.Platform.TextsIn("li")), StringComparison.Ordinal);
        Assert.Empty(Answerable(chat, "li"));
        Assert.Empty(Answerable(chat, "inc-1"));
    }

    [Theory]
    [InlineData("resolve rolled back")]
    [InlineData("cancel the probe was broken")]
    public async Task What_was_asked_before_the_end_is_not_asked_again_when_the_outage_comes_back(string end)
    {
        await using var chat = await StartedAsync();
        await chat.TypeAsync("maria", "/incident escalate @li the gateway");
        await chat.DeliverAsync();

        await chat.TypeAsync("maria", $"/incident {end}");
        await chat.TypeAsync("maria", "/incident reopen errors are back", room: "inc-1");
        await chat.PassAsync(TimeSpan.FromHours(1));

        Assert.Single(chat.Platform.TextsIn("li"));
        Assert.DoesNotContain((await chat.ReadAsync()).Entries, e => e.Kind == EntryKind.FollowUp);
    }

    [Fact]
    public async Task A_follow_up_that_was_missed_comes_once_with_its_age()
    {
        await using var chat = await StartedAsync();
        await chat.TypeAsync("maria", "/incident escalate @li the gateway");
        await chat.DeliverAsync();

        chat.Time.Advance(TimeSpan.FromHours(3));
        await chat.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(2, chat.Platform.TextsIn("li").Count);
        Assert.Contains("this comes 2 h 55 min late", chat.Platform.TextsIn("li")[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_could_not_be_sent_in_time_says_so_until_it_is_repeated()
    {
        await using var chat = await StartedAsync();
        await chat.TypeAsync("maria", "/incident escalate @li the gateway");

        chat.Time.Advance(TimeSpan.FromHours(3));
        await chat.DeliverAsync();
        var first = chat.Platform.TextsIn("li").Single();
        await chat.PassAsync(TimeSpan.FromMinutes(6));

        Assert.Contains("this comes 3 h late", first, StringComparison.Ordinal);
        Assert.DoesNotContain("late", chat.Platform.TextsIn("li")[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_follow_up_of_another_day_is_left_out_and_whoever_asked_is_told()
    {
        await using var chat = await StartedAsync();
        await chat.TypeAsync("maria", "/incident escalate @li the gateway");
        await chat.DeliverAsync();

        chat.Time.Advance(TimeSpan.FromHours(30));
        await chat.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Single(chat.Platform.TextsIn("li"));
        Assert.Contains(chat.Platform.TextsIn("inc-1"), t => t.StartsWith("Left out: a reminder that nobody has acknowledged escalation 1 (INC-1), which was due at 2026-03-02 09:21 UTC", StringComparison.Ordinal));
        Assert.Contains(chat.Platform.TextsIn("inc-1"), t => t.Contains("@maria, nobody has acknowledged escalation 1 of INC-1 to li since", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_open_ones_are_listed_with_their_age()
    {
        await using var chat = await StartedAsync();
        await chat.TypeAsync("maria", "/incident escalate @li the gateway");
        await chat.PassAsync(TimeSpan.FromMinutes(7));

        var answer = await chat.TypeAsync("maria", "/incident escalations");

        Assert.Contains("1 to li since 2026-03-02 09:16 UTC (8 min), by maria: the gateway. Last asked: @li at 2026-03-02 09:21 UTC.", answer.Message.ToPlainText(), StringComparison.Ordinal);
    }
}
