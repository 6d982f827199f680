namespace IncidentBot.Incidents.Postmortems;

/// <summary>The draft as it was last shown in the room.</summary>
public sealed class Postmortem
{
    private Postmortem()
    {
    }

    public Postmortem(int incidentNumber) => IncidentNumber = incidentNumber;

    public int IncidentNumber { get; private set; }

    public string Markdown { get; private set; } = "";

    public List<string> Findings { get; private set; } = [];

    /// <summary>What was wrong with the own template, null when nothing was.</summary>
    public string? TemplateFault { get; private set; }

    public DateTimeOffset RenderedAt { get; private set; }

    public void Take(PostmortemDraft draft, DateTimeOffset now)
    {
        Markdown = draft.Markdown;
        Findings = [.. draft.Findings.Select(f => f.Text)];
        TemplateFault = draft.TemplateFault;
        RenderedAt = now;
    }
}
