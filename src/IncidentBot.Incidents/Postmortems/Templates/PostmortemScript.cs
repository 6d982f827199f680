using System.Globalization;
using IncidentBot.Templating.Runtime;

namespace IncidentBot.Incidents.Postmortems.Templates;

/// <summary>
/// The model as a template sees it: snake_case names, every text already Markdown. The fields are listed in
/// <c>README.md</c> in this folder; own templates rely on them, so none is renamed or removed.
/// </summary>
internal static class PostmortemScript
{
    public static ModelObject From(PostmortemModel m, PostmortemOptions options)
    {
        var script = new ModelObject("model");
        script["incident"] = new ModelObject("incident")
        {
            ["key"] = m.Key,
            ["title"] = Line(m.Title),
            ["severity"] = m.Severity,
            ["status"] = m.Status,
            ["is_open"] = m.End is null,
            ["is_drill"] = m.IsDrill,
            ["is_private"] = m.IsPrivate,
            ["zone"] = Line(m.Zone),
            ["declared_by"] = Line(m.DeclaredBy.Name),
            ["commander"] = Line(m.Commander?.Name),
            ["comms"] = Line(m.Comms?.Name),
            ["scribe"] = Line(m.Scribe?.Name),
        };
        script["summary"] = new ModelObject("summary")
        {
            ["start"] = Moment(m.Start),
            ["end"] = Moment(m.End),
            ["duration"] = m.Duration,
            ["services"] = List(m.Services, Line),
            ["experience"] = Line(m.Experience),
            ["percent_of_users"] = m.PercentOfUsers,
            ["root_cause_brief"] = Line(m.RootCauseBrief),
        };
        script["detection"] = m.Detection is not { } detection ? null : new ModelObject("detection")
        {
            ["at"] = Moment(detection.At),
            ["by"] = detection.By,
            ["how"] = Line(detection.How),
        };
        script["timeline"] = Timeline(m);
        script["resolution"] = new ModelObject("resolution")
        {
            ["root_cause"] = Paragraphs(m.RootCause),
            ["root_cause_paragraphs"] = List(MarkdownText.EscapeParagraphs(m.RootCause ?? ""), p => p),
            ["fix"] = Paragraphs(m.Fix),
            ["how"] = Paragraphs(m.Resolution),
        };
        script["measures"] = new ModelObject("measures")
        {
            ["improvements"] = List(m.Improvements, Line),
            ["tasks"] = List(m.Tasks, Task),
        };
        script["waived"] = new ModelObject("waived")
        {
            ["root_cause"] = Waiver(m.Waived.RootCause),
            ["fix"] = Waiver(m.Waived.Fix),
            ["impact"] = Waiver(m.Waived.Impact),
            ["tasks"] = Waiver(m.Waived.Tasks),
        };
        script["words"] = new ModelObject("words") { ["min"] = options.MinWords, ["max"] = options.MaxWords };
        return script;
    }

    private static ModelObject Timeline(PostmortemModel m) => new("timeline")
    {
        ["entries"] = List(m.Timeline.Bullets, Entry),
        ["days"] = List(m.Timeline.Bullets.GroupBy(b => b.Date), day => new ModelObject("day")
        {
            ["date"] = Date(day.Key),
            ["entries"] = List(day, Entry),
        }),
        ["shows_offsets"] = m.ShowsOffsets,
        ["left_out"] = m.Timeline.LeftOut,
        ["total"] = m.Candidates.Sum(c => c.EntryCount),
        ["has_misleading_paths"] = m.HasMisleadingPaths,
        ["no_misleading_paths"] = m.StatesNoMisleadingPaths,
        ["has_escalations"] = m.HasEscalations,
        ["no_escalations"] = m.StatesNoEscalations,
    };

    private static ModelObject Entry(TimelineBullet bullet) => new("entry")
    {
        ["number"] = bullet.Number,
        ["kind"] = Incidents.Timeline.EntryKinds.ToText(bullet.Kind),
        ["date"] = Date(bullet.Date),
        ["time"] = bullet.Time,
        ["label"] = Line(bullet.Label),
        ["text"] = Line(bullet.Text),
    };

    private static ModelObject Task(PostmortemTask task) => new("task")
    {
        ["number"] = task.Number,
        ["text"] = Line(task.Text),
        ["owner"] = Line(task.Owner),
        ["due"] = task.Due is { } due ? Date(due) : null,
        ["is_done"] = task.IsDone,
    };

    private static ModelObject? Waiver(PostmortemWaiver? waiver) => waiver is null ? null : new ModelObject("waiver")
    {
        ["by"] = Line(waiver.By),
        ["reason"] = Line(waiver.Reason),
    };

    private static ModelObject? Moment(PostmortemMoment? moment) => moment is null ? null : new ModelObject("moment")
    {
        ["text"] = Line(moment.Text),
        ["date"] = Date(moment.Date),
        ["clock"] = moment.Clock,
    };

    private static ScriptArray List<T>(IEnumerable<T> items, Func<T, object?> convert)
    {
        var list = new ScriptArray();
        foreach (var item in items)
            list.Add(convert(item)!);
        return list;
    }

    private static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Null for "nothing there": in a template an empty text counts as true.</summary>
    private static string? Line(string? text) => string.IsNullOrEmpty(text) ? null : MarkdownText.EscapeLine(text);

    private static string? Paragraphs(string? text) => string.IsNullOrWhiteSpace(text) ? null : MarkdownText.Escape(text);
}

/// <summary>An object of the model. What it is called tells the author of a template where a field was looked for.</summary>
/// <param name="kind">As the list of the fields calls it: <c>incident</c>, <c>task</c> …</param>
internal sealed class ModelObject(string kind) : ScriptObject
{
    public string Kind { get; } = kind;
}
