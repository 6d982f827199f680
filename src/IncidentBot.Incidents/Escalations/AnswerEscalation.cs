using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Outbox;
using IncidentBot.Incidents.Reminders;
using IncidentBot.Incidents.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.Incidents.Escalations;

/// <summary><c>/incident ack [N]</c>, <c>/incident decline [N] [reason]</c>.</summary>
/// <param name="Number">Null: the open one addressed to the person.</param>
public sealed record AnswerEscalation(bool IsAcknowledged, int? Number, string Reason) : Command
{
    internal override async Task<CommandAnswer> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var incident = context.Incident;
        var escalations = await context.Db.Escalations
            .Where(e => e.IncidentNumber == incident.Number)
            .OrderBy(e => e.Number)
            .ToListAsync(cancellationToken);
        if (!incident.IsOpen)
            return CommandAnswer.Refused(incident.Closed("its escalations need no answer any more").Reason);
        if (!Choose(escalations, await CalledAsync(context, cancellationToken), context).Succeeded(out var escalation, out var refusal))
            return CommandAnswer.Refused(refusal.Reason);
        var goesOn = false;
        var next = !IsAcknowledged ? NextInstead(escalation, context) : null;
        var othersMayAnswer = !IsAcknowledged && next is null && await OthersAreCalledAsync(escalation, context, cancellationToken);
        refusal = IsAcknowledged
            ? escalation.Acknowledge(context.By, context.Now)
            : escalation.Decline(context.By, context.Now, Reason, goesOn = next is not null || othersMayAnswer);
        if (refusal is not null)
            return CommandAnswer.Refused(refusal.Reason);
        var after = context.Now - escalation.RequestedAt;
        context.OnceRecorded.Add(IsAcknowledged ? telemetry => telemetry.EscalationAcknowledged(after) : telemetry => telemetry.EscalationDeclined());
        var kind = IsAcknowledged ? EntryKind.Acknowledged : EntryKind.Declined;
        var entry = incident.Record(kind, context.Now, Reason, new EscalationFacts(escalation.Number, escalation.Target, goesOn), context.By, context.Now);
        context.Add(entry);
        if (next is not null)
            await FollowUpEscalation.AskNextAsync(context, escalation, next);
        else if (!othersMayAnswer)
            await context.ForgetAsync(ReminderKind.Escalation, escalation.Number);
        await EscalationCalls.RefreshAsync(context, escalation.Number);
        return context.Recorded(
            entry, next is not null ? $" {next.Names} {(next.Targets.Count == 1 ? "is" : "are")} asked instead." : othersMayAnswer ? " Others who were asked have not answered yet." : "");
    }

    /// <summary>Whether one of several says no: the others were called in person, too, and have not declined.</summary>
    private static async Task<bool> OthersAreCalledAsync(Escalation escalation, CommandContext context, CancellationToken cancellationToken)
    {
        var (number, me) = (context.Incident.Number, LiveMessage.RecipientOf(context.By));
        var called = await context.Db.LiveMessages
            .Where(m => m.IncidentNumber == number && m.Kind == LiveMessageKind.EscalationCall && m.Number == escalation.Number)
            .Select(m => m.Recipient)
            .ToListAsync(cancellationToken);
        // The members of a group are known by their messages; a person whose message is on its way still was asked as well.
        var asked = called.Union(escalation.Steps.SelectMany(s => s.Targets).Select(t => t.ToPerson()).OfType<Person>().Select(LiveMessage.RecipientOf)).ToList();
        return escalation.IsOpen && asked.Contains(me)
            && asked.Exists(other => other != me && !escalation.DeclinedIds.Exists(id => other.EndsWith(":" + id, StringComparison.Ordinal)));
    }

    /// <summary>Those for which somebody got a message of their own, as the members of a group do.</summary>
    private static async Task<List<int>> CalledAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var (number, recipient) = (context.Incident.Number, LiveMessage.RecipientOf(context.By));
        return await context.Db.LiveMessages
            .Where(m => m.IncidentNumber == number && m.Kind == LiveMessageKind.EscalationCall && m.Recipient == recipient)
            .Select(m => m.Number)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Who is asked in place of somebody who declines; null where a policy names nobody else.</summary>
    private static EscalationStep? NextInstead(Escalation escalation, CommandContext context) =>
        escalation is { IsOpen: true, Policy: { } name } && context.Policies.Find(name) is { } policy
            ? escalation.NextWithout(context.By, policy, context.Now)
            : null;

    private Outcome<Escalation> Choose(List<Escalation> escalations, List<int> called, CommandContext context)
    {
        var key = context.Incident.Key;
        if (Number is { } number)
        {
            return escalations.Find(e => e.Number == number) is { } named
                ? named
                : new Refusal($"There is no escalation {number} in {key}. {Open(escalations, key)}");
        }
        if (escalations.Find(e => e.State == EscalationState.Open && IsAsked(e)) is { } addressed)
            return addressed;
        // A team, a group or a name outside the chat answers through anybody, and help that comes unasked is help.
        var open = escalations.FindAll(e => e.IsOpen);
        if (open is [var only] && (IsAcknowledged || only.TargetPersonId is null))
            return only;
        if (escalations.FindLast(e => e.State != EscalationState.Withdrawn && IsAsked(e)) is { } answered)
            return answered;
        return new Refusal($"No open escalation of {key} is addressed to {context.By}. {Open(escalations, key)}");

        bool IsAsked(Escalation escalation) => escalation.IsAddressedTo(context.By) || called.Contains(escalation.Number);
    }

    private string Open(List<Escalation> escalations, string key)
    {
        var open = escalations.FindAll(e => e.State == EscalationState.Open);
        return open.Count == 0
            ? "None is open."
            : $"Open: {string.Join(", ", open.Select(e => $"{e.Number} to {e.Target}"))}. "
                + $"Name it: /incident {key} {(IsAcknowledged ? "ack" : "decline")} {open[0].Number}";
    }
}
