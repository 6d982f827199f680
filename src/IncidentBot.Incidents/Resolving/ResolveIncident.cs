using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Escalations;
using IncidentBot.Incidents.Outbox;
using IncidentBot.Incidents.Store;

namespace IncidentBot.Incidents.Resolving;

/// <summary><c>/incident resolve [how]</c>: ends the outage, posts the draft and asks for what is missing.</summary>
public sealed record ResolveIncident(string How) : Command
{
    internal override async Task<CommandAnswer> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var incident = context.Incident;
        var hadDraft = incident.HasDraft;
        if (!incident.Resolve(How, context.By, context.Now).Succeeded(out var entry, out var refusal))
            return CommandAnswer.Refused(refusal.Reason);
        context.Add(entry);
        if (hadDraft)
            context.SendToRoom(new PublishLive(LiveMessageKind.Postmortem, Repost: true));
        context.GiveDraftAsFile();
        context.Announce(ChatMessage.Of(RichText.Format(
            $"{RichText.Bold($"{incident.Key}{incident.DrillMark} is resolved")} after {ZonedTime.FormatDuration(incident.Duration!.Value)}: {incident.Title}")));
        await EscalationCalls.EndAsync(context);
        await AskForMissingParts.BeginAsync(context);
        await context.Db.SaveChangesAsync(cancellationToken);
        var snapshot = await IncidentReader.ReadAsync(context.Db, incident.Number, cancellationToken);
        var form = ResolutionForm.Build(snapshot!);
        var where = incident.Room is null ? "will be in its room once that is made" : "is in the room";
        var answer = RichText.Format(
            $"{incident.Key} is resolved (#{entry.Number}). The draft of the postmortem {where}{(form is null ? "." : "; a few answers are still missing.")}");
        return new CommandAnswer(ChatMessage.Of(answer), IncidentNumber: incident.Number, Form: context.Capabilities.HasFlag(ChatCapabilities.Forms) ? form : null, ShownIn: incident.Room);
    }
}
