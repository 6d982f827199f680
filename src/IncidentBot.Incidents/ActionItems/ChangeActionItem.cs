using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Outbox;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.Incidents.ActionItems;

/// <summary><c>/incident task done|due|owner|not-mine N …</c>.</summary>
public abstract record ChangeActionItem(int Number) : Command
{
    internal override async Task<CommandAnswer> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var incident = context.Incident;
        var task = await context.Db.ActionItems.SingleOrDefaultAsync(t => t.IncidentNumber == incident.Number && t.Number == Number, cancellationToken);
        if (task is null)
            return CommandAnswer.Refused($"There is no task {Number} in {incident.Key}. /incident task list shows the tasks with their numbers.");
        if (Change(task, context) is { } refusal)
            return CommandAnswer.Refused(refusal.Reason);
        context.PostInRoom(RichText.Bold($"Task {Number} {Outcome(task)}") + " " + task.Text);
        context.RefreshDraft();
        await RemindOfActionItem.BeginAsync(context, task);
        // Reminders that were sent show how things stand now.
        await context.RefreshAsync([LiveMessageKind.ActionItem], Number);
        return context.Answer($"Task {Number} of {incident.Key} {Outcome(task)}.{(this is AssignActionItem ? RemindOfActionItem.WhoIsReminded(task) : "")}");
    }

    protected abstract Refusal? Change(ActionItem task, CommandContext context);

    /// <summary>Continues "Task 3 …".</summary>
    protected abstract string Outcome(ActionItem task);
}

public sealed record CompleteActionItem(int Number) : ChangeActionItem(Number)
{
    protected override Refusal? Change(ActionItem task, CommandContext context) => task.Complete(context.By, context.Now);

    protected override string Outcome(ActionItem task) => "is done";
}

public sealed record RescheduleActionItem(int Number, DateOnly Due) : ChangeActionItem(Number)
{
    protected override Refusal? Change(ActionItem task, CommandContext context) => task.Reschedule(Due);

    protected override string Outcome(ActionItem task) => $"is now due on {ZonedTime.FormatDate(Due)}";
}

/// <param name="OwnerId">Null where the platform does not know the owner.</param>
public sealed record AssignActionItem(int Number, string Owner, string? OwnerId) : ChangeActionItem(Number)
{
    protected override Refusal? Change(ActionItem task, CommandContext context) => task.Assign(Owner, OwnerId, context.By);

    protected override string Outcome(ActionItem task) => $"belongs to @{Owner} now";
}

/// <summary>Whoever was named says that it is not theirs.</summary>
public sealed record DisownActionItem(int Number) : ChangeActionItem(Number)
{
    protected override Refusal? Change(ActionItem task, CommandContext context)
    {
        var command = $"/incident {context.Incident.Key} task owner {Number} @name";
        if (task.Owner is null)
            return new Refusal($"Task {Number} has no owner. Name one: {command}");
        return task.IsOwnedBy(context.By) ? task.Assign(null, null, context.By) : new Refusal($"Task {Number} belongs to @{task.Owner}. Pass it on: {command}");
    }

    protected override string Outcome(ActionItem task) => "has no owner any more";
}
