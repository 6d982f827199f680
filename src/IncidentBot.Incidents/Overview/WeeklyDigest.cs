using IncidentBot.Incidents.ActionItems;
using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Commands.Values;
using IncidentBot.Incidents.Outbox;
using IncidentBot.Incidents.Reminders;
using IncidentBot.Incidents.Resolving;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.Incidents.Overview;

/// <summary>Once a week, where incidents are announced: what is open, what is not written yet, what is not done yet.</summary>
internal sealed class WeeklyDigest(RemindersOptions options) : ReminderRule
{
    private const int Most = 15;
    private const int LongestText = 120;

    public override ReminderKind Kind => ReminderKind.Digest;

    public override TimeSpan StaleAfter => TimeSpan.FromDays(2);

    public override RichText Describe(Reminder reminder) => "with the week's digest";

    /// <summary>The next one; null where none is wanted.</summary>
    public static DateTimeOffset? Next(RemindersOptions options, TimeZoneInfo zone, DateTimeOffset now)
    {
        if (options.DigestOn is not { } day)
            return null;
        var date = ZonedTime.Date(now, zone);
        while (date.DayOfWeek != day || options.Calendar.MorningOf(date, zone) <= now)
            date = date.AddDays(1);
        return options.Calendar.MorningOf(date, zone);
    }

    /// <summary>What there is to tell is read when it is sent: it takes long, and commands would wait for it.</summary>
    public override Task<bool> IsNeededAsync(CommandContext context, Reminder reminder, CancellationToken cancellationToken) =>
        Task.FromResult(options.DigestOn is not null);

    public override Task FireAsync(CommandContext context, Reminder reminder, CancellationToken cancellationToken)
    {
        context.AnnounceEverywhere(new SendReminder(reminder.Id));
        return Task.CompletedTask;
    }

    public override async Task FollowAsync(CommandContext context, Reminder reminder, CancellationToken cancellationToken)
    {
        if (Next(options, ZonedTime.Zone(context.DefaultZoneId), context.Now) is { } next
            && !await context.Db.Reminders.AnyAsync(r => r.Kind == ReminderKind.Digest && r.State == ReminderState.Waiting && r.Id != reminder.Id, cancellationToken))
            context.Db.Add(new Reminder(ReminderKind.Digest, null, 0, next, context.Now));
    }

    /// <summary>Null in a week in which there is nothing to tell.</summary>
    public override async Task<ChatMessage?> ComposeAsync(CommandContext context, Reminder reminder, CancellationToken cancellationToken)
    {
        if (options.DigestOn is null)
            return null;
        var db = context.Db;
        var incidents = await db.Incidents
            .Where(i => !i.IsPrivate && i.Status != IncidentStatus.Cancelled)
            .OrderByDescending(i => i.Number)
            .ToListAsync(cancellationToken);
        var open = incidents.FindAll(i => i.IsOpen);
        var missing = await MissingParts.OfAsync(db, incidents.FindAll(i => !i.IsOpen), cancellationToken);
        var lacking = incidents.FindAll(i => missing.ContainsKey(i.Number));
        var today = ZonedTime.Date(context.Now, context.Zone);
        var known = incidents.ToDictionary(i => i.Number);
        var overdue = (await db.ActionItems.Where(t => t.DoneAt == null && t.Due < today).OrderBy(t => t.Due).ToListAsync(cancellationToken))
            .FindAll(t => known.ContainsKey(t.IncidentNumber));
        if (open.Count + lacking.Count + overdue.Count == 0)
            return null;
        return new ChatMessage(
        [
            new HeadingBlock("Incidents: what is left to do"),
            .. Section("Still open", open, i => ListIncidents.Line(i, context) + Room(i)),
            .. Section("Postmortems that lack something", lacking, i => Line(i, missing[i.Number])),
            .. Section("Overdue tasks", overdue, t => Line(t, known[t.IncidentNumber])),
        ]);
    }

    private static IEnumerable<ChatBlock> Section<T>(string title, List<T> items, Func<T, RichText> line)
    {
        if (items.Count == 0)
            yield break;
        yield return new TextBlock(RichText.Bold(title));
        yield return new ListBlock([.. items.Take(Most).Select(line)]);
        if (items.Count > Most)
            yield return new ContextBlock($"and {items.Count - Most} more");
    }

    private static RichText Line(Incident incident, IReadOnlyList<string> missing) =>
        RichText.Bold($"{incident.Key}{incident.DrillMark}")
        + $" {TypedText.Shorten(incident.Title, LongestText)}: {string.Join(", ", missing)}{(incident.PostmortemDueOn is { } due ? $" (due {ZonedTime.FormatDate(due)})" : "")}" + Room(incident);

    private static RichText Line(ActionItem task, Incident incident) =>
        RichText.Bold($"{incident.Key}{incident.DrillMark} task {task.Number}") + $" {ListActionItems.Describe(task, LongestText)}" + Room(incident);

    private static RichText Room(Incident incident) => RichText.Format($" · {new RoomSpan(incident.Number, incident.Key.ToLowerInvariant())}");
}
