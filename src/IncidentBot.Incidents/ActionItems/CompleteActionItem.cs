using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.Incidents.ActionItems;

/// <summary><c>/incident task done N</c>.</summary>
public sealed record CompleteActionItem(int Number) : Command
{
    internal override async Task<CommandAnswer> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var incident = context.Incident;
        var task = await context.Db.ActionItems.SingleOrDefaultAsync(t => t.IncidentNumber == incident.Number && t.Number == Number, cancellationToken);
        if (task is null)
            return CommandAnswer.Refused($"There is no task {Number} in {incident.Key}. /incident task list shows the tasks with their numbers.");
        if (task.Complete(context.By, context.Now) is { } refusal)
            return CommandAnswer.Refused(refusal.Reason);
        context.PostInRoom(new ChatMessage(
            new TextBlock(RichText.Bold($"Task {Number} is done") + " " + task.Text), new ContextBlock($"by {context.By.Name}")));
        context.RefreshDraft();
        return context.Answer($"Task {Number} of {incident.Key} is marked as done.");
    }
}
