using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Commands.Values;
using IncidentBot.Incidents.Resolving;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.Incidents.Overview;

public enum IncidentFilter
{
    Open,
    Resolved,
    All,
}

/// <summary><c>/incident list [open|resolved|all]</c>. Private incidents are listed in their own room only.</summary>
public sealed record ListIncidents(IncidentFilter Filter) : Command
{
    private const int Most = 30;
    private const int LongestTitle = 80;

    internal override bool IsAboutIncident => false;

    internal override bool OnlyReads => true;

    internal override async Task<CommandAnswer> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var incidents = context.Db.Incidents.Where(i => !i.IsPrivate || i.Room == context.Conversation);
        incidents = Filter switch
        {
            IncidentFilter.Open => incidents.Where(Incident.AreOpen),
            IncidentFilter.Resolved => incidents.Where(i => i.Status == IncidentStatus.Resolved),
            _ => incidents,
        };
        var found = await incidents.OrderByDescending(i => i.Number).Take(Most + 1).ToListAsync(cancellationToken);
        var name = Filter == IncidentFilter.All ? "" : Filter.ToString().ToLowerInvariant() + " ";
        if (found.Count == 0)
            return CommandAnswer.Of($"There are no {name}incidents. Declare one: /incident start sev2 Checkout answers 500");
        var due = await MissingParts.DueOnAsync(context.Db, found, cancellationToken);
        var blocks = new List<ChatBlock>
        {
            new HeadingBlock($"{(Filter == IncidentFilter.All ? "All" : Filter.ToString())} incidents"),
            new ListBlock([.. found.Take(Most).Select(i => Line(i, context) + (due.TryGetValue(i.Number, out var day) ? $" · postmortem due {ZonedTime.FormatDate(day)}" : ""))]),
        };
        if (found.Count > Most)
            blocks.Add(new ContextBlock($"The newest {Most}; /incident show INC-1 shows any other."));
        return new CommandAnswer(new ChatMessage(blocks));
    }

    public static RichText Line(Incident incident, CommandContext context) =>
        RichText.Bold($"{incident.Key} {incident.Severity.ToText()} {incident.Status.ToText()}")
        + $" {TypedText.Shorten(incident.Title, LongestTitle)}{incident.DrillMark} · since {context.Show(incident.ImpactStartedAt)}";
}
