using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Commands.Values;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.Incidents.ActionItems;

/// <summary><c>/incident task list</c>.</summary>
public sealed record ListActionItems : Command
{
    internal override bool OnlyReads => true;

    public static string Describe(ActionItem task, int mostOfText = int.MaxValue)
    {
        var owner = task.Owner is null ? "nobody yet" : "@" + task.Owner;
        var due = task.Due is { } day ? ZonedTime.FormatDate(day) : "no date yet";
        return $"{TypedText.Shorten(task.Text, mostOfText)} (owner: {owner}, due: {due}{(task.IsDone ? ", done" : "")})";
    }

    internal override async Task<CommandAnswer> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var incident = context.Incident;
        var tasks = await context.Db.ActionItems.Where(t => t.IncidentNumber == incident.Number).OrderBy(t => t.Number).ToListAsync(cancellationToken);
        if (tasks.Count == 0)
            return context.Answer($"{incident.Key} has no tasks yet. Add one: /incident task <text> @owner due friday");
        return new CommandAnswer(
            new ChatMessage(
                new HeadingBlock($"Tasks of {incident.Key}"),
                new ListBlock([.. tasks.Select(t => (RichText)$"{t.Number}. {Describe(t)}")])),
            IncidentNumber: incident.Number);
    }
}
