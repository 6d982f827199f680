using System.Diagnostics;
using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Telemetry;
using IncidentBot.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentBot.Tests.Telemetry;

public sealed class OutboxTelemetryTests : IAsyncLifetime
{
    private const string Messages = "incidentbot.outbox.messages";
    private TestChat _chat = null!;
    private Recorded _recorded = null!;

    public async Task InitializeAsync()
    {
        _chat = await TestChat.StartAsync();
        await _chat.TypeAsync("maria", "/incident start sev2 Checkout is down");
        await _chat.DeliverAsync();
        await _chat.TypeAsync("maria", "/timeline note first");
        _recorded = Recorded.Of(_chat);
    }

    public async Task DisposeAsync()
    {
        _recorded.Dispose();
        await _chat.DisposeAsync();
    }

    [Fact]
    public async Task What_is_sent_counts_with_the_time_since_its_command()
    {
        _chat.Time.Advance(TimeSpan.FromSeconds(3));

        await _chat.DeliverAsync();

        Assert.Equal(["platform=fake outcome=sent"], _recorded.Tags(Messages));
        Assert.Equal([3.0], _recorded.Values("incidentbot.outbox.delay"));
        var span = Assert.Single(_recorded.Spans);
        Assert.Equal("send PostMessage", span.DisplayName);
        Assert.Equal("platform=fake operation=PostMessage incident.number=1 attempt=1", Recorded.Text(span.TagObjects));
    }

    [Fact]
    public async Task A_try_that_is_repeated_counts_as_retried_and_its_span_says_why_by_type()
    {
        _chat.Platform.FailNext(new ChatPlatformException("hunter2", isTransient: true, TimeSpan.FromSeconds(30)));
        await _chat.DeliverAsync();
        _chat.Time.Advance(TimeSpan.FromSeconds(31));
        await _chat.DeliverAsync();

        Assert.Equal(["platform=fake outcome=retried", "platform=fake outcome=sent"], _recorded.Tags(Messages));
        Assert.Equal([1, 2], _recorded.Spans.Select(s => s.GetTagItem("attempt")));
        Assert.Equal((ActivityStatusCode.Error, typeof(ChatPlatformException).FullName), (_recorded.Spans[0].Status, _recorded.Spans[0].StatusDescription));
    }

    [Fact]
    public async Task What_is_given_up_counts_as_given_up()
    {
        _chat.Platform.FailNext(new ChatPlatformException("never", isTransient: false));

        await _chat.DeliverAsync();

        Assert.Contains("platform=fake outcome=given_up", _recorded.Tags(Messages));
        Assert.DoesNotContain("platform=fake outcome=retried", _recorded.Tags(Messages));
    }

    [Fact]
    public async Task Waiting_for_a_room_is_neither_a_try_nor_an_error()
    {
        _chat.Platform.FailNext(new ChatPlatformException("not yet", isTransient: true) { AwaitsRoom = true });

        await _chat.DeliverAsync();

        Assert.Empty(_recorded.Tags(Messages));
        Assert.Equal(ActivityStatusCode.Unset, Assert.Single(_recorded.Spans).Status);
    }

    [Fact]
    public async Task The_gauge_shows_what_waits()
    {
        _chat.Platform.FailNext(new ChatPlatformException("down", isTransient: true, TimeSpan.FromHours(1)));
        await _chat.DeliverAsync();
        await _chat.TypeAsync("maria", "/timeline note second");
        await _chat.DeliverAsync();
        _recorded.Observe();
        _chat.Time.Advance(TimeSpan.FromHours(2));
        await _chat.DeliverAsync();
        _recorded.Observe();

        Assert.Equal([2.0, 0.0], _recorded.Values("incidentbot.outbox.pending"));
    }

    [Fact]
    public async Task A_draft_counts_as_rendered_within_the_send_that_shows_it()
    {
        await _chat.TypeAsync("maria", "/incident resolve rolled back");
        await _chat.DeliverAsync();

        Assert.Contains("outcome=rendered", _recorded.Tags("incidentbot.drafts.rendered"));
        Assert.Equal(_recorded.Tags("incidentbot.drafts.rendered"), _recorded.Tags("incidentbot.drafts.duration"));
        var drawn = _recorded.Spans.First(s => s.DisplayName == "render draft");
        Assert.Equal("send PublishLive", drawn.Parent?.DisplayName);
        Assert.Equal("incident.number=1 outcome=rendered", Recorded.Text(drawn.TagObjects));
    }

    [Fact]
    public async Task A_draft_by_the_built_in_template_because_the_own_one_failed_counts_as_a_fallback()
    {
        await using var chat = await TestChat.StartAsync(template: "missing.sbn");
        using var recorded = Recorded.Of(chat);
        await chat.TypeAsync("maria", "/incident start sev2 Checkout is down");
        await chat.TypeAsync("maria", "/incident resolve rolled back");
        await chat.DeliverAsync();

        Assert.Contains("outcome=fallback", recorded.Tags("incidentbot.drafts.rendered"));
    }

    [Fact]
    public void Reminders_count_by_kind_when_they_are_due_fired_late_and_dropped()
    {
        var telemetry = _chat.Services.GetRequiredService<IncidentTelemetry>();

        telemetry.ReminderDue("update");
        telemetry.ReminderFired("update", TimeSpan.FromSeconds(2), isLate: false);
        telemetry.ReminderFired("update", TimeSpan.FromMinutes(5), isLate: true);
        telemetry.ReminderDropped("update");
        telemetry.EscalationUnanswered();

        Assert.Equal(
            ["due", "fired", "lateness", "fired", "late", "lateness", "dropped"],
            _recorded.All.Where(m => m is { Tags: "kind=update" }).Select(m => m.Instrument["incidentbot.reminders.".Length..]));
        Assert.Equal([2.0, 300.0], _recorded.Values("incidentbot.reminders.lateness"));
        Assert.Equal(["outcome=unanswered"], _recorded.Tags("incidentbot.escalations.answered"));
    }
}
