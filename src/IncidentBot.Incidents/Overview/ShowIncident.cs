using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Store;

namespace IncidentBot.Incidents.Overview;

/// <summary><c>/incident show [INC-7]</c>.</summary>
/// <param name="Number">Null: the incident that the place stands for.</param>
public sealed record ShowIncident(int? Number) : Command
{
    internal override int? NamedIncident => Number;

    internal override bool OnlyReads => true;

    internal override async Task<CommandAnswer> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var snapshot = await IncidentReader.ReadAsync(context.Db, context.Incident.Number, cancellationToken);
        return new CommandAnswer(StatusCard.Compose(snapshot!), IncidentNumber: context.Incident.Number);
    }
}
