using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Resolving;
using IncidentBot.Incidents.Store;
using IncidentBot.Incidents.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace IncidentBot.Incidents.Postmortems;

/// <summary>Renders the draft, keeps it, and makes the message that shows it.</summary>
public sealed partial class PostmortemPublisher(
    IncidentStore store, PostmortemRenderer renderer, TimeProvider timeProvider, IncidentTelemetry telemetry, ILogger<PostmortemPublisher> logger)
{
    public async Task<ChatMessage> ComposeAsync(IncidentSnapshot snapshot, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        var draft = telemetry.RenderDraft(snapshot.Incident.Number, () => renderer.Render(snapshot, now), d => d.TemplateFault is not null);
        if (draft.TemplateFault is { } fault)
            Log.TemplateFailed(logger, snapshot.Incident.Key, fault.Split('\n')[0]);
        await store.WriteAsync(async db =>
        {
            var number = snapshot.Incident.Number;
            var postmortem = await db.Postmortems.SingleOrDefaultAsync(p => p.IncidentNumber == number, CancellationToken.None);
            if (postmortem is null)
                db.Add(postmortem = new Postmortem(number));
            postmortem.Take(draft, now);
            await db.SaveChangesAsync(CancellationToken.None);
            return true;
        }, cancellationToken);
        return ToMessage(snapshot, draft);
    }

    public static ChatMessage ToMessage(IncidentSnapshot snapshot, PostmortemDraft draft)
    {
        var blocks = new List<ChatBlock>();
        if (draft.TemplateFault is { } fault)
            blocks.Add(new TextBlock(RichText.Bold("The own template failed, so the built-in one is used:") + " " + RichText.Code(fault)));
        blocks.AddRange(MarkdownBlocks.ToMessage(draft.Markdown));
        if (draft.Findings.Count > 0)
        {
            blocks.Add(new HeadingBlock("What the review found", 3));
            blocks.Add(new ListBlock([.. draft.Findings.Select(Line)]));
        }
        if (ResolutionForm.Build(snapshot) is not null)
            blocks.Add(new ButtonsBlock(new ChatButton("Answer what is missing", OpensForm: new FormReference(ResolutionForm.Id, snapshot.Incident.Number), IsPrimary: true)));
        return new ChatMessage(blocks);
    }

    private static RichText Line(Finding finding) =>
        RichText.Bold(finding.Kind.ToString()) + $" {finding.Text}" + (finding.Remedy.Length == 0 ? "" : " " + RichText.Code(finding.Remedy));

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The own template failed with {Incident}, so the built-in one was used: {Fault}")]
        public static partial void TemplateFailed(ILogger logger, string incident, string fault);
    }
}
