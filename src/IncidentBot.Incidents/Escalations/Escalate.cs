using IncidentBot.Incidents.Commands;

namespace IncidentBot.Incidents.Escalations;

/// <summary><c>/incident escalate @user|@team|"name" [reason]</c>: asks for help, tracked until somebody answers.</summary>
/// <param name="Target">Without <c>@</c>; may be the name of a policy.</param>
/// <param name="TargetPerson">Null for a policy, a team or a name that the chat does not know.</param>
public sealed record Escalate(string Target, Person? TargetPerson, string Reason) : Command
{
    internal override async Task<CommandAnswer> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var incident = context.Incident;
        var policy = TargetPerson is null ? context.Policies.Find(Target) : null;
        if (!(await AskAsync(context, policy, context.By)).Succeeded(out var asked, out var refusal))
            return CommandAnswer.Refused(refusal.Reason);
        var (escalation, number) = asked;
        var whom = policy is null ? Target : $"{policy.Name} ({escalation.Steps[^1].Names})";
        return context.Answer(
            $"Recorded as #{number} of {incident.Key}: escalation {escalation.Number} to {whom}, open until it is acknowledged or declined.{(TargetPerson is null && policy is null ? NobodyByThatName(context) : "")}{OnlyOne()}") with { ShownIn = incident.Room };
    }

    /// <summary>Who names several is told that the others are part of the reason.</summary>
    private string OnlyOne() => !Reason.StartsWith('@') ? "" : $" Only {Target} is asked: for {Reason.Split(' ')[0]} type a request of their own.";

    /// <summary>A misspelt name, or a team that the room calls by telephone.</summary>
    private static string NobodyByThatName(CommandContext context) =>
        $" The chat knows nobody by that name, so only the room is told.{(context.Policies.All.Count == 0 ? "" : $" Policies: {string.Join(", ", context.Policies.All.Select(p => p.Name))}.")}";

    /// <summary>Pages what is configured for that severity, unless it was paged for this incident already.</summary>
    /// <param name="how">How it came to have it: <c>declared as</c>.</param>
    /// <returns>Follows the answer: who was paged.</returns>
    internal static async Task<string> PageAsync(CommandContext context, Severity severity, string how)
    {
        var paged = "";
        foreach (var policy in context.Policies.PagedOn(severity))
        {
            if (!await EscalationCalls.WasAskedAsync(context, policy)
                && (await new Escalate(policy.Name, null, $"{how} {severity.ToText()}").AskAsync(context, policy, context.Bot)).Succeeded(out var asked, out _))
                paged += $" Policy {policy.Name} is paged: escalation {asked.Escalation.Number} asks {asked.Escalation.Steps[^1].Names}.";
        }
        return paged;
    }

    private async Task<Outcome<(Escalation Escalation, int EntryNumber)>> AskAsync(CommandContext context, EscalationPolicy? policy, Person by)
    {
        if (!context.Incident.Escalate(policy?.Name ?? Target, TargetPerson, policy?.Name, Reason, by, context.Now).Succeeded(out var asked, out var refusal))
            return refusal;
        var (escalation, entry) = asked;
        context.Db.Add(escalation);
        context.Add(entry);
        policy ??= context.Policies.Direct(TargetPerson is null ? new EscalationTarget(Target, null, null) : new EscalationTarget(TargetPerson.Name, TargetPerson.Platform, TargetPerson.Id));
        await EscalationCalls.AskAsync(context, escalation, policy, new EscalationStep(1, 1, policy.Levels[0].Targets, context.Now));
        return (escalation, entry.Number);
    }
}
