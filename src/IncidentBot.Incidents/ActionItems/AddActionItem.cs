using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;

namespace IncidentBot.Incidents.ActionItems;

/// <summary><c>/incident task text [@owner] [due DATE]</c>.</summary>
/// <param name="OwnerId">Null where the platform does not know the owner.</param>
public sealed record AddActionItem(string Text, string? Owner, DateOnly? Due, string? OwnerId = null) : Command
{
    internal override async Task<CommandAnswer> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var incident = context.Incident;
        var task = incident.AddActionItem(Text, Owner, OwnerId, Due, context.By, context.Now);
        context.Db.Add(task);
        context.PostInRoom(RichText.Bold($"Task {task.Number}") + " " + ListActionItems.Describe(task));
        context.RefreshDraft();
        context.RefreshDueDate();
        await RemindOfActionItem.BeginAsync(context, task);
        var lacks = (Owner, Due) switch
        {
            (null, null) => " It has no owner and no due date yet.",
            (null, _) => " It has no owner yet.",
            (_, null) => " It has no due date yet.",
            _ => "",
        };
        return context.Answer($"Task {task.Number} of {incident.Key} is recorded.{lacks}{RemindOfActionItem.WhoIsReminded(task)}");
    }
}
