using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Escalations;
using IncidentBot.Incidents.Outbox;
using IncidentBot.Incidents.Responding;
using IncidentBot.Incidents.Timeline;

namespace IncidentBot.Incidents.Declaring;

/// <summary><c>/incident start [sev1..sev4] title [--service NAME]… [--at TIME] [--private] [--drill]</c>.</summary>
/// <param name="Severity">Null: <see cref="DefaultSeverity"/>, and the answer says so.</param>
/// <param name="At">When the impact began; null: now.</param>
public sealed record StartIncident(
    Severity? Severity, string Title, IReadOnlyList<string> Services, DateTimeOffset? At, bool IsPrivate, bool IsDrill) : Command
{
    public const Severity DefaultSeverity = Incidents.Severity.Sev3;

    internal override bool IsAboutIncident => false;

    internal override async Task<CommandAnswer> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (IsPrivate && context.Platform?.WhyNotPrivate(context.Conversation) is { } reason)
            return CommandAnswer.Refused(reason);
        var severity = Severity ?? DefaultSeverity;
        var (incident, entry) = Incident.Declare(
            Title,
            new DeclaredFacts(severity, Services, At ?? context.Now),
            IsPrivate,
            IsDrill,
            context.Conversation,
            context.DefaultZoneId,
            context.By,
            context.Now);
        var hasOwnRoom = context.Platform?.MakesRoom(context.Conversation, IsPrivate) == true;
        if (!hasOwnRoom)
            incident.MoveInto(context.Conversation);
        context.Db.Add(incident);
        await context.Db.SaveChangesAsync(cancellationToken);
        entry.IncidentNumber = incident.Number;
        context.Incident = incident;

        if (hasOwnRoom)
            context.SendToRoom(new CreateRoom());
        context.RefreshCard();
        if (context.Capabilities.HasFlag(ChatCapabilities.Pins))
            context.SendToRoom(new PinLive(LiveMessageKind.StatusCard));
        context.Db.Add(entry);
        context.PostInRoom(EntryText.ToMessage(entry, incident));
        context.Announce(Announcement(incident));
        await RemindOfUpdate.BeginAsync(context);
        await CoverageNudge.BeginAsync(context);
        var paged = await Escalate.PageAsync(context, severity, "declared as");
        var assumed = Severity is null ? $" Its severity was not given and is taken as {severity.ToText()}; change it: /incident severity sev1" : "";
        var goesOn = hasOwnRoom ? " Its own room is being made, and you will be in it." : "";
        return context.Answer($"{incident.Key} is declared as {severity.ToText()}. The impact began at {context.Show(incident.ImpactStartedAt)}.{goesOn}{paged}{assumed}");
    }

    private static ChatMessage Announcement(Incident incident) => new(
        new TextBlock(RichText.Format(
            $"{RichText.Bold($"{incident.Key} {incident.Severity.ToText()}{incident.DrillMark}")} {incident.Title}")),
        new ContextBlock(RichText.Format(
            $"declared by {incident.DeclaredBy.Name} · {new RoomSpan(incident.Number, incident.Key.ToLowerInvariant())}")));
}
