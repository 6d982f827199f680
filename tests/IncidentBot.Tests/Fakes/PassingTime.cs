using IncidentBot.Incidents.Reminders;

namespace IncidentBot.Tests.Fakes;

/// <summary>Time passes: each reminder is looked at when it is due, and what it says is delivered.</summary>
internal static class PassingTime
{
    /// <param name="advance">Sets the clock forward.</param>
    /// <param name="deliver">Lets the outbox send; the clock may go on meanwhile.</param>
    /// <param name="settle">Waits for what the clock set off; null: it sets nothing off.</param>
    public static async Task PassAsync(ReminderDispatcher reminders, TimeProvider clock, Action<TimeSpan> advance, Func<Task> deliver, TimeSpan by, Func<Task>? settle = null)
    {
        var until = clock.GetUtcNow() + by;
        while ((await reminders.ListWaitingAsync(CancellationToken.None)).Where(r => r.RunAt <= until).OrderBy(r => r.RunAt).ThenBy(r => r.Id).ToList() is [var next, ..])
        {
            await AdvanceToAsync(next.RunAt);
            await reminders.FireAsync(next.Id, CancellationToken.None);
            await deliver();
        }
        await AdvanceToAsync(until);

        async Task AdvanceToAsync(DateTimeOffset time)
        {
            if (time > clock.GetUtcNow())
                advance(time - clock.GetUtcNow());
            if (settle is not null)
                await settle();
        }
    }
}
