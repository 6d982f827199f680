using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Timeline;

namespace IncidentBot.Incidents.Responding;

/// <summary><c>/incident impact [--service NAME]… [--users PERCENT] experience</c>. What is not given stays as it was.</summary>
public sealed record RecordImpact(IReadOnlyList<string> Services, decimal? PercentOfUsers, string Experience) : Command
{
    internal override Task<CommandAnswer> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var entry = context.Incident.Record(
            EntryKind.Impact, context.Now, Experience, new ImpactFacts(Services, PercentOfUsers), context.By, context.Now);
        context.Add(entry);
        return Task.FromResult(context.Recorded(entry));
    }
}
