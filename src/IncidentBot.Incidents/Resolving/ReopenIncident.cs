using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Escalations;
using IncidentBot.Incidents.Responding;

namespace IncidentBot.Incidents.Resolving;

/// <summary><c>/incident reopen [why]</c>: the outage came back.</summary>
public sealed record ReopenIncident(string Why) : Command
{
    internal override async Task<CommandAnswer> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var answer = context.AddOrRefuse(context.Incident.Reopen(Why, context.By, context.Now));
        if (answer.IsRefused)
            return answer;
        Announce(context, "is open again", Why);
        context.Incident.ExpectPostmortem(null);
        await SnoozeReminders.SnoozeAsync(context, null, cancellationToken);
        await RemindOfUpdate.BeginAsync(context);
        await CoverageNudge.BeginAsync(context);
        // Whoever took an answer back after the end has opened an escalation, too.
        await EscalationCalls.EndAsync(context);
        return answer;
    }

    /// <param name="what">Continues "INC-7 …".</param>
    internal static void Announce(CommandContext context, string what, string why) =>
        context.Announce(ChatMessage.Of(RichText.Bold($"{context.Incident.Key}{context.Incident.DrillMark} {what}") + $" ({context.Incident.Title})" + (why.Length == 0 ? "" : ": " + why)));
}

/// <summary><c>/incident cancel [why]</c>: it was a false alarm.</summary>
public sealed record CancelIncident(string Why) : Command
{
    internal override async Task<CommandAnswer> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var answer = context.AddOrRefuse(context.Incident.Cancel(Why, context.By, context.Now));
        if (answer.IsRefused)
            return answer;
        await EscalationCalls.EndAsync(context);
        ReopenIncident.Announce(context, "was a false alarm", Why);
        return answer;
    }
}
