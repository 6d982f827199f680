using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Escalations;
using IncidentBot.Incidents.Resolving;
using IncidentBot.Incidents.Timeline;

namespace IncidentBot.Incidents.Overview;

/// <summary>The incident at a glance: pinned in its room and updated in place.</summary>
public static class StatusCard
{
    public static ChatMessage Compose(IncidentSnapshot snapshot)
    {
        var incident = snapshot.Incident;
        var title = $"{incident.Key} {incident.Title}{incident.DrillMark}";
        return new ChatMessage(new HeadingBlock(title), new FieldsBlock([.. Fields(snapshot)]), new ButtonsBlock([.. Buttons(incident)]));
    }

    private static IEnumerable<ChatField> Fields(IncidentSnapshot snapshot)
    {
        var incident = snapshot.Incident;
        yield return new ChatField("Status", incident.Status.ToText());
        yield return new ChatField("Severity", incident.Severity.ToText());
        yield return new ChatField("Impact began", RichText.Format($"{new InstantSpan(incident.ImpactStartedAt, incident.ZoneId)}"));
        if (incident.Duration is { } duration)
            yield return new ChatField("Lasted", ZonedTime.FormatDuration(duration));
        if (MissingParts.DueOn(snapshot) is { } due)
            yield return new ChatField("Postmortem due", ZonedTime.FormatDate(due));
        yield return new ChatField("Services", incident.Services.Count == 0 ? "not recorded" : string.Join(", ", incident.Services));
        yield return new ChatField("Users affected", incident.PercentOfUsers is { } percent ? EntryText.Percent(percent) : "not recorded");
        foreach (var role in snapshot.Roles.Where(r => r.EndedAt is null))
            yield return new ChatField(role.Role.ToString(), "@" + role.Holder.Name);
        var open = snapshot.Escalations.Where(e => e.State == EscalationState.Open).Select(e => $"{e.Number} to {e.Target}").ToList();
        if (open.Count > 0 && incident.IsOpen)
            yield return new ChatField("Waiting for", string.Join(", ", open));
    }

    private static IEnumerable<ChatButton> Buttons(Incident incident)
    {
        yield return new ChatButton("Timeline", $"/timeline {incident.Key} show");
        if (incident.HasDraft)
            yield return new ChatButton("Postmortem", $"/incident {incident.Key} postmortem");
    }
}
