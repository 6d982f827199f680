using IncidentBot.Incidents;
using IncidentBot.Incidents.Declaring;
using IncidentBot.Incidents.Timeline;
using IncidentBot.Tests.Fakes;

namespace IncidentBot.Tests.Declaring;

public sealed class StartIncidentTests
{
    [Fact]
    public async Task An_incident_is_declared_with_severity_services_and_start()
    {
        await using var chat = await TestChat.StartAsync("2026-03-02T09:14:00Z");

        var answer = await chat.TypeAsync("maria", "/incident start sev2 Checkout answers 500 --service checkout --at 09:05 UTC");

        var (incident, entries) = (await chat.ReadAsync() is var read ? (read.Incident, read.Entries) : default);
        Assert.False(answer.IsRefused, answer.Message.ToPlainText());
        Assert.Equal(("INC-1", "Checkout answers 500", Severity.Sev2), (incident.Key, incident.Title, incident.Severity));
        Assert.Equal(["checkout"], incident.Services);
        Assert.Equal(DateTimeOffset.Parse("2026-03-02T09:05:00Z", null), incident.ImpactStartedAt);
        Assert.Equal(DateTimeOffset.Parse("2026-03-02T09:15:00Z", null), incident.DeclaredAt);
        Assert.Equal((1, EntryKind.Declared), (entries.Single().Number, entries.Single().Kind));
    }

    [Theory]
    [InlineData("declare")]
    [InlineData("open")]
    [InlineData("new")]
    public async Task Starting_goes_by_other_names_too(string alias)
    {
        await using var chat = await TestChat.StartAsync();

        await chat.TypeAsync("maria", $"/incident {alias} sev1 Nothing works");

        Assert.Equal(Severity.Sev1, (await chat.ReadAsync()).Incident.Severity);
    }

    [Fact]
    public async Task Without_a_severity_it_is_sev3_and_the_answer_says_so()
    {
        await using var chat = await TestChat.StartAsync();

        var answer = await chat.TypeAsync("maria", "/incident start Checkout is slow");

        Assert.Equal(Severity.Sev3, (await chat.ReadAsync()).Incident.Severity);
        Assert.Contains("taken as sev3", answer.Message.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_severity_that_does_not_exist_is_refused_with_what_is_accepted()
    {
        await using var chat = await TestChat.StartAsync();

        var answer = await chat.TypeAsync("maria", "/incident start sev7 Checkout is slow");

        Assert.True(answer.IsRefused);
        Assert.Contains("\"sev7\" is no severity. Accepted are sev1 (worst) to sev4", answer.Message.ToPlainText(), StringComparison.Ordinal);
        Assert.Contains("/incident start sev7 Checkout is slow", answer.Message.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_incident_gets_a_room_with_a_pinned_card_and_is_announced_where_it_was_declared()
    {
        await using var chat = await TestChat.StartAsync();

        await chat.TypeAsync("maria", "/incident start sev2 Checkout answers 500");
        await chat.DeliverAsync();

        Assert.Equal("inc-1", (await chat.ReadAsync()).Incident.Room?.Id);
        Assert.Contains("INC-1 sev2", Assert.Single(chat.Platform.TextsIn(TestChat.General)), StringComparison.Ordinal);
        Assert.Contains("Status: investigating", chat.Platform.TextsIn("inc-1")[0], StringComparison.Ordinal);
        Assert.Equal([chat.Platform.Messages.First(m => m.Room == "inc-1").Id], chat.Platform.Pinned);
        Assert.Equal("INC-1 sev2 investigating: Checkout answers 500", chat.Platform.Topics["inc-1"]);
    }

    [Fact]
    public async Task A_private_incident_is_not_announced()
    {
        await using var chat = await TestChat.StartAsync();

        await chat.TypeAsync("maria", "/incident start sev2 Somebody reads our mail --private");
        await chat.DeliverAsync();

        await chat.TypeAsync("maria", "/incident update we look into it", room: "inc-1");
        await chat.TypeAsync("maria", "/incident resolve locked out", room: "inc-1");
        await chat.DeliverAsync();

        Assert.Empty(chat.Platform.TextsIn(TestChat.General));
        Assert.True((await chat.TypeAsync("li", "/incident INC-1 show")).IsRefused);
        Assert.DoesNotContain("mail", (await chat.TypeAsync("li", "/timeline note which one")).Message.ToPlainText(), StringComparison.Ordinal);
        Assert.DoesNotContain("mail", (await chat.TypeAsync("li", "/incident list", room: "elsewhere")).Message.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_no_room_can_be_created_the_incident_lives_where_it_was_declared()
    {
        await using var chat = await TestChat.StartAsync();
        chat.Platform.FailNext(new Incidents.Chat.ChatPlatformException("no rooms left", isTransient: false));

        await chat.TypeAsync("maria", "/incident start sev2 Checkout answers 500");
        await chat.DeliverAsync();

        Assert.Equal(TestChat.General, (await chat.ReadAsync()).Incident.Room?.Id);
        Assert.Contains(chat.Platform.TextsIn(TestChat.General), text => text.Contains("Status: investigating", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_private_incident_without_a_room_is_not_told_in_public()
    {
        await using var chat = await TestChat.StartAsync();
        chat.Platform.FailNext(new Incidents.Chat.ChatPlatformException("no rooms left", isTransient: false));

        await chat.TypeAsync("maria", "/incident start sev2 Somebody reads our mail --private");
        await chat.DeliverAsync();

        Assert.Empty(chat.Platform.Messages);
        Assert.False((await chat.TypeAsync("maria", "/timeline INC-1 note by name")).IsRefused);
    }

    [Fact]
    public async Task What_was_said_already_stands_in_the_form()
    {
        await using var chat = await TestChat.StartAsync();

        var form = (await chat.TypeAsync("maria", "/incident start sev1 --service mail")).Form!;

        Assert.Equal(["sev1", "mail"], form.Inputs.Where(i => i.Name is "severity" or "services").Select(i => i.Value));
    }

    [Fact]
    public async Task Without_a_title_a_form_is_opened_and_its_answers_declare_the_incident()
    {
        await using var chat = await TestChat.StartAsync("2026-03-02T09:14:00Z");

        var form = (await chat.TypeAsync("maria", "/incident start")).Form;
        var wrong = await chat.SubmitAsync("maria", form!.Reference, new() { ["title"] = " ", ["severity"] = "sev1", ["at"] = "25:00" });
        var right = await chat.SubmitAsync("maria", form.Reference, new() { ["title"] = "No mail", ["severity"] = "sev1", ["services"] = "mail, smtp", ["at"] = "10m ago" });

        Assert.Equal(DeclareForm.Id, form.Reference.FormId);
        Assert.Equal(["at", "title"], wrong.FieldErrors!.Keys.Order());
        Assert.False(right.IsRefused, right.Message.ToPlainText());
        var incident = (await chat.ReadAsync()).Incident;
        Assert.Equal(["mail", "smtp"], incident.Services);
        Assert.Equal(DateTimeOffset.Parse("2026-03-02T09:05:00Z", null), incident.ImpactStartedAt);
    }

    [Fact]
    public async Task A_drill_is_marked_wherever_people_outside_the_room_read_of_it()
    {
        await using var chat = await TestChat.StartAsync();
        foreach (var command in new[] { "start sev2 Checkout is down --drill", "update All is under control", "resolve rolled back", "INC-1 reopen it is back", "INC-1 cancel false alarm" })
            await chat.TypeAsync("maria", "/incident " + command);
        await chat.DeliverAsync();

        var announced = chat.Platform.TextsIn(TestChat.General);
        Assert.Equal(5, announced.Count);
        Assert.All(announced, text => Assert.Contains(" (drill)", text.Split('\n')[0], StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_answers_say_where_work_goes_on()
    {
        await using var chat = await TestChat.StartAsync();

        var declared = await chat.TypeAsync("maria", "/incident start sev2 Checkout is down");
        var resolved = await chat.TypeAsync("maria", "/incident resolve rolled back");

        Assert.EndsWith("Its own room is being made, and you will be in it.", declared.Message.ToPlainText(), StringComparison.Ordinal);
        Assert.Contains("The draft of the postmortem will be in its room once that is made", resolved.Message.ToPlainText(), StringComparison.Ordinal);
        await chat.DeliverAsync();
        chat.Platform.Capabilities &= ~IncidentBot.Incidents.Chat.ChatCapabilities.CreateRooms;
        Assert.DoesNotContain("room", (await chat.TypeAsync("maria", "/incident start sev2 Search is slow")).Message.ToPlainText(), StringComparison.Ordinal);
        Assert.Contains("The draft of the postmortem is in the room", (await chat.TypeAsync("maria", "/incident INC-2 resolve")).Message.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Roles_and_updates_are_answered_with_what_came_of_them()
    {
        await using var chat = await TestChat.StartAsync();
        await chat.TypeAsync("maria", "/incident start sev2 Checkout is down");
        await chat.TypeAsync("maria", "/incident start sev2 Nobody else may know --private");

        Assert.EndsWith(" @li is commander.", (await chat.TypeAsync("maria", "/incident INC-1 role lead @li")).Message.ToPlainText(), StringComparison.Ordinal);
        Assert.EndsWith("It is posted in the room and where incidents are announced.", (await chat.TypeAsync("maria", "/incident INC-1 update Soon")).Message.ToPlainText(), StringComparison.Ordinal);
        Assert.EndsWith("It is posted in the room.", (await chat.TypeAsync("maria", "/incident INC-2 update Soon")).Message.ToPlainText(), StringComparison.Ordinal);
    }
}
