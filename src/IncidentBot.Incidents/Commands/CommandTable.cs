using System.Collections.Frozen;
using IncidentBot.Incidents.Commands.Values;
using IncidentBot.Incidents.Resolving;
using IncidentBot.Incidents.Timeline;

namespace IncidentBot.Incidents.Commands;

/// <summary>Every command there is. Reading, help, completion and "did you mean" all come from here.</summary>
public static class CommandTable
{
    public const string Incident = "incident";
    public const string Timeline = "timeline";

    public static IReadOnlyList<CommandDefinition> All { get; } =
    [
        Define(Incident, "start", ["declare", "open", "new"], "[sev1..sev4] <title> [--service NAME]… [--at TIME] [--private] [--drill]",
            "Declares an incident; --at is when the impact began. Without a severity it is sev3; with no title it opens a form.",
            "start sev2 Checkout answers 500 --service checkout --at 09:05 UTC", CommandSyntax.Start),
        Define(Incident, "detected", [], "[at TIME] [by monitoring|engineer|customer|other] <how>",
            "When and how it was noticed.",
            "detected at 09:12 by monitoring error-rate alert fired", CommandSyntax.Detected),
        Define(Incident, "impact", [], "[--service NAME]… [--users 30%] <what users experience>",
            "What users experience. Used again, it corrects what was said before.",
            "impact --service checkout --users 30% Payments fail with an error page", CommandSyntax.Impact),
        Define(Incident, "status", [], "investigating|identified|monitoring [text]",
            "The step that the response has reached.",
            "status identified the new release leaks connections", CommandSyntax.Status),
        Define(Incident, "severity", ["sev"], "sev1..sev4 [why]",
            "Changes the severity; sev1 is the worst.",
            "severity sev1 nobody can pay any more", CommandSyntax.Severity),
        Define(Incident, "role", [], "commander|comms|scribe @user",
            "Assigns a role; lead is the commander.",
            "role commander @maria", CommandSyntax.Role),
        Define(Incident, "update", [], "<text>",
            "A status update for stakeholders, also posted where incidents are announced.",
            "update We know the cause; payments will work again within 20 minutes", CommandSyntax.Update),
        Define(Incident, "escalate", ["page"], "@user|@team|\"name\" [reason]",
            "Asks somebody for help; tracked until it is acknowledged or declined. Removing its entry withdraws it.",
            "escalate @li we need somebody who knows the payment gateway", CommandSyntax.Escalate),
        Define(Incident, "ack", [], "[N]",
            "Acknowledges escalation N, or the one addressed to you.",
            "ack", CommandSyntax.AnswerEscalation(isAcknowledged: true)),
        Define(Incident, "decline", [], "[N] [reason]",
            "Declines escalation N, or the one addressed to you.",
            "decline 1 I am on a plane", CommandSyntax.AnswerEscalation(isAcknowledged: false)),
        Define(Incident, "escalations", [], "",
            "Lists the escalations that wait for an answer, and since when.",
            "escalations", (_, _) => new Escalations.ListEscalations()),
        Define(Incident, "snooze", [], "20m|off",
            "No reminders of the outage for so long, at most a day; escalations go on. With off they come again at once.",
            "snooze 20m", CommandSyntax.Snooze),
        Define(Incident, "started", [], "TIME",
            "Corrects when the impact began.",
            "started 08:55 UTC", CommandSyntax.Started),
        Define(Incident, "resolve", [], "[how it was resolved]",
            "Ends the outage, posts the draft of the postmortem and asks for what it lacks.",
            "resolve rolled back to release 41", CommandSyntax.Resolve),
        Define(Incident, "cause", [], "<text>",
            "The root cause, in detail.",
            "cause Release 42 opened a connection for each request and never closed it", CommandSyntax.Answer(AnswerKind.RootCause)),
        Define(Incident, "fix", ["resolution"], "<text>",
            "How it was fixed, in detail.",
            "fix Rolled back to release 41, which took effect at 09:40 UTC", CommandSyntax.Answer(AnswerKind.Fix)),
        Define(Incident, "improve", [], "<text>",
            "Something that can be improved, broadly.",
            "improve Nothing warns us before the connections run out", CommandSyntax.Answer(AnswerKind.Improvement)),
        Define(Incident, "task", ["todo", "action-item"], "<text> [@owner] [due DATE]  |  done N  |  due N DATE  |  owner N @user  |  not-mine N  |  list",
            "A corrective or preventative task; the others complete one, move its date, pass it on, give it back, and show them all.",
            "task Raise an alert at 80% of the connections @li due friday", CommandSyntax.Task),
        Define(Incident, "none", [], "misleading|escalations",
            "States that there were none, so that the draft may say so.",
            "none misleading", CommandSyntax.None),
        Define(Incident, "waive", [], "cause|fix|impact|tasks <reason>",
            "Says why a part cannot be told: nobody is asked for it any more. Recorded after all, it counts.",
            "waive impact the logs of that day are gone", CommandSyntax.Waive),
        Define(Incident, "postmortem", [], "",
            "Posts the current draft and what it still lacks.",
            "postmortem", (_, _) => new Postmortems.ShowPostmortem()),
        Define(Incident, "due", [], "DATE",
            "Moves the day by which the postmortem is to be complete.",
            "due next friday", CommandSyntax.Due),
        Define(Incident, "reopen", [], "[why]",
            "The outage came back.",
            "reopen errors are back since 10:20", CommandSyntax.Reopen),
        Define(Incident, "cancel", [], "[why]",
            "It was a false alarm.",
            "cancel the probe itself was broken", CommandSyntax.Cancel),
        Define(Incident, "list", [], "[open|resolved|all]",
            "Lists incidents; open ones if nothing is said.",
            "list all", CommandSyntax.List),
        Define(Incident, "show", [], "[INC-7]",
            "Shows one incident at a glance.",
            "show INC-7", CommandSyntax.Show),
        Define(Incident, "help", [], "[topic]",
            "This help; topics are the commands, timeline, times and values.",
            "help escalate", CommandSyntax.Help),

        Define(Timeline, "note", [], "[at TIME] <text>",
            "Anything worth remembering.",
            "note at 09:20 the error rate is at 40%", CommandSyntax.Entry(EntryKind.Note)),
        Define(Timeline, "action", ["investigated", "did"], "[at TIME] <text>",
            "What was investigated or changed.",
            "action at 09:25 restarted the API servers", CommandSyntax.Entry(EntryKind.Action)),
        Define(Timeline, "hypothesis", ["assumption", "suspect"], "[at TIME] <text>",
            "An assumption about the root cause.",
            "hypothesis the new release leaks connections", CommandSyntax.Entry(EntryKind.Hypothesis)),
        Define(Timeline, "misleading", ["deadend", "dead-end"], "[at TIME] <text>",
            "A debugging path that led nowhere.",
            "misleading at 09:31 restarted the payment gateway, errors went on", CommandSyntax.Entry(EntryKind.Misleading)),
        Define(Timeline, "show", [], "",
            "Lists the entries with their numbers.",
            "show", CommandSyntax.ShowTimeline),
        Define(Timeline, "edit", [], "N <text>",
            "Replaces the text of entry N; the earlier text is kept.",
            "edit 3 Looked at the web host, not the database host", CommandSyntax.Edit),
        Define(Timeline, "move", [], "N TIME",
            "Corrects when entry N happened.",
            "move 3 09:22", CommandSyntax.Move),
        Define(Timeline, "kind", [], "N KIND",
            "Makes entry N a note, action, hypothesis or misleading path.",
            "kind 3 misleading", CommandSyntax.Kind),
        Define(Timeline, "remove", [], "N",
            "Takes entry N out of the timeline; it is kept, marked as removed.",
            "remove 3", CommandSyntax.Remove),
        Define(Timeline, "help", [], "[topic]",
            "This help.",
            "help", (reader, _) => new ShowHelp(reader.AtEnd ? Timeline : reader.TakeRest())),
    ];

    /// <summary>The names of the entry kinds that a person chooses, with their aliases.</summary>
    internal static FrozenDictionary<string, EntryKind> EntryKindNames { get; } = All
        .Where(d => d.Group == Timeline && Enum.TryParse<EntryKind>(d.Name, ignoreCase: true, out _))
        .SelectMany(d => d.Names.Select(name => (Name: name, Kind: Enum.Parse<EntryKind>(d.Name, ignoreCase: true))))
        .ToFrozenDictionary(x => x.Name, x => x.Kind, StringComparer.OrdinalIgnoreCase);

    public static CommandDefinition? Find(string group, string name) =>
        All.FirstOrDefault(d => d.Group == group && d.Names.Contains(name, StringComparer.OrdinalIgnoreCase));

    private static CommandDefinition Define(
        string group,
        string name,
        IReadOnlyList<string> aliases,
        string usage,
        string summary,
        string example,
        Func<ArgumentReader, CommandReading, Outcome<Command>> read) =>
        new(group, name, aliases, usage, summary, $"/{group} {example}", read);
}
