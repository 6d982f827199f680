using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Outbox;
using IncidentBot.Incidents.Reminders;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.Incidents.Escalations;

/// <summary>How those who are asked for help hear of it: a mention in the room, a message of their own, and what becomes of both.</summary>
internal static class EscalationCalls
{
    /// <summary>Asks them, and makes sure that it is looked at again when nobody answers.</summary>
    public static async Task AskAsync(CommandContext context, Escalation escalation, EscalationPolicy policy, EscalationStep step)
    {
        var isAgain = escalation.Steps.Any(s => s.Level == step.Level);
        escalation.Ask(step);
        var dueAt = step.At - (step.Late ?? TimeSpan.Zero);
        // Who gets no message of their own hears of it in the room alone.
        var isQuiet = isAgain && policy.QuietRepeats && step.Targets.All(t => t.ToPerson() is { } person && context.CanTell(person));
        context.SendToRoom(new PublishLive(LiveMessageKind.Escalation, Repost: !isQuiet, Number: escalation.Number, DueAt: dueAt, Step: escalation.Steps.Count));
        foreach (var person in step.Targets.Select(t => t.ToPerson()).OfType<Person>())
        {
            context.Invite(person);
            context.Tell(person, new PublishLive(LiveMessageKind.EscalationCall, Repost: true, Number: escalation.Number, To: person, DueAt: dueAt, Step: escalation.Steps.Count));
        }
        await context.RemindAsync(ReminderKind.Escalation, escalation.Number, context.Now + policy.Levels[step.Level - 1].Wait);
    }

    /// <summary>After its entries were corrected: it waits for an answer again, or does not any more.</summary>
    public static async Task ResumeAsync(CommandContext context, Escalation escalation)
    {
        if (escalation is { IsOpen: true, Steps.Count: > 0, ExhaustedAt: null } && context.Incident.IsOpen)
        {
            if (!await context.Db.Reminders.AnyAsync(r => r.IncidentNumber == context.Incident.Number && r.Kind == ReminderKind.Escalation && r.Subject == escalation.Number && r.State == ReminderState.Waiting))
                await context.RemindAsync(ReminderKind.Escalation, escalation.Number, context.Now + context.Policies.WaitOf(escalation));
        }
        else
        {
            await context.ForgetAsync(ReminderKind.Escalation, escalation.Number);
        }
        await RefreshAsync(context, escalation.Number);
    }

    /// <summary>Those of the incident that reached somebody in person, or are on their way to them.</summary>
    public static async Task<List<EscalationCall>> ListAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var sent = await context.Db.LiveMessages
            .Where(m => m.IncidentNumber == context.Incident.Number && m.Kind == LiveMessageKind.EscalationCall)
            .Select(m => new EscalationCall(m.Number, m.Step, m.Recipient))
            .ToListAsync(cancellationToken);
        var pending = await context.Db.Outbox.Where(m => m.IncidentNumber == context.Incident.Number && m.State == OutboxState.Pending).ToListAsync(cancellationToken);
        var coming = pending.Select(m => m.Operation).OfType<PublishLive>().Where(p => p is { Kind: LiveMessageKind.EscalationCall, Repost: true });
        return [.. sent, .. coming.Select(p => new EscalationCall(p.Number, p.Step, LiveMessage.RecipientOf(p.To)))];
    }

    public static Task<bool> WasAskedAsync(CommandContext context, EscalationPolicy policy) =>
        context.Db.Escalations.AnyAsync(e => e.IncidentNumber == context.Incident.Number && e.Policy == policy.Name);

    /// <summary>The outage is over: nobody is asked any more, also when it comes back.</summary>
    public static async Task EndAsync(CommandContext context)
    {
        var open = await context.Db.Escalations
            .Where(e => e.IncidentNumber == context.Incident.Number && e.State == EscalationState.Open)
            .ToListAsync();
        open.ForEach(e => e.Exhaust(context.Now));
        foreach (var escalation in open)
            await context.ForgetAsync(ReminderKind.Escalation, escalation.Number);
        await RefreshAsync(context);
    }

    /// <summary>Shows all who see it how it stands: without buttons once it was answered.</summary>
    public static Task RefreshAsync(CommandContext context, int? number = null) =>
        context.RefreshAsync([LiveMessageKind.Escalation, LiveMessageKind.EscalationCall], number);

    /// <summary>The request as it stands.</summary>
    /// <param name="to">Whose own message it is; null: the room's.</param>
    /// <param name="late">How much too late it is posted; null: as late as those were asked.</param>
    /// <returns>Whether it still asks for an answer.</returns>
    public static (ChatMessage Message, bool IsOpen) Compose(IncidentSnapshot snapshot, int number, Person? to, TimeSpan? late = null)
    {
        var incident = snapshot.Incident;
        var escalation = snapshot.Escalations.Single(e => e.Number == number);
        var asker = escalation.RequestedBy.Name;
        var what = $"{(to is null ? $" with {incident.Key}{incident.DrillMark}" : "")}{(escalation.Reason.Length == 0 ? "." : ": " + escalation.Reason)}";
        var footer = new ContextBlock(Footer(incident, escalation, late));
        // From there the person finds the room, after the answer as well.
        ChatBlock[] about = to is null
            ? [footer]
            : [new TextBlock(RichText.Format($"{RichText.Bold($"{incident.Key} {incident.Severity.ToText()}{incident.DrillMark}")} {incident.Title} · {new RoomSpan(incident.Number, incident.Key.ToLowerInvariant())}")), footer];
        if (Ending(incident, escalation, to) is { } ending)
            return (new ChatMessage([new TextBlock(RichText.Format($"{RichText.Bold(ending)} {asker} asked for help{what}")), .. about]), false);
        var request = to is null
            ? RichText.Format($"{Addressees(escalation)}, {asker} asks for your help{what}")
            : RichText.Format($"{asker} asks for your help{what}");
        ChatBlock[] toCall = to is null && ToCall(escalation) is { } whom ? [new TextBlock(whom)] : [];
        return (new ChatMessage([new TextBlock(request), .. toCall, .. about, Buttons(incident.Key, number)]), true);
    }

    public static ButtonsBlock Buttons(string incidentKey, int number) => new(
        new ChatButton("Acknowledge", $"/incident {incidentKey} ack {number}", IsPrimary: true),
        new ChatButton("Decline", $"/incident {incidentKey} decline {number}"));

    /// <summary>What an earlier message turns into when a newer one is below.</summary>
    /// <param name="to">Whose own message it is, who is always asked again; null: the room's.</param>
    public static ChatMessage Superseded(IncidentSnapshot snapshot, int number, Person? to)
    {
        var goesOn = to is null && snapshot.Escalations.Single(e => e.Number == number).Steps is [.., var before, var last] && before.Names != last.Names
            ? $"Asked next: {last.Names}, below."
            : "It is repeated below.";
        return ChatMessage.Of($"Escalation {number} of {snapshot.Incident.Key}{snapshot.Incident.DrillMark}: nobody had acknowledged it. {goesOn}");
    }

    /// <summary>Null as long as it asks for an answer.</summary>
    private static string? Ending(Incident incident, Escalation escalation, Person? to) => escalation.State switch
    {
        EscalationState.Acknowledged => $"Acknowledged by {escalation.AnsweredBy!.Name} after {After(escalation.TimeToAcknowledge!.Value)}.",
        EscalationState.Declined => $"Declined by {escalation.AnsweredBy!.Name}.",
        EscalationState.Withdrawn => "Withdrawn.",
        _ when !incident.IsOpen => $"No answer is needed any more: {incident.Key} is {incident.Status.ToText()}.",
        _ when to is not null && escalation.DeclinedIds.Contains(to.Id) => "You declined. Others are asked.",
        _ => null,
    };

    private static string After(TimeSpan duration) => duration < TimeSpan.FromMinutes(1) ? "less than a minute" : ZonedTime.FormatDuration(duration);

    private static RichText Addressees(Escalation escalation)
    {
        if (escalation.Steps.Count == 0)
            return RichText.Bold(escalation.Target);
        var names = new List<RichSpan>();
        foreach (var target in escalation.Steps[^1].Targets)
        {
            if (names.Count > 0)
                names.Add(new TextSpan(", "));
            names.Add(target.ToPerson() is { } person ? new MentionSpan(person) : new TextSpan(target.Name, TextStyle.Bold));
        }
        return new RichText(names);
    }

    /// <summary>What those in the room do for whom the chat does not know; null where it knows everybody.</summary>
    private static string? ToCall(Escalation escalation)
    {
        if (escalation.Steps is not [.., { Targets: var targets }])
            return null;
        var outside = targets.Where(t => t.Id is null).Select(t => t.Name).ToList();
        return outside.Count == 0 ? null : $"This chat does not reach {(outside.Count == targets.Count ? "them" : string.Join(" and ", outside))}: whoever can, please call, and acknowledge here for them.";
    }

    private static RichText Footer(Incident incident, Escalation escalation, TimeSpan? late = null)
    {
        var text = RichText.Format($"escalation {escalation.Number}{(escalation.Policy is null ? "" : $" to {escalation.Policy}")} · since {new InstantSpan(escalation.RequestedAt, incident.ZoneId)}");
        if (escalation.Steps is not [.., var last])
            return text;
        if (last.Level > 1 || last.Round > 1)
            text += $" · level {last.Level}{(last.Round > 1 ? $", round {last.Round}" : "")}";
        if (escalation.Steps.Count(s => s.Level == last.Level) is > 1 and var times)
            text += $" · asked {times} times";
        if (incident.IsOpen && escalation is { IsOpen: true, ExhaustedAt: not null })
            text += " · nobody is asked any more";
        return (late ?? last.Late) is { } by ? text + $" · {ReminderTexts.Late(by)}" : text;
    }
}
