using IncidentBot.Incidents.ActionItems;
using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Declaring;
using IncidentBot.Incidents.Escalations;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.Incidents.Overview;

/// <summary>What one person has to look at: open incidents, escalations that wait for an answer, tasks to do.</summary>
public sealed record ShowHome : Command
{
    private const int Most = 20;

    /// <summary>The platform's ids of the teams that the person belongs to.</summary>
    public IReadOnlyCollection<string> TeamIds { get; init; } = [];

    internal override bool IsAboutIncident => false;

    internal override bool OnlyReads => true;

    internal override async Task<CommandAnswer> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var db = context.Db;
        var open = await db.Incidents
            .Where(i => i.Status != IncidentStatus.Resolved && i.Status != IncidentStatus.Cancelled)
            .OrderByDescending(i => i.Number)
            .ToListAsync(cancellationToken);
        var escalations = await db.Escalations.Where(e => e.State == EscalationState.Open).OrderBy(e => e.RequestedAt).ToListAsync(cancellationToken);
        var tasks = await db.ActionItems.Where(t => t.DoneAt == null && t.Owner != null).OrderBy(t => t.Due == null).ThenBy(t => t.Due).ToListAsync(cancellationToken);
        var visible = open.Where(i => !i.IsPrivate || i.DeclaredBy.IsSameAs(context.By)).Take(Most).ToList();

        var blocks = new List<ChatBlock> { new HeadingBlock("Open incidents") };
        blocks.Add(visible.Count == 0 ? new TextBlock("None.") : new ListBlock([.. visible.Select(i => ListIncidents.Line(i, context))]));
        blocks.Add(new ButtonsBlock(new ChatButton("Declare an incident", OpensForm: new FormReference(DeclareForm.Id, null))));
        blocks.Add(new HeadingBlock("Waiting for your answer"));
        blocks.AddRange(Each(escalations.Where(e => e.IsAddressedTo(context.By) || (e.TargetPersonId is { } target && TeamIds.Contains(target))), e => Describe(e, context)));
        blocks.Add(new HeadingBlock("Your tasks"));
        blocks.AddRange(Each(tasks.Where(t => t.IsOwnedBy(context.By)), Describe));
        return new CommandAnswer(new ChatMessage(blocks));
    }

    private static List<ChatBlock> Each<T>(IEnumerable<T> items, Func<T, ChatBlock[]> describe)
    {
        var blocks = items.Take(Most).SelectMany(describe).ToList();
        return blocks.Count == 0 ? [new TextBlock("Nothing.")] : blocks;
    }

    private static ChatBlock[] Describe(Escalation escalation, CommandContext context)
    {
        var key = $"INC-{escalation.IncidentNumber}";
        return
        [
            new TextBlock(RichText.Bold(key) + $" {escalation.RequestedBy.Name} asks for your help since {context.Show(escalation.RequestedAt)}{(escalation.Reason.Length == 0 ? "" : ": " + escalation.Reason)}"),
            new ButtonsBlock(
                new ChatButton("Acknowledge", $"/incident {key} ack {escalation.Number}", IsPrimary: true),
                new ChatButton("Decline", $"/incident {key} decline {escalation.Number}")),
        ];
    }

    private static ChatBlock[] Describe(ActionItem task)
    {
        var key = $"INC-{task.IncidentNumber}";
        return
        [
            new TextBlock(RichText.Bold(key) + $" {ListActionItems.Describe(task)}"),
            new ButtonsBlock(new ChatButton("Done", $"/incident {key} task done {task.Number}")),
        ];
    }
}
