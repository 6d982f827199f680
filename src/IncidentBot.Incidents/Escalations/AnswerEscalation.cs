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
        var calls = await EscalationCalls.ListAsync(context, cancellationToken);
        if (!Choose(escalations, [.. calls.Where(c => c.IsTo(context.By)).Select(c => c.Number)], context).Succeeded(out var escalation, out var refusal))
            return CommandAnswer.Refused(refusal.Reason);
        return IsAcknowledged
            ? await AcknowledgeAsync(context, escalation)
            : await DeclineAsync(context, escalation, calls.FindAll(c => c.Number == escalation.Number));
    }

    private async Task<CommandAnswer> AcknowledgeAsync(CommandContext context, Escalation escalation)
    {
        if (escalation.Acknowledge(context.By, context.Now) is { } refusal)
            return CommandAnswer.Refused(refusal.Reason);
        var after = context.Now - escalation.RequestedAt;
        context.OnceRecorded.Add(telemetry => telemetry.EscalationAcknowledged(after));
        await context.ForgetAsync(ReminderKind.Escalation, escalation.Number);
        return await RecordAsync(context, escalation, EntryKind.Acknowledged, goesOn: false, $" You acknowledged escalation {escalation.Number} to {escalation.Target}.");
    }

    /// <summary>
    /// Of those who are asked now, the next level is asked at once; a new round begins only where nobody else of the same time may still
    /// answer. Who was asked earlier is only left out from then on. For somebody outside the chat anybody answers.
    /// </summary>
    private async Task<CommandAnswer> DeclineAsync(CommandContext context, Escalation escalation, List<EscalationCall> calls)
    {
        var step = escalation.Steps is [.., var last] ? last : null;
        calls.AddRange(NamedInRoom(escalation, context));
        var isAskedNow = calls.Exists(c => c.IsTo(context.By) && c.Step == escalation.Steps.Count) || step?.Targets.Any(t => t.Is(context.By)) == true;
        var isAsked = isAskedNow || escalation.IsAddressedTo(context.By) || calls.Exists(c => c.IsTo(context.By));
        if (escalation.IsOpen && !isAsked && step?.Targets.All(t => t.Id is not null) == true && calls.Exists(c => c.Step == escalation.Steps.Count))
            return CommandAnswer.Refused($"Escalation {escalation.Number} asks {step.Names}, so only they can decline it. Ask somebody else as well: /incident {context.Incident.Key} escalate @name");
        if (escalation.Decline(context.By, isAsked) is { } refusal)
            return CommandAnswer.Refused(refusal.Reason);
        context.OnceRecorded.Add(telemetry => telemetry.EscalationDeclined());
        var waiting = calls.FindAll(c => !c.IsTo(context.By) && !escalation.DeclinedIds.Exists(c.IsTo));
        var isSomebodyOutsideAsked = isAskedNow && step?.Targets.Any(t => t.Id is null) == true;
        EscalationStep? next = null;
        if ((isAskedNow || !isAsked) && context.Policies.Of(escalation) is { } policy)
        {
            var mayBeginRound = !isSomebodyOutsideAsked && !waiting.Exists(c => c.Step == escalation.Steps.Count);
            next = escalation.NextInstead(policy, waiting.Count > 0 ? [] : GroupsAsked(escalation, calls), mayBeginRound, context.Now);
        }
        var goesOn = next is not null || isSomebodyOutsideAsked || waiting.Count > 0 || (isAsked && !isAskedNow);
        if (!goesOn)
        {
            escalation.End(context.By, context.Now, Reason);
            await context.ForgetAsync(ReminderKind.Escalation, escalation.Number);
            if (!context.By.IsSameAs(escalation.RequestedBy))
                FollowUpEscalation.TellAsker(context, escalation, $"escalation {escalation.Number} of {context.Incident.Key}{context.Incident.DrillMark} to {escalation.Target} is declined, and nobody is asked any more.");
        }
        var whatFollows = next is not null ? $" {next.Names} {(next.Targets.Count == 1 ? "is" : "are")} asked instead."
            : goesOn ? " Others who were asked have not answered yet."
            : "";
        var answer = await RecordAsync(context, escalation, EntryKind.Declined, goesOn, $" {(isAsked ? "You declined escalation" : "Declined is escalation")} {escalation.Number} to {escalation.Target}.{whatFollows}");
        if (next is not null)
            await FollowUpEscalation.AskNextAsync(context, escalation, next, context.By);
        return answer;
    }

    /// <summary>Where a chat has no personal messages, who is asked reads it in the room.</summary>
    private static IEnumerable<EscalationCall> NamedInRoom(Escalation escalation, CommandContext context) =>
        from step in escalation.Steps.Index()
        from target in step.Item.Targets
        let person = target.ToPerson()
        where person is not null && !context.CanTell(person)
        select new EscalationCall(escalation.Number, step.Index + 1, LiveMessage.RecipientOf(person));

    /// <summary>By their ids; their members got the messages.</summary>
    private static List<string> GroupsAsked(Escalation escalation, List<EscalationCall> calls) =>
        [.. escalation.Steps.SelectMany(s => s.Targets).Where(t => t.ToPerson() is { } account && !calls.Exists(c => c.IsTo(account))).Select(t => t.Id!)];

    private async Task<CommandAnswer> RecordAsync(CommandContext context, Escalation escalation, EntryKind kind, bool goesOn, string more)
    {
        var entry = context.Incident.Record(kind, context.Now, Reason, new EscalationFacts(escalation.Number, escalation.Target, goesOn), context.By, context.Now);
        context.Add(entry);
        await EscalationCalls.RefreshAsync(context, escalation.Number);
        return context.Recorded(entry, more);
    }

    private Outcome<Escalation> Choose(List<Escalation> escalations, List<int> called, CommandContext context)
    {
        var key = context.Incident.Key;
        if (Number is { } number)
        {
            return escalations.Find(e => e.Number == number) is { } named
                ? named
                : new Refusal($"There is no escalation {number} in {key}. {Open(escalations, key)}");
        }
        if (escalations.Find(e => e.IsOpen && IsAsked(e) && !e.DeclinedIds.Contains(context.By.Id)) is { } addressed)
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
        var open = escalations.FindAll(e => e.IsOpen);
        return open.Count == 0
            ? "None is open."
            : $"Open: {string.Join(", ", open.Select(e => $"{e.Number} to {e.Target}"))}. "
                + $"Name it: /incident {key} {(IsAcknowledged ? "ack" : "decline")} {open[0].Number}";
    }
}
