using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Timeline;

namespace IncidentBot.Incidents.Responding;

/// <summary><c>/incident detected [at TIME] [by SOURCE] how</c>.</summary>
public sealed record RecordDetection(DateTimeOffset? At, DetectionSource? Source, string How) : Command
{
    internal override Task<CommandAnswer> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var entry = context.Incident.Record(EntryKind.Detected, At ?? context.Now, How, new DetectedFacts(Source), context.By, context.Now);
        context.Add(entry);
        return Task.FromResult(context.Recorded(entry));
    }
}
