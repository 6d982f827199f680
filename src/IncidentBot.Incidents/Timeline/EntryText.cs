using System.Globalization;
using IncidentBot.Incidents.Chat;

namespace IncidentBot.Incidents.Timeline;

/// <summary>How an entry reads in chat.</summary>
public static class EntryText
{
    /// <summary>The entry as others see it in the room.</summary>
    public static ChatMessage ToMessage(TimelineEntry entry, Incident incident) => new(
        new TextBlock(RichText.Bold(Label(entry.Kind)) + " " + Describe(entry)),
        new ContextBlock(RichText.Format(
            $"#{entry.Number} · {new InstantSpan(entry.OccurredAt, incident.ZoneId)} · by {entry.Author.Name}{(incident.IsDrill ? " · drill" : "")}{LinkTo(entry)}")));

    /// <summary>The entry as one line of a list; dates stand nearby.</summary>
    public static RichText ToLine(TimelineEntry entry, TimeZoneInfo zone) =>
        RichText.Format($"#{entry.Number} {ZonedTime.FormatClock(entry.OccurredAt, zone)} ") + RichText.Bold(Label(entry.Kind)) + " " + Describe(entry) + $" (@{entry.Author.Name})";

    private static RichText LinkTo(TimelineEntry entry) =>
        entry.Link is null ? RichText.Empty : RichText.Format($" · {new LinkSpan(entry.Link, "message")}");

    public static string Label(EntryKind kind) => kind switch
    {
        EntryKind.Hypothesis => "Assumption",
        EntryKind.Misleading => "Misleading path",
        EntryKind.Started => "Start corrected",
        EntryKind.Update => "Status update",
        EntryKind.FollowUp => "Escalation",
        _ => kind.ToString(),
    };

    /// <summary>What is said after the label. Never a mention: showing an entry pings nobody.</summary>
    public static RichText Describe(TimelineEntry entry) => entry.Facts switch
    {
        DeclaredFacts declared => $"{declared.Severity.ToText()}{Separated(entry.Text)}",
        DetectedFacts { Source: { } source } => $"by {source.ToText()}{Separated(entry.Text)}",
        ImpactFacts impact => string.Join("; ", ImpactParts(impact, entry.Text)),
        StatusFacts status => $"{status.Status.ToText()}{Separated(entry.Text)}",
        SeverityFacts severity => $"{severity.From.ToText()} → {severity.To.ToText()}{Separated(entry.Text)}",
        RoleFacts role => $"{role.Role.ToText()}: @{role.Holder.Name}",
        StartedFacts started => $"from {Utc(started.From)} to {Utc(started.To)}",
        EscalationFacts escalation when entry.Kind == EntryKind.Escalated => $"@{escalation.Target} (escalation {escalation.Number}){Separated(entry.Text)}",
        EscalationFacts escalation => $"escalation {escalation.Number} to @{escalation.Target}{Separated(entry.Text)}",
        FollowUpFacts followUp => $"{followUp.Number} to {followUp.Target}: {FollowUp(followUp)}{Separated(entry.Text)}",
        _ => entry.Text,
    };

    /// <summary>What the bot did as nobody had answered.</summary>
    internal static string FollowUp(FollowUpFacts followUp) => followUp switch
    {
        { Names.Length: 0 } => "nobody has acknowledged it, and nobody is asked any more",
        { DeclinedBy: { } by } => $"@{by} declined, {(followUp.IsAgain ? "asked again" : $"went to level {followUp.Level}")}: {followUp.Names}",
        { IsAgain: true } => $"no answer, asked again: {followUp.Names}",
        _ => $"no answer, went to level {followUp.Level}: {followUp.Names}",
    };

    /// <summary><c>30</c> or <c>0.5</c>, with the sign.</summary>
    public static string Percent(decimal percent) => percent.ToString("0.####", CultureInfo.InvariantCulture) + "%";

    private static IEnumerable<string> ImpactParts(ImpactFacts impact, string experience)
    {
        if (impact.Services.Count > 0)
            yield return string.Join(", ", impact.Services);
        if (impact.PercentOfUsers is { } percent)
            yield return $"{Percent(percent)} of users";
        if (experience.Length > 0)
            yield return experience;
    }

    private static string Separated(string text) => text.Length == 0 ? "" : ": " + text;

    private static string Utc(DateTimeOffset instant) => ZonedTime.Format(instant, TimeZoneInfo.Utc);
}
