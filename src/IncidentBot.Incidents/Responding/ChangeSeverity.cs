using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Escalations;
using IncidentBot.Incidents.Timeline;

namespace IncidentBot.Incidents.Responding;

/// <summary><c>/incident severity sev1..sev4 [why]</c>.</summary>
public sealed record ChangeSeverity(Severity Severity, string Why) : Command
{
    internal override async Task<CommandAnswer> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var incident = context.Incident;
        var before = incident.Severity;
        var entry = incident.Record(
            EntryKind.Severity, context.Now, Why, new SeverityFacts(before, Severity), context.By, context.Now);
        context.Add(entry);
        var paged = "";
        if (incident.IsOpen)
        {
            await RemindOfUpdate.BeginAsync(context);
            if (Severity < before)
                paged = await Escalate.PageAsync(context, Severity, "raised to");
        }
        return context.Recorded(entry, paged);
    }
}
