using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.Incidents.Timeline;

/// <summary><c>/timeline show</c>: the entries in the order of when they occurred, under the date in the person's zone.</summary>
public sealed record ShowTimeline : Command
{
    internal override bool OnlyReads => true;

    internal override async Task<CommandAnswer> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var incident = context.Incident;
        var entries = await context.Db.Entries
            .Where(e => e.IncidentNumber == incident.Number && !e.IsRemoved)
            .OrderBy(e => e.OccurredAt).ThenBy(e => e.Number)
            .ToListAsync(cancellationToken);
        var blocks = new List<ChatBlock> { new HeadingBlock($"Timeline of {incident.Key}") };
        foreach (var day in entries.GroupBy(e => ZonedTime.Date(e.OccurredAt, context.Zone)))
        {
            blocks.Add(new TextBlock(RichText.Bold($"{ZonedTime.FormatDate(day.Key)} {context.Zone.Id}")));
            blocks.Add(new ListBlock([.. day.Select(e => EntryText.ToLine(e, context.Zone))]));
        }
        blocks.Add(new ContextBlock("Correct an entry: /timeline edit N <text>, move N TIME, kind N KIND, remove N"));
        return new CommandAnswer(new ChatMessage(blocks), IncidentNumber: incident.Number);
    }
}
