using IncidentBot.Incidents.Commands;

namespace IncidentBot.Incidents.Timeline;

/// <summary><c>/timeline note|action|hypothesis|misleading [at TIME] text</c>.</summary>
public sealed record AddTimelineEntry(EntryKind Kind, DateTimeOffset? At, string Text) : Command
{
    internal override Task<CommandAnswer> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var entry = context.Incident.Record(Kind, At ?? context.Now, Text, null, context.By, context.Now);
        context.Add(entry);
        return Task.FromResult(context.Recorded(entry));
    }
}
