using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Reminders;
using IncidentBot.Incidents.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.Incidents.Escalations;

/// <summary>Nobody acknowledged an escalation in time: the same are asked again, or those of the policy's next level, or nobody is left.</summary>
internal sealed class FollowUpEscalation(RemindersOptions options) : ReminderRule
{
    /// <summary>The note of a reminder after which nobody is left to ask.</summary>
    public const string Unanswered = "unanswered";

    public override ReminderKind Kind => ReminderKind.Escalation;

    public override TimeSpan StaleAfter => options.StaleAfter;

    public override async Task<bool> IsNeededAsync(CommandContext context, Reminder reminder, CancellationToken cancellationToken) =>
        context.Incident.IsOpen && (await FindAsync(context, reminder, cancellationToken)).IsOpen;

    public override async Task FireAsync(CommandContext context, Reminder reminder, CancellationToken cancellationToken)
    {
        var escalation = await FindAsync(context, reminder, cancellationToken);
        var policy = context.Policies.Of(escalation);
        var late = ReminderTexts.Lateness(reminder, context.Now);
        if (policy is not null && escalation.Next(policy, context.Now, late) is { } next)
            await AskNextAsync(context, escalation, next);
        else
        {
            await GiveUpAsync(context, escalation);
            reminder.End(ReminderState.Fired, context.Now, Unanswered);
        }
    }

    /// <summary>To ask hours later makes no sense, but whoever asked must not go on waiting.</summary>
    public override async Task FollowAsync(CommandContext context, Reminder reminder, CancellationToken cancellationToken)
    {
        if (reminder.State is ReminderState.Stale or ReminderState.Failed)
            await GiveUpAsync(context, await FindAsync(context, reminder, cancellationToken));
    }

    public override RichText Describe(Reminder reminder) => $"that nobody has acknowledged escalation {reminder.Subject}";

    /// <summary>Asks those, writes it down, and shows it.</summary>
    /// <param name="declinedBy">Whoever made way for them; null: nobody answered in time.</param>
    public static async Task AskNextAsync(CommandContext context, Escalation escalation, EscalationStep next, Person? declinedBy = null)
    {
        var isAgain = escalation.Steps.Any(s => s.Level == next.Level);
        Record(context, escalation, new FollowUpFacts(escalation.Number, escalation.Target, next.Names, next.Level, isAgain, declinedBy?.Name));
        await EscalationCalls.AskAsync(context, escalation, context.Policies.Of(escalation)!, next);
    }

    private static async Task GiveUpAsync(CommandContext context, Escalation escalation)
    {
        var incident = context.Incident;
        escalation.Exhaust(context.Now);
        Record(context, escalation, new FollowUpFacts(escalation.Number, escalation.Target, "", 0, IsAgain: false));
        await EscalationCalls.RefreshAsync(context, escalation.Number);
        TellAsker(context, escalation, RichText.Bold("nobody has acknowledged")
            + RichText.Format($" escalation {escalation.Number} of {incident.Key}{incident.DrillMark} to {escalation.Target} since {new InstantSpan(escalation.RequestedAt, incident.ZoneId)}{AskedText(escalation)}."));
    }

    /// <summary>Whoever asked, or whose incident it is where the bot did, has to ask somebody else.</summary>
    /// <param name="what">Follows their name.</param>
    public static void TellAsker(CommandContext context, Escalation escalation, RichText what)
    {
        var incident = context.Incident;
        var asker = escalation.RequestedBy.Id == context.Bot.Id ? incident.DeclaredBy : escalation.RequestedBy;
        context.PostInRoom(new ChatMessage(
            new TextBlock(RichText.Format($"{asker}, ") + what + " Ask somebody else:"),
            new TextBlock(RichText.Code($"/incident {incident.Key} escalate @name reason"))));
    }

    private static string AskedText(Escalation escalation) => escalation switch
    {
        { Policy: not null } => $", although these were asked: {string.Join(", ", escalation.Steps.SelectMany(s => s.Targets).Select(t => t.ToString()).Distinct())}",
        { Steps: [{ Targets: [{ Id: null }] }, ..] } => ", although the room was asked to call them",
        { Steps.Count: > 1 and var times } => $", although they were asked {times} times",
        _ => "",
    };

    private static void Record(CommandContext context, Escalation escalation, FollowUpFacts facts)
    {
        // The room is told by the request itself, which is said again.
        context.Db.Add(context.Incident.Record(EntryKind.FollowUp, context.Now, "", facts, context.Bot, context.Now));
        context.RefreshCard();
        context.RefreshDraft();
    }

    private static Task<Escalation> FindAsync(CommandContext context, Reminder reminder, CancellationToken cancellationToken) =>
        context.Db.Escalations.SingleAsync(e => e.IncidentNumber == reminder.IncidentNumber && e.Number == reminder.Subject, cancellationToken);
}
