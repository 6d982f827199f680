using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Reminders;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.Incidents.Resolving;

/// <summary>
/// The postmortem lacks something: asked for after an hour, on the next working morning, on the morning when it is due, and every week
/// from then on, until it is there or waived.
/// </summary>
internal sealed class AskForMissingParts : ReminderRule
{
    /// <summary>Who was asked so shortly before is not asked again.</summary>
    private static readonly TimeSpan InAMoment = TimeSpan.FromHours(2);

    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    public override ReminderKind Kind => ReminderKind.MissingParts;

    public override TimeSpan StaleAfter => Week;

    public override RichText Describe(Reminder reminder) => "of what the postmortem lacks";

    public static async Task BeginAsync(CommandContext context)
    {
        var incident = context.Incident;
        var today = ZonedTime.Date(context.Now, ZonedTime.Zone(incident.ZoneId));
        incident.ExpectPostmortem(context.Reminders.Calendar.AddDays(today, context.Reminders.PostmortemDueDays));
        if (context.Reminders.MissingAfter > TimeSpan.Zero)
            await context.RemindAsync(ReminderKind.MissingParts, 0, context.Now + context.Reminders.MissingAfter);
    }

    /// <summary>It is asked for on that day too, where it would be later otherwise; the first time stays as long after the end as it was.</summary>
    public static async Task MoveAsync(CommandContext context, DateOnly due, CancellationToken cancellationToken)
    {
        var incident = context.Incident;
        incident.ExpectPostmortem(due);
        var dueAt = context.Reminders.Calendar.MorningOf(due, ZonedTime.Zone(incident.ZoneId));
        var after = context.Reminders.MissingAfter;
        if (after == TimeSpan.Zero || dueAt <= context.Now || context.Now < incident.ResolvedAt + after)
            return;
        if (await WaitingAsync(context, cancellationToken) is not { } waiting || dueAt < waiting.DueAt)
            await context.RemindAsync(ReminderKind.MissingParts, 0, dueAt);
    }

    /// <summary>After a correction something may be missing again of which nobody is asked any more, since all of it had been there.</summary>
    public static async Task ResumeAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var incident = context.Incident;
        if (incident.Status != IncidentStatus.Resolved || context.Reminders.MissingAfter == TimeSpan.Zero || await WaitingAsync(context, cancellationToken) is not null)
            return;
        if ((await MissingParts.OfAsync(context.Db, incident, cancellationToken)).Count > 0)
            await context.RemindAsync(ReminderKind.MissingParts, 0, context.Reminders.Calendar.NextMorning(context.Now, ZonedTime.Zone(incident.ZoneId)));
    }

    public override async Task<ChatMessage?> ComposeAsync(CommandContext context, Reminder reminder, CancellationToken cancellationToken)
    {
        var incident = context.Incident;
        if (incident.Status != IncidentStatus.Resolved)
            return null;
        if (await MissingParts.OfAsync(context.Db, incident, cancellationToken) is not { Count: > 0 } missing)
            return null;
        var commander = await context.Db.Roles
            .OrderByDescending(r => r.Id)
            .FirstOrDefaultAsync(r => r.IncidentNumber == incident.Number && r.Role == IncidentRole.Commander && r.EndedAt == null, cancellationToken);
        var whom = commander?.Holder ?? incident.DeclaredBy;
        return new ChatMessage(
            new TextBlock(RichText.Format($"{whom}, the postmortem of {RichText.Bold(incident.Key)}{incident.DrillMark} lacks {And(missing)}.{Due(context, incident)}")),
            new ButtonsBlock(new ChatButton("Answer what is missing", OpensForm: new FormReference(ResolutionForm.Id, incident.Number), IsPrimary: true)),
            new ContextBlock(RichText.Format($"What cannot be given is waived: {RichText.Code($"/incident {incident.Key} waive cause|fix|impact|tasks reason")}")));
    }

    public override async Task FollowAsync(CommandContext context, Reminder reminder, CancellationToken cancellationToken)
    {
        // Where nothing is missing, or it was opened again, it comes to an end.
        if (reminder.State == ReminderState.NotNeeded)
            return;
        var (number, since) = (context.Incident.Number, context.Incident.ResolvedAt);
        var asked = await context.Db.Reminders.CountAsync(r => r.IncidentNumber == number && r.Kind == ReminderKind.MissingParts && r.CreatedAt >= since, cancellationToken);
        await context.RemindAsync(ReminderKind.MissingParts, 0, Next(context, isFirst: asked <= 1));
    }

    private static Task<Reminder?> WaitingAsync(CommandContext context, CancellationToken cancellationToken) => context.Db.Reminders.FirstOrDefaultAsync(
        r => r.IncidentNumber == context.Incident.Number && r.Kind == ReminderKind.MissingParts && r.State == ReminderState.Waiting, cancellationToken);

    /// <summary>After the first one the next working morning, unless that is in a moment; after that a week later, but not past the day on which it is due.</summary>
    private static DateTimeOffset Next(CommandContext context, bool isFirst)
    {
        var (calendar, zone) = (context.Reminders.Calendar, ZonedTime.Zone(context.Incident.ZoneId));
        if (isFirst)
            return calendar.NextMorning(context.Now + InAMoment, zone);
        var week = calendar.MorningAWeekAfter(context.Now, zone);
        return context.Incident.PostmortemDueOn is { } due && calendar.MorningOf(due, zone) is var dueAt && dueAt > context.Now && dueAt < week ? dueAt : week;
    }

    private static string Due(CommandContext context, Incident incident)
    {
        if (incident.PostmortemDueOn is not { } due)
            return "";
        var today = ZonedTime.Date(context.Now, ZonedTime.Zone(incident.ZoneId));
        return due < today ? $" It was due on {ZonedTime.FormatDate(due)}." : due == today ? " It is due today." : $" It is due on {ZonedTime.FormatDate(due)}.";
    }

    private static string And(IReadOnlyList<string> parts) =>
        parts.Count == 1 ? parts[0] : $"{string.Join(", ", parts.SkipLast(1))} and {parts[^1]}";
}
