using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.Incidents.Escalations;

/// <summary><c>/incident escalations</c>: those that wait for an answer.</summary>
public sealed record ListEscalations : Command
{
    internal override bool OnlyReads => true;

    internal override async Task<CommandAnswer> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var incident = context.Incident;
        var escalations = await context.Db.Escalations.Where(e => e.IncidentNumber == incident.Number).OrderBy(e => e.Number).ToListAsync(cancellationToken);
        var open = incident.IsOpen ? escalations.FindAll(e => e.IsOpen) : [];
        if (open.Count == 0)
            return context.Answer($"No escalation of {incident.Key} is open. Ask for help: /incident {incident.Key} escalate @name reason");
        var blocks = new List<ChatBlock> { new HeadingBlock($"Open escalations of {incident.Key}{incident.DrillMark}") };
        foreach (var escalation in open)
        {
            blocks.Add(new TextBlock(Describe(escalation, context)));
            blocks.Add(EscalationCalls.Buttons(incident.Key, escalation.Number));
        }
        return new CommandAnswer(new ChatMessage(blocks), IncidentNumber: incident.Number);
    }

    private static RichText Describe(Escalation escalation, CommandContext context)
    {
        var since = $"{context.Show(escalation.RequestedAt)} ({ZonedTime.FormatDuration(context.Now - escalation.RequestedAt)})";
        var reason = escalation.Reason.Length == 0 ? "" : ": " + escalation.Reason;
        var text = RichText.Bold($"{escalation.Number} to {escalation.Target}") + $" since {since}, by {escalation.RequestedBy.Name}{reason}.";
        if (escalation.ExhaustedAt is not null)
            return text + " Nobody is asked any more.";
        // Who was asked directly has been named.
        return escalation.Steps is [.., var last] && (escalation.Policy is not null || escalation.Steps.Count > 1)
            ? text + $" Last asked: {last.Names} at {context.Show(last.At)}."
            : text;
    }
}
