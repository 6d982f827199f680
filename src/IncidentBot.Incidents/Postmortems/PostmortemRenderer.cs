using Microsoft.Extensions.Options;
namespace IncidentBot.Incidents.Postmortems;

public sealed class PostmortemRenderer(IOptions<PostmortemOptions> options)
{
    public PostmortemDraft Render(IncidentSnapshot snapshot, DateTimeOffset now) => new($"# {snapshot.Incident.Title} {now:O} {options.Value.MaxWords} Issue summary", 1, [], null);
    public string? FindTemplateFault() => options.Value.TemplatePath;
}
