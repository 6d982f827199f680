using IncidentBot.Incidents.Commands;

namespace IncidentBot.Incidents.Responding;

/// <summary><c>/incident status investigating|identified|monitoring [text]</c>.</summary>
public sealed record ChangeStatus(IncidentStatus Status, string Text) : Command
{
    internal override Task<CommandAnswer> ExecuteAsync(CommandContext context, CancellationToken cancellationToken) =>
        Task.FromResult(context.AddOrRefuse(context.Incident.ChangeStatus(Status, Text, context.By, context.Now)));
}
