using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.Incidents.Timeline;

/// <summary>Makes a timeline entry of something that was said in chat, with its own author, time and link. Once for each message.</summary>
/// <param name="At">When it happened; usually when it was said.</param>
public sealed record CaptureMessage(CapturedMessage Message, EntryKind Kind, DateTimeOffset At, string Text) : Command
{
    internal override async Task<CommandAnswer> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var incident = context.Incident;
        var known = await context.Db.Entries.FirstOrDefaultAsync(
            e => e.IncidentNumber == incident.Number && e.Source == Message.Source && !e.IsRemoved, cancellationToken);
        if (known is not null)
            return context.Answer($"That message is in the timeline of {incident.Key} already, as #{known.Number}.");
        var entry = incident.Record(Kind, At, Text, null, Message.Author, context.Now);
        entry.TakeFrom(Message);
        context.Add(entry);
        return context.Recorded(entry);
    }
}

/// <summary>What happened in chat to a message that was captured: the entry follows, and keeps how it was before.</summary>
public abstract record FollowMessage(MessageReference Source) : Command
{
    internal override bool IsAboutIncident => false;

    internal override async Task<CommandAnswer> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var entries = await context.Db.Entries.Where(e => e.Source == Source && !e.IsRemoved).ToListAsync(cancellationToken);
        CommandAnswer? last = null;
        foreach (var entry in entries.Where(IsAffected))
        {
            context.Incident = await context.Db.Incidents.SingleAsync(i => i.Number == entry.IncidentNumber, cancellationToken);
            last = await Correction(entry).ExecuteAsync(context, cancellationToken);
        }
        return last ?? CommandAnswer.Of("That message is in no timeline.");
    }

    /// <summary>Whether the entry follows still: words that somebody gave it since, or in the form, are theirs.</summary>
    protected virtual bool IsAffected(TimelineEntry entry) => true;

    protected abstract CorrectEntry Correction(TimelineEntry entry);
}

/// <summary>The message was edited.</summary>
/// <param name="EarlierText">Null where nobody can tell it any more.</param>
public sealed record FollowEdit(MessageReference Source, string? EarlierText, string Text) : FollowMessage(Source)
{
    protected override bool IsAffected(TimelineEntry entry) => (EarlierText is null || entry.Text == EarlierText) && entry.Text != Text;

    protected override CorrectEntry Correction(TimelineEntry entry) => new EditEntry(entry.Number, Text);
}

/// <summary>The message was deleted.</summary>
public sealed record FollowRemoval(MessageReference Source) : FollowMessage(Source)
{
    protected override CorrectEntry Correction(TimelineEntry entry) => new RemoveEntry(entry.Number);
}

/// <summary>The reaction that put the message into the timeline was taken back.</summary>
/// <param name="Capture">What the reaction makes of the message.</param>
public sealed record TakeBackCapture(CaptureMessage Capture) : FollowMessage(Capture.Message.Source)
{
    protected override bool IsAffected(TimelineEntry entry) => entry.Kind == Capture.Kind && entry.OccurredAt == Capture.At && entry.Text == Capture.Text;

    protected override CorrectEntry Correction(TimelineEntry entry) => new RemoveEntry(entry.Number);
}
