using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Escalations;
using IncidentBot.Incidents.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.Incidents.Resolving;

/// <summary><c>/incident cause|fix|improve text</c> and <c>/incident none misleading|escalations</c>: no entry, but the draft follows.</summary>
public sealed record GiveAnswer(AnswerKind Kind, string Text) : Command
{
    internal override async Task<CommandAnswer> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var incident = context.Incident;
        var contradiction = await ContradictionAsync(context, cancellationToken);
        var replaces = (Kind == AnswerKind.RootCause && incident.RootCause is not null) || (Kind == AnswerKind.Fix && incident.Fix is not null);
        context.Db.Add(incident.Take(Kind, Text, context.By, context.Now));
        context.RefreshDraft();
        context.RefreshDueDate();
        RichText said = Kind switch
        {
            AnswerKind.RootCause => $"The root cause of {incident.Key} is recorded",
            AnswerKind.Fix => $"The fix of {incident.Key} is recorded",
            AnswerKind.Improvement => $"What can be improved after {incident.Key} is recorded",
            AnswerKind.NoMisleadingPaths => $"{incident.Key} had no misleading paths",
            AnswerKind.NoEscalations => $"{incident.Key} had no escalations",
            _ => throw new InvalidOperationException($"{Kind} is no answer."),
        };
        context.PostInRoom(RichText.Bold(said.ToPlainText()) + (Text.Length == 0 ? "." : ": " + Text), replaces ? "replaces the earlier text, which is kept" : null);
        return context.Answer(said + (replaces ? "; the earlier text is kept." : ".") + contradiction);
    }

    /// <summary>A warning where the timeline says otherwise; the review of the draft names it too.</summary>
    private async Task<string> ContradictionAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var number = context.Incident.Number;
        if (Kind == AnswerKind.NoEscalations && await context.Db.Escalations.AnyAsync(e => e.IncidentNumber == number && e.State != EscalationState.Withdrawn, cancellationToken))
            return " Its timeline has some, though: /timeline show lists them.";
        if (Kind == AnswerKind.NoMisleadingPaths && await context.Db.Entries.AnyAsync(e => e.IncidentNumber == number && e.Kind == EntryKind.Misleading && !e.IsRemoved, cancellationToken))
            return " Its timeline has some, though: /timeline kind N note makes one a note.";
        return "";
    }
}
