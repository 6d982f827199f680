using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Timeline;

namespace IncidentBot.Incidents.Responding;

/// <summary><c>/incident started TIME</c>: corrects when the impact began.</summary>
public sealed record CorrectStart(DateTimeOffset At) : Command
{
    internal override Task<CommandAnswer> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var incident = context.Incident;
        var entry = incident.Record(
            EntryKind.Started, context.Now, "", new StartedFacts(incident.ImpactStartedAt, At), context.By, context.Now);
        context.Add(entry);
        return Task.FromResult(context.Answer(
            $"Recorded as #{entry.Number} of {incident.Key}: the impact began at {context.Show(At)}."));
    }
}
