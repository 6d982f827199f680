using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Outbox;
using IncidentBot.Incidents.Resolving;
using IncidentBot.Incidents.Store;

namespace IncidentBot.Incidents.Postmortems;

/// <summary><c>/incident postmortem</c>: posts the draft as it stands, and asks again for what it lacks.</summary>
public sealed record ShowPostmortem : Command
{
    internal override async Task<CommandAnswer> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var snapshot = await IncidentReader.ReadAsync(context.Db, context.Incident.Number, cancellationToken);
        context.Incident.BeginDraft();
        context.SendToRoom(new PublishLive(LiveMessageKind.Postmortem, Repost: true));
        context.GiveDraftAsFile();
        var form = ResolutionForm.Build(snapshot!);
        var due = MissingParts.DueOn(snapshot!) is { } day ? $" It is due on {ZonedTime.FormatDate(day)}." : "";
        return new CommandAnswer(
            ChatMessage.Of($"The draft of {context.Incident.Key} is in the room{(form is null ? ", with nothing missing." : "; the form asks for what it lacks.")}{due}"),
            IncidentNumber: context.Incident.Number,
            Form: context.Capabilities.HasFlag(ChatCapabilities.Forms) ? form : null);
    }
}
