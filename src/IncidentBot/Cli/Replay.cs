using System.Text.Json;
using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Postmortems;
using IncidentBot.Incidents.Postmortems.Templates;
using IncidentBot.Incidents.Store;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.Cli;

/// <param name="Postmortem">With the template to use.</param>
internal sealed record ReplayRequest(FileInfo File, string Zone, PostmortemOptions Postmortem, string Format, bool IsStrict);

/// <summary><c>replay FILE</c>: a transcript through the same handlers, on a store that is thrown away.</summary>
internal static class Replay
{
    public static async Task<int> RunAsync(ReplayRequest request, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        IReadOnlyList<TranscriptMessage> messages;
        try
        {
            messages = await Transcript.ReadAsync(request.File.ToString(), cancellationToken);
        }
        catch (TranscriptException fault)
        {
            await errors.WriteLineAsync(fault.Message);
            return ExitCodes.Usage;
        }
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(request.Zone, out var zone) || !zone.HasIanaId)
        {
            await errors.WriteLineAsync($"--zone is \"{request.Zone}\", which is no time zone. Use an IANA name such as Europe/Paris or UTC.");
            return ExitCodes.Usage;
        }
        if (request.Postmortem.TemplatePath is { Length: > 0 } template && TemplateText.Read(template, out var unreadable) is null)
        {
            await errors.WriteLineAsync($"{template}: cannot be read: {unreadable}");
            return ExitCodes.Usage;
        }
        await using var run = await ReplayRun.PrepareAsync(zone, PostmortemSettings.Configuration(), cancellationToken);
        foreach (var message in messages.Where(m => CommandParser.IsCommand(m.Text)))
        {
            if (await run.FeedAsync(message, cancellationToken) is { IsRefused: true } refused)
                await errors.WriteLineAsync($"line {message.Line}: refused: {OneLine(refused.Message)}");
        }
        var end = messages.Count == 0 ? DateTimeOffset.UnixEpoch : messages[^1].At.ToUniversalTime();
        var exit = await PrintAsync(run.Store, request, end, output, errors, cancellationToken);
        await ForecastAsync(messages, zone, errors, cancellationToken);
        return exit;
    }

    /// <summary>
    /// What the bot would have reminded of meanwhile, with the settings that it has here: in a run of its own, since what it would have
    /// said did not happen and has no place in the postmortem.
    /// </summary>
    private static async Task ForecastAsync(IReadOnlyList<TranscriptMessage> messages, TimeZoneInfo zone, TextWriter errors, CancellationToken cancellationToken)
    {
        await using var run = await ReplayRun.PrepareAsync(zone, PostmortemSettings.Configuration(), cancellationToken);
        foreach (var message in messages)
        {
            await foreach (var (reminder, what) in run.PassAsync(message.At, cancellationToken))
                await errors.WriteLineAsync($"INC-{reminder.IncidentNumber}: at {ZonedTime.Format(reminder.DueAt, zone)} there would have been a reminder {what}");
            if (CommandParser.IsCommand(message.Text))
                await run.FeedAsync(message, cancellationToken);
        }
    }

    private static async Task<int> PrintAsync(
        IncidentStore store, ReplayRequest request, DateTimeOffset now, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        await using var db = store.Read();
        var numbers = await db.Incidents.OrderBy(i => i.Number).Select(i => i.Number).ToListAsync(cancellationToken);
        if (numbers.Count == 0)
        {
            await errors.WriteLineAsync("The transcript declares no incident: there is no /incident start that was accepted.");
            return request.IsStrict ? ExitCodes.Incomplete : ExitCodes.Success;
        }
        var renderer = new PostmortemRenderer(request.Postmortem);
        var drafts = new List<(IncidentSnapshot Snapshot, PostmortemDraft Draft)>();
        foreach (var number in numbers)
        {
            var snapshot = await IncidentReader.ReadAsync(db, number, cancellationToken)
                ?? throw new InvalidOperationException($"INC-{number} cannot be read back.");
            drafts.Add((snapshot, renderer.Render(snapshot, now)));
        }
        await output.WriteLineAsync(request.Format switch
        {
            "html" => string.Join("\n<hr>\n", drafts.Select(d => MarkdownHtml.Render(d.Draft.Markdown).TrimEnd())),
            "json" => JsonSerializer.Serialize(drafts.Select(d => ReplayReport.Of(d.Snapshot, d.Draft)), ReplayReport.JsonOptions),
            _ => string.Join("\n\n---\n\n", drafts.Select(d => d.Draft.Markdown.TrimEnd())),
        });
        foreach (var (snapshot, draft) in drafts)
            await ReportAsync(snapshot, draft, errors);
        var isIncomplete = drafts.Any(d => d.Draft.TemplateFault is not null || d.Draft.Findings.Any(f => f.Kind == FindingKind.Missing));
        return request.IsStrict && isIncomplete ? ExitCodes.Incomplete : ExitCodes.Success;
    }

    private static async Task ReportAsync(IncidentSnapshot snapshot, PostmortemDraft draft, TextWriter errors)
    {
        if (draft.TemplateFault is { } fault)
            await errors.WriteLineAsync($"{snapshot.Incident.Key}: the template failed, so the built-in one was used: {fault}");
        // The fault itself says it already.
        foreach (var finding in draft.Findings.Where(f => draft.TemplateFault is null || f.Part != "template"))
        {
            var remedy = finding.Remedy.Length == 0 ? "" : $" ({finding.Remedy})";
            await errors.WriteLineAsync($"{snapshot.Incident.Key}: {finding.Kind.ToString().ToLowerInvariant()}: {finding.Text}{remedy}");
        }
    }

    private static string OneLine(ChatMessage message) => message.ToPlainText().ReplaceLineEndings(" ");
}
