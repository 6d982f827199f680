using IncidentBot.Incidents;
using IncidentBot.Incidents.Reminders;
using IncidentBot.Tests.Fakes;
using IncidentBot.Tests.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IncidentBot.Tests.Reminders;

/// <summary>A reminder that fails ten times is given up, and people hear of it; what comes after it comes all the same.</summary>
public sealed class FailedForGoodTests : IAsyncLifetime
{
    private TestChat _chat = null!;

    public async Task InitializeAsync()
    {
        // A Monday.
        _chat = await TestChat.StartAsync(settings: new() { ["Reminders:DetectionAfter"] = "0", ["Reminders:CommanderAfter"] = "0", ["Reminders:ImpactAfter"] = "0", ["Reminders:QuietAfter"] = "0" });
        _chat.Platform.AnnouncementConversation = new Conversation(_chat.Platform.Name, "announcements");
        await _chat.TypeAsync("maria", "/incident start sev2 Checkout is down --drill");
        await _chat.DeliverAsync();
    }

    public async Task DisposeAsync() => await _chat.DisposeAsync();

    [Fact]
    public async Task The_room_is_told_and_the_next_status_update_is_asked_for_all_the_same()
    {
        using var recorded = Recorded.Of(_chat);
        await BreakAsync();
        await _chat.PassAsync(TimeSpan.FromHours(4));
        Assert.Equal(
            "Left out: a reminder to give a status update (INC-1 (drill)), which was due at 2026-03-02 10:15 UTC. It failed 10 times, and the bot's log says why.",
            _chat.Platform.TextsIn("inc-1")[^1]);
        Assert.Equal(["kind=StatusUpdate"], recorded.Tags("incidentbot.reminders.failed"));
        Assert.Equal(["kind=StatusUpdate"], recorded.Tags("incidentbot.reminders.due"));

        await MendAsync();
        await _chat.PassAsync(TimeSpan.FromHours(1));

        Assert.Contains("takeholders of INC-1 (drill) have heard nothing", _chat.Platform.TextsIn("inc-1")[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_postmortem_lacks_is_asked_for_at_the_next_time()
    {
        await _chat.TypeAsync("maria", "/incident resolve rolled back");
        await _chat.PassAsync(TimeSpan.FromHours(2));
        await BreakAsync();
        await _chat.PassUntilAsync("2026-03-03T18:00:00Z");
        Assert.StartsWith("Left out: a reminder of what the postmortem lacks (INC-1 (drill)), which was due at 2026-03-03 09:00 UTC.", _chat.Platform.TextsIn("inc-1")[^1], StringComparison.Ordinal);

        await MendAsync();
        await _chat.PassUntilAsync("2026-03-09T09:01:00Z");

        Assert.Contains("the postmortem of INC-1 (drill) lacks", _chat.Platform.TextsIn("inc-1")[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_next_week_has_its_digest()
    {
        await _chat.Reminders.PrepareAsync(CancellationToken.None);
        await _chat.PassUntilAsync("2026-03-09T08:00:00Z");
        await BreakAsync();
        await _chat.PassUntilAsync("2026-03-09T18:00:00Z");
        await MendAsync();
        Assert.DoesNotContain("what is left to do", string.Join('\n', _chat.Platform.TextsIn("announcements")), StringComparison.Ordinal);

        await _chat.PassUntilAsync("2026-03-16T09:01:00Z");

        Assert.StartsWith("Incidents: what is left to do", _chat.Platform.TextsIn("announcements")[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_can_follow_it_the_room_is_told_all_the_same()
    {
        // No rule can find a task that is not there, neither for the reminder nor for the one after it.
        await RemindAsync(ReminderKind.ActionItem, 99);

        await _chat.PassAsync(TimeSpan.FromHours(4));

        Assert.Equal(ReminderState.Failed, await StateAsync(99));
        Assert.Contains(_chat.Platform.TextsIn("inc-1"), t => t.StartsWith("Left out: a reminder of task 99 (INC-1 (drill))", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_of_an_incident_that_cannot_be_read_is_given_up_too()
    {
        await RemindAsync(ReminderKind.ActionItem, 99);
        await ExecuteAsync("UPDATE Incidents SET Status = 'Paused'");

        await _chat.PassAsync(TimeSpan.FromHours(4));

        Assert.Equal(ReminderState.Failed, await StateAsync(99));
    }

    [Fact]
    public async Task One_that_is_put_off_has_not_failed_where_that_cannot_be_logged()
    {
        await _chat.TypeAsync("maria", "/incident snooze 3h");
        var waiting = (await _chat.Reminders.ListWaitingAsync(CancellationToken.None)).Single();
        _chat.Time.Advance(waiting.RunAt - _chat.Time.GetUtcNow());
        var reminders = ActivatorUtilities.CreateInstance<ReminderDispatcher>(_chat.Services, new BrokenLogger());

        await Assert.ThrowsAsync<IOException>(() => reminders.FireAsync(waiting.Id, CancellationToken.None));

        var reminder = await _chat.Store.ReadAsync(db => db.Reminders.SingleAsync(r => r.Id == waiting.Id), CancellationToken.None);
        Assert.Equal((ReminderState.Waiting, 0), (reminder.State, reminder.Attempts));
        Assert.True(reminder.DueAt > waiting.RunAt);
    }

    /// <summary>No reminder can be handed to the outbox; all else can.</summary>
    private Task<int> BreakAsync() => ExecuteAsync("CREATE TRIGGER broken BEFORE INSERT ON Outbox WHEN NEW.Operation LIKE '%:\"reminder\"%' BEGIN SELECT RAISE(ABORT, 'no'); END");

    private Task<int> MendAsync() => ExecuteAsync("DROP TRIGGER broken");

    private Task<int> ExecuteAsync(string sql) => _chat.Store.WriteAsync(db => db.Database.ExecuteSqlRawAsync(sql), CancellationToken.None);

    private Task<int> RemindAsync(ReminderKind kind, int subject) => _chat.Store.WriteAsync(
        db =>
        {
            db.Add(new Reminder(kind, 1, subject, _chat.Time.GetUtcNow(), _chat.Time.GetUtcNow()));
            return db.SaveChangesAsync();
        },
        CancellationToken.None);

    private Task<ReminderState> StateAsync(int subject) =>
        _chat.Store.ReadAsync(db => db.Reminders.Where(r => r.Subject == subject).Select(r => r.State).SingleAsync(), CancellationToken.None);

    private sealed class BrokenLogger : ILogger<ReminderDispatcher>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel == LogLevel.Information)
                throw new IOException("The disk is full.");
        }
    }
}
