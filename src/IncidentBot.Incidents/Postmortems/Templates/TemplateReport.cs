namespace IncidentBot.Incidents.Postmortems.Templates;

/// <summary>What a check found. <paramref name="Words"/> is the length of the draft that the full sample gives; null when it gives none.</summary>
public sealed record TemplateReport(IReadOnlyList<TemplateMessage> Messages, bool IsParsed, int? Words)
{
    /// <summary>Whether its author has nothing to mend.</summary>
    public bool IsFlawless => Messages.All(m => m.Kind == TemplateMessageKind.Note);
}
