using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Outbox;
using IncidentBot.Incidents.Reminders;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.Incidents.ActionItems;

/// <summary>A task before it is due, on the day itself, and every week from then on, until it is done: to its owner, else in the room.</summary>
internal sealed class RemindOfActionItem : ReminderRule
{
    private const int Week = 7;

    public override ReminderKind Kind => ReminderKind.ActionItem;

    public override TimeSpan StaleAfter => TimeSpan.FromDays(Week);

    public override RichText Describe(Reminder reminder) => $"of task {reminder.Subject}";

    /// <summary>Begins when the task is added, or its owner or date changes; ends when it is done.</summary>
    public static Task BeginAsync(CommandContext context, ActionItem task) => task.IsDone
        ? context.ForgetAsync(ReminderKind.ActionItem, task.Number)
        : context.RemindAsync(ReminderKind.ActionItem, task.Number, Next(context, task.Due) ?? First(context, task.Due));

    /// <summary>Follows an answer where the owner is a misspelt name, or a team outside the chat.</summary>
    public static string WhoIsReminded(ActionItem task) =>
        task.Owner is { } owner && task.OwnerPerson is null ? $" The chat knows nobody by the name {owner}, so the room is reminded of it." : "";

    public override async Task<bool> IsNeededAsync(CommandContext context, Reminder reminder, CancellationToken cancellationToken) =>
        !(await FindAsync(context, reminder, cancellationToken)).IsDone;

    public override async Task FireAsync(CommandContext context, Reminder reminder, CancellationToken cancellationToken)
    {
        var task = await FindAsync(context, reminder, cancellationToken);
        var live = new PublishLive(LiveMessageKind.ActionItem, Repost: true, Number: task.Number, DueAt: reminder.DueAt, Assignment: task.Assignment);
        if (task.OwnerPerson is not { } owner || !context.Tell(owner, live with { To = owner }))
            context.SendToRoom(live);
    }

    public override async Task FollowAsync(CommandContext context, Reminder reminder, CancellationToken cancellationToken)
    {
        if (await FindAsync(context, reminder, cancellationToken) is { IsDone: false } task)
            await context.RemindAsync(ReminderKind.ActionItem, task.Number, Next(context, task.Due) ?? NextWeek(context));
    }

    /// <param name="assignment">As it was when the reminder came due: whoever changed it since has answered, and the reminders begin anew. Null: as it is.</param>
    /// <returns>The reminder as things stand, and whether it still reminds of anything.</returns>
    public static (ChatMessage Message, bool IsCurrent) Compose(IncidentSnapshot snapshot, int number, DateTimeOffset now, TimeSpan? late, TaskAssignment? assignment)
    {
        var incident = snapshot.Incident;
        var task = snapshot.ActionItems.Single(t => t.Number == number);
        var of = $"Task {number} of {incident.Key}{incident.DrillMark}";
        if (task.IsDone)
            return (new ChatMessage(new TextBlock(RichText.Bold($"{of} is done:") + " " + task.Text), new ContextBlock($"by {task.DoneBy!.Name}")), false);
        var command = $"/incident {incident.Key} task";
        var today = ZonedTime.Date(now, ZonedTime.Zone(incident.ZoneId));
        var owner = task.Owner is null ? $"nobody yet ({command} owner {number} @name)" : "@" + task.Owner;
        List<ChatBlock> blocks =
        [
            new TextBlock(RichText.Bold($"{of} {When(task.Due, today)}:") + " " + task.Text),
            new ContextBlock($"owner: {owner} · {incident.Title}{(late is { } by ? $" · {ReminderTexts.Late(by)}" : "")}"),
        ];
        List<ChatButton> buttons =
        [
            new ChatButton("Done", $"{command} done {number}", IsPrimary: true),
            new ChatButton("New date", OpensForm: new FormReference(RescheduleForm.Id, incident.Number, Number: number)),
        ];
        if (task.Owner is not null)
            buttons.Add(new ChatButton("Not mine", $"{command} not-mine {number}"));
        return (new ChatMessage([.. blocks, new ButtonsBlock(buttons)]), assignment is null || assignment == task.Assignment);
    }

    private static string When(DateOnly? due, DateOnly today) => (due?.DayNumber - today.DayNumber) switch
    {
        null => "has no due date",
        0 => "is due today",
        1 => "is due tomorrow",
        > 0 and var days => $"is due in {days} days, on {ZonedTime.FormatDate(due!.Value)}",
        -1 => "was due yesterday",
        var days => $"was due {-days} days ago, on {ZonedTime.FormatDate(due!.Value)}",
    };

    /// <summary>Before it is due, or on the day; null when both have passed, or there is no date.</summary>
    private static DateTimeOffset? Next(CommandContext context, DateOnly? due)
    {
        if (due is not { } day)
            return null;
        var (calendar, zone) = (context.Reminders.Calendar, ZonedTime.Zone(context.Incident.ZoneId));
        return new[] { calendar.MorningOnOrBefore(day.AddDays(-context.Reminders.TaskDaysBefore), zone), calendar.MorningOnOrBefore(day, zone) }
            .Select(at => (DateTimeOffset?)at)
            .FirstOrDefault(at => at > context.Now);
    }

    /// <summary>Of a task that is late from the start, the morning after; of one without a date, in a week.</summary>
    private static DateTimeOffset First(CommandContext context, DateOnly? due) => due is null
        ? NextWeek(context)
        : context.Reminders.Calendar.NextMorning(context.Now, ZonedTime.Zone(context.Incident.ZoneId));

    private static DateTimeOffset NextWeek(CommandContext context) =>
        context.Reminders.Calendar.MorningAWeekAfter(context.Now, ZonedTime.Zone(context.Incident.ZoneId));

    private static Task<ActionItem> FindAsync(CommandContext context, Reminder reminder, CancellationToken cancellationToken) =>
        context.Db.ActionItems.SingleAsync(t => t.IncidentNumber == reminder.IncidentNumber && t.Number == reminder.Subject, cancellationToken);
}
