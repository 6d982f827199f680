using IncidentBot.Incidents.Escalations;
using IncidentBot.Tests.Fakes;

namespace IncidentBot.Tests.Commands;

public sealed class WhichIncidentTests
{
    [Fact]
    public async Task A_command_is_about_the_incident_of_the_room_it_was_typed_in()
    {
        await using var chat = await TestChat.StartAsync();
        await chat.TypeAsync("maria", "/incident start sev2 First");
        await chat.TypeAsync("maria", "/incident start sev2 Second");
        await chat.DeliverAsync();

        var answer = await chat.TypeAsync("li", "/timeline note from the room", room: "inc-1");

        Assert.Equal(1, answer.IncidentNumber);
        Assert.Equal("from the room", (await chat.ReadAsync(1)).Entries[^1].Text);
    }

    [Fact]
    public async Task A_named_incident_counts_wherever_it_is_typed()
    {
        await using var chat = await TestChat.StartAsync();
        await chat.TypeAsync("maria", "/incident start sev2 First");
        await chat.TypeAsync("maria", "/incident start sev2 Second");
        await chat.DeliverAsync();

        var answer = await chat.TypeAsync("li", "/timeline inc-2 note by name", room: "inc-1");

        Assert.Equal(2, answer.IncidentNumber);
    }

    [Fact]
    public async Task The_only_open_incident_declared_in_a_channel_is_meant_there()
    {
        await using var chat = await TestChat.StartAsync();
        await chat.TypeAsync("maria", "/incident start sev2 First");
        await chat.DeliverAsync();

        Assert.Equal(1, (await chat.TypeAsync("li", "/timeline note in general")).IncidentNumber);
    }

    [Fact]
    public async Task Long_titles_are_shortened_where_incidents_are_listed()
    {
        await using var chat = await TestChat.StartAsync();
        await chat.TypeAsync("maria", "/incident start sev2 " + new string('a', 120));
        await chat.TypeAsync("maria", "/incident start sev2 Second");

        Assert.Contains($"INC-1 ({new string('a', 80)}…).", (await chat.TypeAsync("li", "/timeline note which one")).Message.ToPlainText(), StringComparison.Ordinal);
        Assert.Contains($" {new string('a', 80)}… ", (await chat.TypeAsync("li", "/incident list")).Message.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_word_that_is_no_timeline_command_points_to_the_help_of_the_timeline()
    {
        await using var chat = await TestChat.StartAsync();

        Assert.Contains("\n/timeline help explains them all.", (await chat.TypeAsync("li", "/timeline blurb")).Message.ToPlainText(), StringComparison.Ordinal);
        Assert.StartsWith("/timeline\n", (await chat.TypeAsync("li", "/timeline help")).Message.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_open_incidents_are_listed_with_how_to_name_one()
    {
        await using var chat = await TestChat.StartAsync();
        await chat.TypeAsync("maria", "/incident start sev2 First");
        await chat.TypeAsync("maria", "/incident start sev2 Second");

        var answer = await chat.TypeAsync("li", "/timeline note which one");

        Assert.True(answer.IsRefused);
        var text = answer.Message.ToPlainText();
        Assert.Contains("INC-2 (Second), INC-1 (First)", text, StringComparison.Ordinal);
        Assert.Contains("Name the one you mean: /timeline INC-2 …", text, StringComparison.Ordinal);
        Assert.Contains("/timeline note which one", text, StringComparison.Ordinal);
        Assert.Contains("Name the one you mean: /incident INC-2 …", (await chat.TypeAsync("li", "/incident resolve")).Message.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_the_resolution_the_room_still_takes_cause_fix_and_tasks()
    {
        await using var chat = await TestChat.StartAsync();
        await chat.TypeAsync("maria", "/incident start sev2 First");
        await chat.DeliverAsync();
        await chat.TypeAsync("maria", "/incident resolve done", room: "inc-1");

        var cause = await chat.TypeAsync("li", "/incident cause a leak", room: "inc-1");
        var task = await chat.TypeAsync("li", "/incident task mend it @li due tomorrow", room: "inc-1");

        Assert.False(cause.IsRefused || task.IsRefused);
        Assert.Equal("a leak", (await chat.ReadAsync()).Incident.RootCause);
    }

    [Fact]
    public async Task A_room_with_several_incidents_means_the_open_one_and_then_the_latest()
    {
        await using var chat = await TestChat.StartAsync();
        chat.Platform.Capabilities = default;
        await chat.TypeAsync("maria", "/incident start sev2 First");
        await chat.TypeAsync("maria", "/incident resolve");
        await chat.TypeAsync("maria", "/incident start sev2 Second");

        Assert.Equal(2, (await chat.TypeAsync("li", "/timeline note to the open one")).IncidentNumber);
        await chat.TypeAsync("maria", "/incident resolve");
        Assert.Equal(2, (await chat.TypeAsync("li", "/incident cause of the latest")).IncidentNumber);
    }

    [Fact]
    public async Task Who_was_asked_for_help_with_a_private_incident_answers_from_elsewhere_and_others_do_not_learn_of_it()
    {
        await using var chat = await TestChat.StartAsync();
        await chat.TypeAsync("maria", "/incident start sev1 Keys were leaked --private");
        await chat.DeliverAsync();
        await chat.DoAsync("maria", new Escalate("li", chat.Somebody("li"), "rotate them"), room: "inc-1");
        await chat.DoAsync("maria", new Escalate("teo", chat.Somebody("teo"), "by mistake"), room: "inc-1");
        await chat.TypeAsync("maria", "/timeline remove 3", room: "inc-1");

        var other = await chat.TypeAsync("sam", "/incident INC-1 ack 1", room: "sam");
        var withdrawn = await chat.TypeAsync("teo", "/incident INC-1 ack 2", room: "teo");
        var asked = await chat.TypeAsync("li", "/incident INC-1 ack 1", room: "li");

        Assert.All([other, withdrawn], a => Assert.Contains("There is no INC-1", a.Message.ToPlainText(), StringComparison.Ordinal));
        Assert.False(asked.IsRefused, asked.Message.ToPlainText());
        Assert.Equal("li", (await chat.ReadAsync()).Escalations[0].AnsweredBy?.Name);
    }

    [Fact]
    public async Task An_unknown_incident_is_refused()
    {
        await using var chat = await TestChat.StartAsync();

        var answer = await chat.TypeAsync("li", "/incident INC-9 resolve");

        Assert.Contains("There is no INC-9", answer.Message.ToPlainText(), StringComparison.Ordinal);
    }
}
