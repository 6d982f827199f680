using IncidentBot.Incidents.ActionItems;
using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Commands.Values;
using IncidentBot.Incidents.Declaring;
using IncidentBot.Incidents.Escalations;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.Incidents.Overview;

/// <summary>What one person has to look at: open incidents, escalations that wait for an answer, tasks to do.</summary>
public sealed record ShowHome : Command
{
    /// <summary>Of each list. With <see cref="LongestText"/> all of it is within what platforms show at once: a hundred parts.</summary>
    private const int Most = 15;

    private const int LongestText = 300;

    /// <summary>The platform's ids of the teams that the person belongs to.</summary>
    public IReadOnlyCollection<string> TeamIds { get; init; } = [];

    internal override bool IsAboutIncident => false;

    internal override bool OnlyReads => true;

    internal override async Task<CommandAnswer> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var db = context.Db;
        var open = await db.Incidents
            .Where(Incident.AreOpen)
            .OrderByDescending(i => i.Number)
            .ToListAsync(cancellationToken);
        var escalations = await db.Escalations.Where(e => e.State == EscalationState.Open).OrderBy(e => e.RequestedAt).ToListAsync(cancellationToken);
        var tasks = await db.ActionItems.Where(t => t.DoneAt == null && t.Owner != null).OrderBy(t => t.Due == null).ThenBy(t => t.Due).ToListAsync(cancellationToken);
        var visible = open.Where(i => !i.IsPrivate || i.DeclaredBy.IsSameAs(context.By)).ToList();

        var blocks = new List<ChatBlock> { new HeadingBlock("Open incidents") };
        blocks.Add(visible.Count == 0 ? new TextBlock("None.") : new ListBlock([.. visible.Take(Most).Select(i => ListIncidents.Line(i, context))]));
        if (visible.Count > Most)
            blocks.Add(More(visible.Count - Most, "/incident list open"));
        blocks.Add(new ButtonsBlock(new ChatButton("Declare an incident", OpensForm: new FormReference(DeclareForm.Id, null))));
        blocks.Add(new HeadingBlock("Waiting for your answer"));
        blocks.AddRange(Each(
            [.. escalations.Where(e => open.Any(i => i.Number == e.IncidentNumber) && IsAsked(e, context.By))],
            e => Describe(e, context),
            e => $"/incident show INC-{e.IncidentNumber}"));
        blocks.Add(new HeadingBlock("Your tasks"));
        blocks.AddRange(Each([.. tasks.Where(t => t.IsOwnedBy(context.By))], Describe, t => $"/incident INC-{t.IncidentNumber} task list"));
        return new CommandAnswer(new ChatMessage(blocks));
    }

    private bool IsAsked(Escalation escalation, Person person) =>
        !escalation.DeclinedIds.Contains(person.Id)
        && (escalation.IsAddressedTo(person)
            || (escalation.TargetPersonId is { } target && TeamIds.Contains(target))
            || escalation.Steps.Any(s => s.Targets.Any(t => t.Id is { } id && TeamIds.Contains(id))));

    /// <param name="find">The command that shows an item elsewhere.</param>
    private static List<ChatBlock> Each<T>(List<T> items, Func<T, ChatBlock[]> describe, Func<T, string> find)
    {
        if (items.Count == 0)
            return [new TextBlock("Nothing.")];
        var blocks = items.Take(Most).SelectMany(describe).ToList();
        if (items.Count > Most)
            blocks.Add(More(items.Count - Most, find(items[Most])));
        return blocks;
    }

    private static ContextBlock More(int count, string command) => new($"and {count} more: {command}");

    private static ChatBlock[] Describe(Escalation escalation, CommandContext context)
    {
        var key = $"INC-{escalation.IncidentNumber}";
        var reason = escalation.Reason.Length == 0 ? "" : ": " + TypedText.Shorten(escalation.Reason, LongestText);
        return
        [
            new TextBlock(RichText.Bold(key) + $" {escalation.RequestedBy.Name} asks for your help since {context.Show(escalation.RequestedAt)}{reason}"),
            EscalationCalls.Buttons(key, escalation.Number),
        ];
    }

    private static ChatBlock[] Describe(ActionItem task)
    {
        var key = $"INC-{task.IncidentNumber}";
        return
        [
            new TextBlock(RichText.Bold(key) + $" {ListActionItems.Describe(task, LongestText)}"),
            new ButtonsBlock(new ChatButton("Done", $"/incident {key} task done {task.Number}")),
        ];
    }
}
