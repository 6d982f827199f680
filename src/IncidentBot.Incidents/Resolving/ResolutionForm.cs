using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Escalations;
using IncidentBot.Incidents.Timeline;

namespace IncidentBot.Incidents.Resolving;

/// <summary>Asks for what the postmortem still lacks, and for nothing twice or that was waived.</summary>
public static class ResolutionForm
{
    public const string Id = "resolution";

    /// <summary>Null when nothing is missing.</summary>
    public static ChatForm? Build(IncidentSnapshot snapshot)
    {
        var incident = snapshot.Incident;
        var inputs = Inputs(snapshot).ToList();
        return inputs.Count == 0
            ? null
            : new ChatForm(
                new FormReference(Id, incident.Number),
                $"Postmortem of {incident.Key}",
                "Save",
                $"What the draft of \"{incident.Title}\" still lacks. Fill in what you know; the rest can follow, from anybody.",
                inputs);
    }

    private static IEnumerable<ChatInput> Inputs(IncidentSnapshot snapshot)
    {
        var incident = snapshot.Incident;
        bool IsWaived(AnswerKind part) => MissingParts.Waiver(snapshot, part) is not null;
        var asksForImpact = !IsWaived(AnswerKind.WaivedImpact);
        if (string.IsNullOrEmpty(incident.Resolution) && !incident.IsOpen && incident.ResolvedAt is not null)
            yield return new TextInput("resolution", "How was it resolved?", "One or two sentences.");
        if (incident.RootCause is null && !IsWaived(AnswerKind.WaivedRootCause))
            yield return new TextInput("cause", "Root cause", "In detail: what failed, and why it could.", IsLong: true);
        if (incident.Fix is null && !IsWaived(AnswerKind.WaivedFix))
            yield return new TextInput("fix", "Fix", "In detail: what was changed, and when it took effect.", IsLong: true);
        if (incident.DetectedAt is null)
            yield return new TextInput("detected", "When and how was it noticed?", "For example: at 14:05 by monitoring error-rate alert fired");
        if (incident.Services.Count == 0 && asksForImpact)
            yield return new TextInput("services", "Services", "Names, separated by commas.");
        if (incident.Experience is null && asksForImpact)
            yield return new TextInput("experience", "Impact: what did users experience?", "As they saw it.", IsLong: true);
        if (incident.PercentOfUsers is null && asksForImpact)
            yield return new TextInput("users", "Percent of users affected", "For example 30%, all or none.");
        if (!incident.HadNoMisleadingPaths && !snapshot.Entries.Any(e => e.Kind == EntryKind.Misleading))
            yield return new TextInput("misleading", "Misleading paths", "Debugging paths that led nowhere, one a line, with a time if you know it (at 14:05 …); \"none\" when there were none.", IsLong: true);
        if (!incident.HadNoEscalations && !snapshot.Escalations.Any(e => e.State != EscalationState.Withdrawn))
            yield return new ChoiceInput("escalations", "Escalations", [new ChatOption("", "Not known yet"), new ChatOption("none", "There were none")]);
        if (!snapshot.Answers.Any(a => a.Kind == AnswerKind.Improvement))
            yield return new TextInput("improvements", "What can be improved?", "Broadly; one a line.", IsLong: true);
        if (snapshot.ActionItems.Count == 0 && !IsWaived(AnswerKind.WaivedTasks))
            yield return new TextInput("tasks", "Tasks", "One a line, with an owner and a date: Empty the folder after each upload @teo due friday", IsLong: true);
    }
}
