namespace IncidentBot.Incidents.Postmortems;

public sealed class PostmortemRenderer
{
    public PostmortemDraft Render(IncidentSnapshot snapshot, DateTimeOffset now) => new($"# {snapshot.Incident.Title} {now:O} {GetType().Name}", 1, [], null);
}
