using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;
using IncidentBot.Tests.Fakes;

namespace IncidentBot.Tests.Outbox;

public sealed class FallbackTests
{
    [Theory]
    [InlineData(nameof(IChatPlatform.SetTopicAsync), "The topic of this room was not changed. The scope is missing.")]
    [InlineData(nameof(IChatPlatform.PinAsync), "The status card was not pinned. The scope is missing.")]
    [InlineData(nameof(IChatPlatform.InviteAsync), "Not everybody was brought into this room. The scope is missing.")]
    public async Task What_the_platform_will_not_do_is_told_in_the_room_once_and_the_rest_goes_on(string call, string notice)
    {
        await using var chat = await TestChat.StartAsync();
        chat.Platform.Refusals[call] = new ChatPlatformException("The scope is missing.", isTransient: false);

        await chat.TypeAsync("maria", "/incident start sev2 Checkout answers 500");
        await chat.DeliverAsync();
        await chat.Dispatcher.HandleAsync(
            chat.Message("maria", "/incident escalate @li", "inc-1") with { Mentions = new Dictionary<string, Person> { ["li"] = chat.Somebody("li") } }, CancellationToken.None);
        await chat.TypeAsync("maria", "/incident severity sev1", "inc-1");
        await chat.DeliverAsync();

        Assert.Single(chat.Platform.TextsIn("inc-1"), notice);
        Assert.Contains(chat.Platform.TextsIn("inc-1"), t => t.StartsWith("Severity sev2 → sev1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_draft_is_given_as_a_file_at_the_end_and_when_it_is_asked_for()
    {
        await using var chat = await TestChat.StartAsync();
        chat.Platform.Capabilities |= ChatCapabilities.Files;
        await chat.TypeAsync("maria", "/incident start sev2 Checkout answers 500");
        await chat.TypeAsync("maria", "/incident resolve rolled back");
        await chat.DeliverAsync();
        var (room, name, content) = Assert.Single(chat.Platform.Files);
        Assert.Equal(("inc-1", "postmortem-1.md"), (room, name));
        Assert.StartsWith("# Postmortem INC-1: Checkout answers 500", content, StringComparison.Ordinal);

        await chat.TypeAsync("maria", "/incident cause the pool was empty", "inc-1");
        await chat.TypeAsync("maria", "/incident postmortem", "inc-1");
        await chat.DeliverAsync();
        Assert.Contains("the pool was empty", chat.Platform.Files[^1].Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Announcements_go_where_they_are_configured_to_and_a_private_incident_nowhere()
    {
        await using var chat = await TestChat.StartAsync();
        chat.Platform.AnnouncementConversation = new Conversation(chat.Platform.Name, "incidents");
        await chat.TypeAsync("maria", "/incident start sev2 Checkout answers 500");
        await chat.TypeAsync("maria", "/incident update we are on it");
        await chat.TypeAsync("maria", "/incident start sev1 Payroll --private");
        await chat.DeliverAsync();

        var announced = chat.Platform.TextsIn("incidents");
        Assert.Equal(2, announced.Count);
        Assert.StartsWith("INC-1 sev2 Checkout answers 500", announced[0], StringComparison.Ordinal);
        Assert.StartsWith("Status update on INC-1", announced[1], StringComparison.Ordinal);
        Assert.Empty(chat.Platform.TextsIn(TestChat.General));
    }
}
