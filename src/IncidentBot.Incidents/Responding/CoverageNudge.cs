using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Reminders;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.Incidents.Responding;

/// <summary>Something that the postmortem needs is forgotten in the heat: said once.</summary>
internal sealed class CoverageNudge(ReminderKind kind, RemindersOptions options) : OutageReminder(options)
{
    public static IReadOnlyList<ReminderKind> Kinds { get; } = [ReminderKind.NoDetection, ReminderKind.NoCommander, ReminderKind.NoImpact, ReminderKind.Quiet];

    public override ReminderKind Kind => kind;

    public override RichText Describe(Reminder reminder) => kind switch
    {
        ReminderKind.NoDetection => "to record how it was detected",
        ReminderKind.NoCommander => "to name a commander",
        ReminderKind.NoImpact => "to record the impact",
        _ => "that nothing was recorded for long",
    };

    /// <summary>Begins when the incident is declared, and when it is opened again with those that came due while it was over.</summary>
    public static async Task BeginAsync(CommandContext context)
    {
        var number = context.Incident.Number;
        var begun = await context.Db.Reminders
            .Where(r => r.IncidentNumber == number && r.State != ReminderState.NotNeeded && Kinds.Contains(r.Kind))
            .Select(r => r.Kind)
            .ToListAsync(CancellationToken.None);
        foreach (var kind in Kinds.Except(begun))
        {
            if (After(kind, context.Reminders) is var after && after > TimeSpan.Zero)
                await context.RemindAsync(kind, 0, context.Now + after);
        }
    }

    public override async Task<ChatMessage?> ComposeAsync(CommandContext context, Reminder reminder, CancellationToken cancellationToken)
    {
        var incident = context.Incident;
        if (!incident.IsOpen)
            return null;
        var command = $"/incident {incident.Key} ";
        var of = $"{incident.Key}{incident.DrillMark}";
        switch (kind)
        {
            case ReminderKind.NoDetection when incident.DetectedAt is null:
                return Ask($"When and how was {of} detected?", command + "detected at 09:12 by monitoring what told us");
            case ReminderKind.NoCommander when !await context.Db.Roles.AnyAsync(r => r.IncidentNumber == incident.Number && r.Role == IncidentRole.Commander && r.EndedAt == null, cancellationToken):
                return Ask($"Nobody is in command of {of}.", command + "role commander @name");
            case ReminderKind.NoImpact when incident.Experience is null || incident.PercentOfUsers is null || incident.Services.Count == 0:
                return Ask($"The impact of {of} is not recorded yet: {Lacks(incident)}.", command + "impact --service NAME --users 30% what users experience");
            case ReminderKind.Quiet when await LastEntryAsync(context, cancellationToken) is var last && last + context.Reminders.QuietAfter <= context.Now:
                return Ask(
                    $"Nothing was recorded of {of} for {ZonedTime.FormatDuration(context.Now - last)}. What was tried, and what did it show? If it is over: {command}resolve",
                    $"/timeline {incident.Key} action what was tried");
            default:
                return null;
        }
    }

    protected override async Task<DateTimeOffset?> DueAsync(CommandContext context, CancellationToken cancellationToken) =>
        kind == ReminderKind.Quiet ? await LastEntryAsync(context, cancellationToken) + context.Reminders.QuietAfter : null;

    private static TimeSpan After(ReminderKind kind, RemindersOptions options) => kind switch
    {
        ReminderKind.NoDetection => options.DetectionAfter,
        ReminderKind.NoCommander => options.CommanderAfter,
        ReminderKind.NoImpact => options.ImpactAfter,
        _ => options.QuietAfter,
    };

    private static ChatMessage Ask(string question, string command) => new(new TextBlock(question), new TextBlock(RichText.Code(command)));

    private static string Lacks(Incident incident) => string.Join(", ", new[]
    {
        incident.Services.Count == 0 ? "which service" : null,
        incident.Experience is null ? "what users experience" : null,
        incident.PercentOfUsers is null ? "how many percent of them" : null,
    }.OfType<string>());

    private static async Task<DateTimeOffset> LastEntryAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var number = context.Incident.Number;
        return await context.Db.Entries.Where(e => e.IncidentNumber == number).MaxAsync(e => (DateTimeOffset?)e.RecordedAt, cancellationToken) ?? context.Incident.DeclaredAt;
    }
}
