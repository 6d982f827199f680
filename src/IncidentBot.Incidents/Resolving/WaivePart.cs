using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.Incidents.Resolving;

/// <summary>
/// <c>/incident waive cause|fix|impact|tasks reason</c>: nobody is asked for it any more, and the draft says why. It makes no entry, and
/// whatever is recorded of the part, before or after it, outdoes it.
/// </summary>
/// <param name="Part">The kind of its waiver.</param>
public sealed record WaivePart(AnswerKind Part, string Reason) : Command
{
    internal override async Task<CommandAnswer> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var incident = context.Incident;
        var (name, isOrAre) = ("T" + MissingParts.Name(Part)[1..], Part == AnswerKind.WaivedTasks ? "are" : "is");
        if (await MissingParts.IsRecordedAsync(context.Db, incident, Part, cancellationToken))
            return CommandAnswer.Refused($"{name} of {incident.Key} {isOrAre} recorded already, so there is nothing to waive.");
        var replaces = await context.Db.Answers.AnyAsync(a => a.IncidentNumber == incident.Number && a.Kind == Part, cancellationToken);
        context.Db.Add(incident.Take(Part, Reason, context.By, context.Now));
        context.RefreshDraft();
        context.RefreshDueDate();
        context.PostInRoom(
            RichText.Bold($"{name} of {incident.Key} {isOrAre} waived") + $": {Reason}", replaces ? "the draft gives this reason in place of the earlier one" : null);
        return context.Answer(replaces
            ? $"{name} of {incident.Key} {isOrAre} waived already; the draft gives the new reason in place of the earlier one."
            : $"{name} of {incident.Key} {isOrAre} waived. Nobody is asked for {(Part == AnswerKind.WaivedTasks ? "them" : "it")} any more.");
    }
}
