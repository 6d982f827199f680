using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;

namespace IncidentBot.Incidents.Escalations;

/// <summary><c>/incident escalate @user|@team|"name" [reason]</c>: asks for help, tracked until somebody answers.</summary>
/// <param name="Target">Without <c>@</c>.</param>
/// <param name="TargetPerson">Null for a team or a name that the chat does not know.</param>
public sealed record Escalate(string Target, Person? TargetPerson, string Reason) : Command
{
    internal override Task<CommandAnswer> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var incident = context.Incident;
        if (!incident.Escalate(Target, TargetPerson?.Id, Reason, context.By, context.Now).Succeeded(out var asked, out var refusal))
            return Task.FromResult(CommandAnswer.Refused(refusal.Reason));
        var (escalation, entry) = asked;
        context.Db.Add(escalation);
        context.Add(entry);
        var request = Request(incident, escalation, context.By);
        if (TargetPerson is not null)
            context.Call(TargetPerson, InPrivate(incident, escalation, context.By));
        context.PostInRoom(request);
        return Task.FromResult(context.Answer(
            $"Recorded as #{entry.Number} of {incident.Key}: escalation {escalation.Number} to {Target}, open until it is acknowledged or declined.") with { ShownIn = incident.Room });
    }

    /// <summary>For somebody who has perhaps never heard of the incident.</summary>
    private ChatMessage InPrivate(Incident incident, Escalation escalation, Person by) => new(
        new TextBlock(RichText.Format($"{by.Name} asks for your help{(Reason.Length == 0 ? "." : ": " + Reason)}")),
        new TextBlock(RichText.Format($"{RichText.Bold($"{incident.Key} {incident.Severity.ToText()}{incident.DrillMark}")} {incident.Title} · {new RoomSpan(incident.Number, incident.Key.ToLowerInvariant())}")),
        Buttons(incident, escalation));

    private static ButtonsBlock Buttons(Incident incident, Escalation escalation) => new(
        new ChatButton("Acknowledge", $"/incident {incident.Key} ack {escalation.Number}", IsPrimary: true),
        new ChatButton("Decline", $"/incident {incident.Key} decline {escalation.Number}"));

    private ChatMessage Request(Incident incident, Escalation escalation, Person by)
    {
        RichText target = TargetPerson is null ? RichText.Bold(Target) : new RichText([new MentionSpan(TargetPerson)]);
        var reason = Reason.Length == 0 ? "." : ": " + Reason;
        return new ChatMessage(
            new TextBlock(RichText.Format($"{target}, {by.Name} asks for your help with {incident.Key}{(incident.IsDrill ? " (drill)" : "")}{reason}")),
            Buttons(incident, escalation));
    }
}
