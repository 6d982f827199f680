using IncidentBot.Incidents.Commands.Values;
using IncidentBot.Incidents.Escalations;
using IncidentBot.Incidents.Outbox;
using IncidentBot.Incidents.Store;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.Incidents.Commands;

/// <summary>
/// Which incident a command is about: the one it names, the one of the room, or the only open one declared there. A private
/// incident is known in its own room, and to whoever declared it, was asked for help with it or has a task of it, by name.
/// </summary>
internal static class IncidentFinder
{
    private const int MostListed = 10;
    private const int LongestTitle = 80;

    /// <summary>
    /// Compiled: nearly every command asks it, on the one thread that writes. It is compiled once, by whoever asks first: were that one
    /// who only reads, and whose context tracks nothing, no change of an incident would ever be saved.
    /// </summary>
    private static readonly Func<IncidentDbContext, Conversation, IAsyncEnumerable<Incident>> OpenInRoom = EF.CompileAsyncQuery(
        (IncidentDbContext db, Conversation room) => db.Incidents
            .AsTracking()
            .Where(i => i.Room == room)
            .Where(Incident.AreOpen)
            .OrderByDescending(i => i.Number)
            .Take(MostListed));

    /// <param name="group">The slash command that is shown with an incident named.</param>
    /// <param name="channelOf">The channel that a conversation belongs to; incidents count as declared in all of it.</param>
    public static async Task<Outcome<Incident>> FindAsync(
        IncidentDbContext db,
        int? number,
        string group,
        Conversation conversation,
        Func<Conversation, Conversation> channelOf,
        Person by,
        CancellationToken cancellationToken)
    {
        if (number is not null)
        {
            var named = await db.Incidents.SingleOrDefaultAsync(i => i.Number == number, cancellationToken);
            return named is not null && (!named.IsPrivate || named.Room == conversation || await MayKnowAsync(db, named, by, cancellationToken))
                ? named
                : new Refusal($"There is no INC-{number}. /incident list all shows the incidents there are.");
        }
        // A platform without rooms has several incidents in one place: the open one counts, and after it the latest.
        var open = await OpenInRoom(db, conversation).ToListAsync(cancellationToken);
        if (open.Count == 0 && await db.Incidents.Where(i => i.Room == conversation).OrderByDescending(i => i.Number).FirstOrDefaultAsync(cancellationToken) is { } latest)
            return latest;
        if (open.Count == 0)
        {
            open = await OpenAsync(db.Incidents.Where(i => i.Origin == conversation && !i.IsPrivate), cancellationToken);
            if (open.Count == 0 && channelOf(conversation) is var channel && channel != conversation)
                open = [.. (await Open(db.Incidents.Where(i => !i.IsPrivate)).ToListAsync(cancellationToken)).Where(i => channelOf(i.Origin) == channel).Take(MostListed)];
        }
        return open switch
        {
            [var only] => only,
            [] => await NoneAsync(db, group, conversation, cancellationToken),
            _ => new Refusal($"Several incidents are open here: {Names(open)}. Name the one you mean: /{group} {open[0].Key} …"),
        };
    }

    /// <summary>The one with which somebody was asked for help in a message of their own, who answers without naming it.</summary>
    /// <returns>Null where the bot asks them nothing, and in the room of an incident.</returns>
    public static async Task<Outcome<Incident>?> FindAskedAsync(
        IncidentDbContext db, AnswerEscalation answer, Conversation conversation, Person by, CancellationToken cancellationToken)
    {
        if (await Open(db.Incidents.Where(i => i.Room == conversation)).AnyAsync(cancellationToken))
            return null;
        var recipient = LiveMessage.RecipientOf(by);
        var asked = await (
            from call in db.LiveMessages
            where call.Kind == LiveMessageKind.EscalationCall && call.Recipient == recipient
            join escalation in db.Escalations on new { call.IncidentNumber, call.Number } equals new { escalation.IncidentNumber, escalation.Number }
            join incident in Open(db.Incidents) on call.IncidentNumber equals incident.Number
            where escalation.State == EscalationState.Open
            orderby incident.Number descending, escalation.Number
            select new { Escalation = escalation, Incident = incident }).ToListAsync(cancellationToken);
        // Who declined and changes their mind can be meant only where nothing else waits for them.
        if (asked.FindAll(a => !a.Escalation.DeclinedIds.Contains(by.Id)) is { Count: > 0 } waiting)
            asked = waiting;
        if (asked.FindAll(a => a.Escalation.Number == answer.Number) is { Count: > 0 } numbered)
            asked = numbered;
        if (asked.Count == 0)
            return null;
        if (asked.Count == 1 || (answer.Number is not null && asked.TrueForAll(a => a.Incident == asked[0].Incident)))
            return asked[0].Incident;
        var verb = answer.IsAcknowledged ? "ack" : "decline";
        var ways = asked.Take(MostListed).Select(a => $"{a.Incident.Key} ({Title(a.Incident)}): /incident {a.Incident.Key} {verb} {a.Escalation.Number}");
        return new Refusal($"Several requests wait for your answer. Say which: {string.Join("; ", ways)}");
    }

    /// <summary>Whether somebody knows of a private incident wherever they are: they answer from the personal message that asked or reminded them.</summary>
    private static async Task<bool> MayKnowAsync(IncidentDbContext db, Incident incident, Person by, CancellationToken cancellationToken) =>
        incident.DeclaredBy.IsSameAs(by)
        || await db.Escalations.AnyAsync(e => e.IncidentNumber == incident.Number && e.TargetPersonId == by.Id && e.State != EscalationState.Withdrawn, cancellationToken)
        || await WasCalledAsync(db, incident, LiveMessage.RecipientOf(by), cancellationToken)
        || await HasTaskAsync(db, incident, by, cancellationToken);

    /// <summary>By a policy, or as a member of a group.</summary>
    private static Task<bool> WasCalledAsync(IncidentDbContext db, Incident incident, string recipient, CancellationToken cancellationToken) =>
        db.LiveMessages.AnyAsync(m => m.IncidentNumber == incident.Number && m.Kind == LiveMessageKind.EscalationCall && m.Recipient == recipient, cancellationToken);

    private static Task<List<Incident>> OpenAsync(IQueryable<Incident> incidents, CancellationToken cancellationToken) =>
        Open(incidents).Take(MostListed).ToListAsync(cancellationToken);

    private static IQueryable<Incident> Open(IQueryable<Incident> incidents) => incidents.Where(Incident.AreOpen).OrderByDescending(i => i.Number);

    private static async Task<Refusal> NoneAsync(IncidentDbContext db, string group, Conversation conversation, CancellationToken cancellationToken)
    {
        var visible = db.Incidents.Where(i => !i.IsPrivate);
        var open = await OpenAsync(visible, cancellationToken);
        if (open.Count > 0)
            return new Refusal($"No open incident was declared here. Open elsewhere: {Names(open)}. Name the one you mean: /{group} {open[0].Key} …");
        var last = await visible.Where(i => i.Origin == conversation).OrderByDescending(i => i.Number).FirstOrDefaultAsync(cancellationToken);
        return new Refusal(last is null
            ? "No incident is open. Declare one: /incident start sev2 Checkout answers 500"
            : $"No incident is open. The latest one declared here is {last.Key} ({Title(last)}), which is {last.Status.ToText()}: "
                + $"go to its room or name it, as in /{group} {last.Key} …");
    }

    /// <summary>Who answers from the personal message that reminded them of it.</summary>
    private static Task<bool> HasTaskAsync(IncidentDbContext db, Incident incident, Person by, CancellationToken cancellationToken) =>
        db.ActionItems.AnyAsync(
            t => t.IncidentNumber == incident.Number && t.OwnerId == by.Id && (t.OwnerPlatform ?? t.CreatedBy.Platform) == by.Platform, cancellationToken);

    private static string Names(List<Incident> incidents) => string.Join(", ", incidents.Select(i => $"{i.Key} ({Title(i)})"));

    private static string Title(Incident incident) => TypedText.Shorten(incident.Title, LongestTitle);
}
