using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Escalations;
using IncidentBot.Incidents.Resolving;
using IncidentBot.Incidents.Responding;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.Incidents.Timeline;

/// <summary>
/// <c>/timeline edit|move|kind|remove N …</c>. The entry keeps how it read before; where it states something about the incident,
/// the incident's header is made anew from what is left.
/// </summary>
public abstract record CorrectEntry(int Number) : Command
{
    internal override async Task<CommandAnswer> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var incident = context.Incident;
        var entry = await context.Db.Entries.SingleOrDefaultAsync(
            e => e.IncidentNumber == incident.Number && e.Number == Number, cancellationToken);
        if (entry is null || entry.IsRemoved)
        {
            var why = entry is null ? $"There is no entry #{Number} in {incident.Key}" : $"Entry #{Number} of {incident.Key} was removed";
            return CommandAnswer.Refused($"{why}. /timeline show lists the entries with their numbers.");
        }
        if (Correct(entry, context) is { } refusal)
            return CommandAnswer.Refused(refusal.Reason);
        if (!entry.Kind.IsFreeText())
        {
            await CorrectHeaderAsync(entry, context, cancellationToken);
            context.RefreshCard();
        }
        var done = RichText.Format($"#{Number} {Done(context)}");
        context.PostInRoom(RichText.Bold("Correction") + " " + done, "how it was before is kept");
        context.RefreshDraft();
        return context.Answer(RichText.Format($"{incident.Key}: {done}. How it was before is kept."));
    }

    /// <summary>Changes the entry, or says why not.</summary>
    protected abstract Refusal? Correct(TimelineEntry entry, CommandContext context);

    /// <summary>Continues "#7 …".</summary>
    protected abstract RichText Done(CommandContext context);

    private static async Task CorrectHeaderAsync(TimelineEntry entry, CommandContext context, CancellationToken cancellationToken)
    {
        var incident = context.Incident;
        EntryKind[] free = [EntryKind.Note, EntryKind.Action, EntryKind.Hypothesis, EntryKind.Misleading];
        // The corrected entry is tracked: the query hands back the same instance, changed.
        var facts = await context.Db.Entries
            .Where(e => e.IncidentNumber == incident.Number && !free.Contains(e.Kind))
            .ToListAsync(cancellationToken);
        var severity = incident.Severity;
        incident.Refold(facts);
        if (incident.IsOpen && incident.Severity != severity)
            await RemindOfUpdate.BeginAsync(context);
        await AskForMissingParts.ResumeAsync(context, cancellationToken);
        if (entry.Facts is EscalationFacts { Number: var number })
        {
            var escalation = await context.Db.Escalations.SingleAsync(
                e => e.IncidentNumber == incident.Number && e.Number == number, cancellationToken);
            escalation.Refold(facts.Where(e => e.Facts is EscalationFacts of && of.Number == number), context.By, context.Now);
            await EscalationCalls.ResumeAsync(context, escalation);
        }
        if (entry is { Facts: RoleFacts { Role: var role }, IsRemoved: true })
        {
            var last = facts.Where(e => !e.IsRemoved && e.Facts is RoleFacts of && of.Role == role).MaxBy(e => e.Number);
            await AssignRole.PassOnAsync(context, role, (last?.Facts as RoleFacts)?.Holder, cancellationToken);
        }
    }
}

public sealed record EditEntry(int Number, string Text) : CorrectEntry(Number)
{
    protected override Refusal? Correct(TimelineEntry entry, CommandContext context)
    {
        var instead = entry.Kind switch
        {
            EntryKind.Role => "/incident role commander|comms|scribe @user",
            EntryKind.Started => "/incident started TIME",
            _ => null,
        };
        if (instead is not null)
            return new Refusal($"#{Number} has no text of its own to edit. To correct what it says: {instead}");
        entry.Edit(Text, context.By, context.Now);
        return null;
    }

    protected override RichText Done(CommandContext context) => RichText.Format($"now reads: {Text}");
}

public sealed record MoveEntry(int Number, DateTimeOffset At) : CorrectEntry(Number)
{
    protected override Refusal? Correct(TimelineEntry entry, CommandContext context)
    {
        entry.Move(At, context.By, context.Now);
        return null;
    }

    protected override RichText Done(CommandContext context) => RichText.Format($"is now at {new InstantSpan(At, context.Incident.ZoneId)}");
}

public sealed record ChangeEntryKind(int Number, EntryKind Kind) : CorrectEntry(Number)
{
    protected override Refusal? Correct(TimelineEntry entry, CommandContext context)
    {
        if (!entry.Kind.IsFreeText())
        {
            return new Refusal($"#{Number} records \"{entry.Kind.ToText()}\", which is not a matter of kind. "
                + "Only note, action, hypothesis and misleading entries can change their kind.");
        }
        entry.ChangeKind(Kind, context.By, context.Now);
        context.Incident.TakeBackNone(Kind);
        return null;
    }

    protected override RichText Done(CommandContext context) => $"is now of the kind {Kind.ToText()}";
}

public sealed record RemoveEntry(int Number) : CorrectEntry(Number)
{
    protected override Refusal? Correct(TimelineEntry entry, CommandContext context)
    {
        var instead = entry.Kind switch
        {
            EntryKind.Declared => $"#{Number} declares the incident. A false alarm is closed with /incident cancel <why>.",
            EntryKind.Resolved when !context.Incident.IsOpen => $"#{Number} ends the outage. If it goes on: /incident reopen <why>",
            EntryKind.Reopened or EntryKind.Cancelled => $"#{Number} changed the state of the incident and stays; its text can be edited: /timeline edit {Number} <text>",
            _ => null,
        };
        if (instead is not null)
            return new Refusal(instead);
        entry.Remove(context.By, context.Now);
        return null;
    }

    protected override RichText Done(CommandContext context) => "was removed";
}
