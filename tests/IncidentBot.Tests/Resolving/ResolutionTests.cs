using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Resolving;
using IncidentBot.Tests.Fakes;

namespace IncidentBot.Tests.Resolving;

public sealed class ResolutionTests
{
    private static readonly string[] EverythingAsked =
        ["resolution", "cause", "fix", "detected", "services", "experience", "users", "misleading", "escalations", "improvements", "tasks"];

    [Fact]
    public async Task Resolving_posts_the_draft_at_once_and_asks_for_what_is_missing()
    {
        await using var chat = await StartedAsync();

        var answer = await chat.TypeAsync("maria", "/incident resolve");
        await chat.DeliverAsync();

        Assert.Equal(EverythingAsked, answer.Form!.Inputs.Select(i => i.Name));
        Assert.Contains(chat.Platform.TextsIn("inc-1"), text => text.Contains("Issue summary", StringComparison.Ordinal));
        Assert.Contains(chat.Platform.TextsIn(TestChat.General), text => text.Contains("INC-1 is resolved after 1 min", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_asked_that_was_said_before()
    {
        await using var chat = await StartedAsync();
        foreach (var text in new[]
        {
            "/incident detected by monitoring an alert", "/incident impact --service checkout --users none nobody noticed",
            "/incident none misleading", "/incident none escalations", "/incident improve alert earlier", "/incident cause a leak", "/incident task mend it",
        })
        {
            await chat.TypeAsync("maria", text);
        }

        var answer = await chat.TypeAsync("maria", "/incident resolve rolled back");

        Assert.Equal(["fix"], answer.Form!.Inputs.Select(i => i.Name));
        var filled = await chat.SubmitAsync("li", answer.Form.Reference, new() { ["fix"] = "Rolled back to 41." });
        Assert.False(filled.IsRefused, filled.Message.ToPlainText());
        Assert.Null((await OpenAsync(chat, "li", TestChat.General)).Form);
    }

    [Fact]
    public async Task The_form_of_a_private_incident_opens_in_its_room_and_for_who_declared_it_only()
    {
        await using var chat = await TestChat.StartAsync();
        await chat.TypeAsync("maria", "/incident start sev1 Leaked keys --private");
        await chat.DeliverAsync();
        await chat.TypeAsync("maria", "/incident resolve", "inc-1");

        var told = await OpenAsync(chat, "li", TestChat.General);
        Assert.True(told.IsRefused);
        Assert.StartsWith("There is no INC-1.", told.Message.ToPlainText(), StringComparison.Ordinal);
        Assert.NotNull((await OpenAsync(chat, "maria", TestChat.General)).Form);
        Assert.NotNull((await OpenAsync(chat, "li", "inc-1")).Form);
    }

    [Fact]
    public async Task The_answers_of_the_form_are_recorded_together_and_update_the_same_message()
    {
        await using var chat = await StartedAsync();
        var form = (await chat.TypeAsync("maria", "/incident resolve")).Form!;
        await chat.DeliverAsync();
        var before = chat.Platform.Messages.Single(m => m.Message.ToPlainText().Contains("Issue summary", StringComparison.Ordinal));

        var answer = await chat.SubmitAsync("li", form.Reference, new()
        {
            ["resolution"] = "Rolled back.",
            ["cause"] = "Connections were never closed.",
            ["fix"] = "Release 41 closes them.",
            ["detected"] = "at 09:14 by monitoring error-rate alert",
            ["services"] = "checkout, payments",
            ["experience"] = "Payments failed.",
            ["users"] = "30%",
            ["misleading"] = "Restarted the gateway\nBlamed the network",
            ["escalations"] = "none",
            ["improvements"] = "Alert earlier\nTest under load",
            ["tasks"] = "Add an alert @li due tomorrow\nTest under load @sam",
        });
        await chat.DeliverAsync();

        Assert.False(answer.IsRefused, answer.Message.ToPlainText());
        var snapshot = await chat.ReadAsync();
        Assert.Equal("Rolled back.", snapshot.Incident.Resolution);
        Assert.Equal((30m, DetectionSource.Monitoring), (snapshot.Incident.PercentOfUsers, snapshot.Incident.DetectionSource));
        Assert.Equal(["checkout", "payments"], snapshot.Incident.Services);
        Assert.Equal(2, snapshot.Answers.Count(a => a.Kind == AnswerKind.Improvement));
        Assert.Equal(["li", "sam"], snapshot.ActionItems.Select(t => t.Owner));
        var after = chat.Platform.Messages.Single(m => m.Message.ToPlainText().Contains("Issue summary", StringComparison.Ordinal));
        Assert.Equal(before.Id, after.Id);
        Assert.Contains("Connections were never closed", after.Message.ToPlainText(), StringComparison.Ordinal);
        Assert.DoesNotContain(after.Message.Blocks.OfType<ButtonsBlock>(), b => b.Buttons.Any(x => x.OpensForm is not null));
    }

    [Fact]
    public async Task A_fault_in_one_field_is_named_there_and_nothing_is_recorded()
    {
        await using var chat = await StartedAsync();
        var form = (await chat.TypeAsync("maria", "/incident resolve")).Form!;

        var answer = await chat.SubmitAsync("li", form.Reference, new() { ["cause"] = "A leak.", ["users"] = "130%", ["tasks"] = "Mend it @li due yesterday" });

        Assert.True(answer.IsRefused);
        Assert.Contains("users", answer.FieldErrors!.Keys);
        Assert.Null((await chat.ReadAsync()).Incident.RootCause);
    }

    [Fact]
    public async Task A_form_refused_halfway_leaves_nothing_behind()
    {
        await using var chat = await StartedAsync();
        var form = (await chat.TypeAsync("maria", "/incident resolve")).Form!;
        await chat.TypeAsync("maria", "/incident INC-1 reopen it is back");

        var answer = await chat.SubmitAsync("li", form.Reference, new() { ["cause"] = "A leak.", ["resolution"] = "restarted" });

        Assert.Equal(["resolution"], answer.FieldErrors!.Keys);
        Assert.Null((await chat.ReadAsync()).Incident.RootCause);
        Assert.Empty((await chat.ReadAsync()).Answers);
    }

    [Fact]
    public async Task Two_people_resolving_at_the_same_moment_resolve_it_once()
    {
        await using var chat = await StartedAsync();

        var answers = await Task.WhenAll(
            chat.Dispatcher.HandleAsync(chat.Message("maria", "/incident INC-1 resolve rolled back"), CancellationToken.None),
            chat.Dispatcher.HandleAsync(chat.Message("li", "/incident INC-1 resolve restarted"), CancellationToken.None));

        var refused = Assert.Single(answers, a => a.IsRefused);
        Assert.Contains("INC-1 is resolved, so it cannot be resolved again", refused.Message.ToPlainText(), StringComparison.Ordinal);
        Assert.Contains("You typed: /incident INC-1 resolve", refused.Message.ToPlainText(), StringComparison.Ordinal);
        Assert.Equal(2, (await chat.ReadAsync()).Entries.Count);
    }

    [Fact]
    public async Task After_reopening_the_duration_runs_from_the_first_start_to_the_last_resolution()
    {
        await using var chat = await StartedAsync("2026-03-02T09:00:00Z");
        await chat.TypeAsync("maria", "/incident INC-1 resolve restarted");
        await chat.TypeAsync("maria", "/incident INC-1 reopen errors are back");
        Assert.Null((await chat.ReadAsync()).Incident.Duration);
        chat.Time.Advance(TimeSpan.FromMinutes(56));

        await chat.TypeAsync("maria", "/incident INC-1 resolve rolled back");

        Assert.Equal(TimeSpan.FromMinutes(59), (await chat.ReadAsync()).Incident.Duration);
    }

    [Fact]
    public async Task The_draft_is_posted_again_on_demand_and_the_older_one_points_to_it()
    {
        await using var chat = await StartedAsync();
        await chat.TypeAsync("maria", "/incident resolve");
        await chat.DeliverAsync();

        var answer = await chat.TypeAsync("li", "/incident postmortem", room: "inc-1");
        await chat.DeliverAsync();

        Assert.NotNull(answer.Form);
        Assert.Single(chat.Platform.TextsIn("inc-1"), text => text.Contains("Issue summary", StringComparison.Ordinal));
        Assert.Contains("The draft of INC-1 was posted again below.", chat.Platform.TextsIn("inc-1"));
    }

    [Fact]
    public async Task A_faulty_template_of_ones_own_does_not_stop_the_resolve_and_is_told_in_the_room()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "{{ for x in }}");
        await using var chat = await TestChat.StartAsync(template: file);
        await chat.TypeAsync("maria", "/incident start sev2 Checkout is down");

        await chat.TypeAsync("maria", "/incident resolve");
        await chat.DeliverAsync();

        var draft = chat.Platform.TextsIn("inc-1").Single(text => text.Contains("Issue summary", StringComparison.Ordinal));
        Assert.Contains($"{file}(1,", draft, StringComparison.Ordinal);
        Assert.Contains("the built-in one is used", draft, StringComparison.Ordinal);
        File.Delete(file);
    }

    [Fact]
    public async Task A_cause_given_twice_replaces_the_first_which_is_kept()
    {
        await using var chat = await StartedAsync();
        await chat.TypeAsync("maria", "/incident cause the network");
        await chat.TypeAsync("li", "/incident cause a leak");

        var snapshot = await chat.ReadAsync();
        Assert.Equal("a leak", snapshot.Incident.RootCause);
        Assert.Equal(["the network", "a leak"], snapshot.Answers.Select(a => a.Text));
    }

    [Theory]
    [InlineData("/timeline misleading the gateway", "/incident none misleading")]
    [InlineData("/incident escalate @li", "/incident none escalations")]
    public async Task None_although_there_is_one_is_warned_of_and_is_a_finding(string first, string none)
    {
        await using var chat = await StartedAsync();
        await chat.TypeAsync("maria", first);

        var answer = await chat.TypeAsync("maria", none);

        Assert.Contains("Its timeline has some, though", answer.Message.ToPlainText(), StringComparison.Ordinal);
        Assert.Contains((await chat.DraftAsync()).Findings, f => f.Kind == Incidents.Postmortems.FindingKind.Contradiction);
    }

    [Fact]
    public async Task A_misleading_path_of_the_form_stands_before_the_end_of_the_outage()
    {
        await using var chat = await StartedAsync("2026-03-02T09:00:00Z");
        var form = (await chat.TypeAsync("maria", "/incident resolve")).Form!;
        chat.Time.Advance(TimeSpan.FromHours(3));

        await chat.SubmitAsync("li", form.Reference, new() { ["misleading"] = "at 09:01 UTC restarted the gateway\nblamed the network" });

        var snapshot = await chat.ReadAsync();
        Assert.Equal(
            ["2026-03-02 09:01 UTC", "2026-03-02 09:02 UTC"],
            snapshot.Entries.Where(e => e.Kind == Incidents.Timeline.EntryKind.Misleading).Select(e => ZonedTime.Format(e.OccurredAt, TimeZoneInfo.Utc)));
    }

    [Theory]
    [InlineData("detected", "a customer called", "Say when")]
    [InlineData("users", "30% of the customers in Spain", "is more than a percentage")]
    public async Task The_form_drops_nothing_that_it_cannot_read(string input, string text, string fault)
    {
        await using var chat = await StartedAsync();
        var form = (await chat.TypeAsync("maria", "/incident resolve")).Form!;

        var answer = await chat.SubmitAsync("li", form.Reference, new() { [input] = text });

        Assert.Contains(fault, answer.FieldErrors![input], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_asked_for_during_the_outage_follows_it_and_is_posted_anew_at_the_end()
    {
        await using var chat = await StartedAsync();
        await chat.TypeAsync("maria", "/incident postmortem");
        await chat.TypeAsync("maria", "/incident cause Connections were never closed by release 42");
        await chat.DeliverAsync();
        var during = chat.Platform.Messages.Single(m => m.Message.ToPlainText().Contains("Issue summary", StringComparison.Ordinal));
        Assert.Contains("never closed", during.Message.ToPlainText(), StringComparison.Ordinal);

        await chat.TypeAsync("maria", "/incident resolve");
        await chat.DeliverAsync();

        var after = chat.Platform.Messages.Single(m => m.Message.ToPlainText().Contains("Issue summary", StringComparison.Ordinal));
        Assert.NotEqual(during.Id, after.Id);
    }

    private static Task<CommandAnswer> OpenAsync(TestChat chat, string user, string room)
    {
        var asked = chat.Message(user, "", room);
        return chat.Dispatcher.OpenFormAsync(new FormReference("resolution", 1), asked.Conversation, asked.By, CancellationToken.None);
    }

    private static async Task<TestChat> StartedAsync(string now = "2026-03-02T09:14:00Z")
    {
        var chat = await TestChat.StartAsync(now);
        await chat.TypeAsync("maria", "/incident start sev2 Checkout is down");
        return chat;
    }
}
