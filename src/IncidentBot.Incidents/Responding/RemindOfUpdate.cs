using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Reminders;
using IncidentBot.Incidents.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.Incidents.Responding;

/// <summary>Stakeholders have heard nothing for as long as the severity allows.</summary>
internal sealed class RemindOfUpdate(RemindersOptions options) : OutageReminder(options)
{
    public override ReminderKind Kind => ReminderKind.StatusUpdate;

    public override RichText Describe(Reminder reminder) => "to give a status update";

    /// <summary>Begins when the incident is declared or opened again, or gets another severity, also by a correction.</summary>
    public static async Task BeginAsync(CommandContext context)
    {
        if (context.Reminders.UpdateEvery(context.Incident.Severity) is { } interval)
            await context.RemindAsync(ReminderKind.StatusUpdate, 0, context.Now + interval);
        else
            await context.ForgetAsync(ReminderKind.StatusUpdate);
    }

    public override async Task<ChatMessage?> ComposeAsync(CommandContext context, Reminder reminder, CancellationToken cancellationToken)
    {
        var incident = context.Incident;
        if (!incident.IsOpen || await DueAsync(context, cancellationToken) > context.Now)
            return null;
        if (context.Reminders.UpdateEvery(incident.Severity) is null)
            return null;
        var since = await SinceAsync(context, cancellationToken);
        var holder = await HolderAsync(context, cancellationToken);
        var whom = holder is null ? "Stakeholders" : RichText.Format($"{holder}, stakeholders");
        return new ChatMessage(
            new TextBlock(RichText.Format($"{whom} of {incident.Key}{incident.DrillMark} have heard nothing for {ZonedTime.FormatDuration(context.Now - since)}.")),
            new TextBlock(RichText.Code($"/incident {incident.Key} update what is known, and when there will be more")),
            new ButtonsBlock(
                new ChatButton("Snooze 15 min", $"/incident {incident.Key} snooze 15m"),
                new ChatButton("Snooze 1 h", $"/incident {incident.Key} snooze 1h")));
    }

    public override async Task FollowAsync(CommandContext context, Reminder reminder, CancellationToken cancellationToken)
    {
        if (context.Incident.IsOpen)
            await BeginAsync(context);
    }

    protected override async Task<DateTimeOffset?> DueAsync(CommandContext context, CancellationToken cancellationToken) =>
        await SinceAsync(context, cancellationToken) + context.Reminders.UpdateEvery(context.Incident.Severity);

    private static async Task<DateTimeOffset> SinceAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var number = context.Incident.Number;
        EntryKind[] kinds = [EntryKind.Update, EntryKind.Reopened];
        return await context.Db.Entries
            .Where(e => e.IncidentNumber == number && kinds.Contains(e.Kind) && !e.IsRemoved)
            .MaxAsync(e => (DateTimeOffset?)e.RecordedAt, cancellationToken) ?? context.Incident.DeclaredAt;
    }

    /// <summary>Who speaks for the incident.</summary>
    private static async Task<Person?> HolderAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var number = context.Incident.Number;
        var roles = await context.Db.Roles.Where(r => r.IncidentNumber == number && r.EndedAt == null).ToListAsync(cancellationToken);
        return (roles.Find(r => r.Role == IncidentRole.Comms) ?? roles.Find(r => r.Role == IncidentRole.Commander))?.Holder;
    }
}
