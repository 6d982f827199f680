using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Timeline;

namespace IncidentBot.Incidents.Responding;

/// <summary><c>/incident severity sev1..sev4 [why]</c>.</summary>
public sealed record ChangeSeverity(Severity Severity, string Why) : Command
{
    internal override Task<CommandAnswer> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var incident = context.Incident;
        var entry = incident.Record(
            EntryKind.Severity, context.Now, Why, new SeverityFacts(incident.Severity, Severity), context.By, context.Now);
        context.Add(entry);
        return Task.FromResult(context.Recorded(entry));
    }
}
