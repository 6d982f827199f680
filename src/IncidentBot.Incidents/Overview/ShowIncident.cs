using IncidentBot.Incidents.Chat;
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
        var card = StatusCard.Compose(snapshot!);
        // For whoever asks only: the card itself is pinned, and may be seen by more people than may read the page.
        if (context.Pages.UrlOf(context.Incident) is { } page)
            card = new ChatMessage([.. card.Blocks, new ContextBlock(RichText.Format($"{new LinkSpan(page, $"The page of {context.Incident.Key}")}: whoever has this address can read it"))]);
        return new CommandAnswer(card, IncidentNumber: context.Incident.Number);
    }
}
