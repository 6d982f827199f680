namespace IncidentBot.Incidents.Postmortems;

/// <summary>A rendered postmortem with what its review found.</summary>
/// <param name="TemplateFault">Why the own template could not be used (<c>file(line,col) : error : message</c>, and the line itself below it); null when it was, or when there is none.</param>
public sealed record PostmortemDraft(string Markdown, int WordCount, IReadOnlyList<Finding> Findings, string? TemplateFault);
