using System.Text.RegularExpressions;
using IncidentBot.Templating.Syntax;

namespace IncidentBot.Incidents.Postmortems.Templates;

/// <summary>
/// Tries a template with sample incidents, so that its author learns at the desk and not during the next outage what is wrong
/// with it: what cannot be parsed or run, names that do not exist, parts of a postmortem that it does not show.
/// </summary>
public sealed partial class TemplateCheck
{
    private static readonly (string Name, PostmortemModel Model)[] _samples =
    [
        ("the full sample", SampleIncident.Full),
        ("the empty sample (only start and end are recorded)", SampleIncident.Empty),
        ("the sample of an outage that goes on", SampleIncident.GoingOn),
        ("the sample of which everything was waived", SampleIncident.Waived),
    ];

    private readonly PostmortemRenderer _renderer;
    private readonly PostmortemOptions _options;
    private readonly CancellationToken _cancellationToken;
    private readonly PostmortemTemplate _template;
    private readonly UnknownNames _unknown;

    /// <summary>The template with its comments and raw texts blanked out, so that a field which is only explained is not found.</summary>
    private readonly string _code;

    private TemplateCheck(PostmortemTemplate template, PostmortemOptions options, CancellationToken cancellationToken)
    {
        _template = template;
        _options = options;
        _cancellationToken = cancellationToken;
        _renderer = new PostmortemRenderer(options);
        _code = CommentOrRaw().Replace(template.Text, c => NoLineEnd().Replace(c.Value, " "));
        _unknown = new UnknownNames(template.Path, template.Text, _code);
    }

    /// <param name="path">The template's name in messages.</param>
    /// <param name="text">The template.</param>
    /// <param name="options">Whose limits of words count.</param>
    /// <exception cref="OperationCanceledException">A template may be slow, and is rendered dozens of times.</exception>
    public static TemplateReport Run(string path, string text, PostmortemOptions options, CancellationToken cancellationToken)
    {
        var template = new PostmortemTemplate(path, text);
        return template.Fault is null ? new TemplateCheck(template, options, cancellationToken).Run() : new TemplateReport(template.Messages, false, null);
    }

    private TemplateReport Run()
    {
        var drafts = _samples.Select(s => Draft(s.Model)).ToList();
        var errors = drafts.Zip(_samples).Where(d => d.First.Fault is not null)
            .GroupBy(d => (d.First.Fault!.Span, d.First.Fault.OriginalMessage))
            .Select(same => TemplateMessage.At(
                TemplateMessageKind.Error, same.Key.Span, $"with {Names([.. same.Select(d => d.Second.Name)])}: {same.Key.OriginalMessage}{UnknownNames.SuggestFunction(same.Key.OriginalMessage)}", _template.Text))
            .ToList();
        var unknown = _unknown.Messages().Where(w => !errors.Any(e => e.Line == w.Line && e.Column == w.Column));
        var (full, empty) = (drafts[0].Markdown, drafts[1].Markdown);
        var parts = full is null ? [] : Parts(full, empty);
        return new TemplateReport(
            [.. _template.Messages, .. errors, .. unknown.Concat(parts).OrderBy(m => m.Line).ThenBy(m => m.Column)],
            IsParsed: true,
            full is null ? null : MarkdownText.CountWords(full));
    }

    private static string Names(List<string> samples) => samples.Count == _samples.Length ? "every sample" : string.Join(" and ", samples);

    private (string? Markdown, ScriptRuntimeException? Fault) Draft(PostmortemModel model)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return (_renderer.Fit(_template, model, _unknown.Add).Markdown, null);
        }
        catch (ScriptRuntimeException fault)
        {
            return (null, fault);
        }
    }

    private IEnumerable<TemplateMessage> Parts(string full, string? empty)
    {
        if (string.IsNullOrWhiteSpace(full))
            return [Warning(null, "The template prints nothing with the full sample.")];
        var notShown = RequiredPart.All.Where(p => !Shows(p)).ToList();
        return
        [
            .. PostmortemReview.Sections.Where(s => !PostmortemReview.Heading(s).IsMatch(full)).Select(s => Warning(null, $"The draft has no heading \"{s}\".")),
            .. PostmortemReview.EmptySections(full).Select(s => Warning(HeadingPlace(s), $"The draft of the full sample has nothing under the heading \"{s}\".")),
            .. notShown.Select(p => Warning(Place(p), $"The draft does not show {p.Name} ({p.Field}), under \"{p.Section}\", although the full sample has it.")),
            .. RequiredPart.All.Where(p => empty is not null && !notShown.Contains(p) && !ShowsAsMissing(p))
                .Select(p => Warning(Place(p), $"Where nobody recorded {p.Name} ({p.Field}), the draft does not say that it is missing.")),
            .. Length(MarkdownText.CountWords(full)),
        ];
    }

    private bool Shows(RequiredPart part) => Render(SampleIncident.Full) != Render(part.Change(SampleIncident.Full));

    /// <summary>Whether the draft says something where the part is missing that it does not say where it is recorded.</summary>
    private bool ShowsAsMissing(RequiredPart part)
    {
        if (part.Recorded is null)
            return true;
        var left = Words(Render(part.Recorded(SampleIncident.Empty))).GroupBy(w => w).ToDictionary(w => w.Key, w => w.Count());
        return Words(Render(part.Lacking?.Invoke(SampleIncident.Empty) ?? SampleIncident.Empty))
            .GroupBy(w => w).Any(w => w.Count() > left.GetValueOrDefault(w.Key));
    }

    /// <summary>With signs that alone may stand for "nothing is known"; the commas and brackets around a value say nothing.</summary>
    private static IEnumerable<string> Words(string? draft) => WordOrSign().Matches(draft ?? "").Select(m => m.Value);

    /// <summary>Null where it fails; with these values no outage ever will.</summary>
    private string? Render(PostmortemModel model)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return _renderer.Run(_template, model);
        }
        catch (ScriptRuntimeException)
        {
            return null;
        }
    }

    private IEnumerable<TemplateMessage> Length(int words)
    {
        if (words > _options.MaxWords)
            yield return Warning(null, $"The draft of the full sample has {words} words, more than {_options.MaxWords} (Postmortem:MaxWords), although its timeline was shortened.");
        if (words < _options.MinWords)
        {
            yield return About(
                TemplateMessageKind.Note, null,
                $"The draft of the full sample has {words} words; with fewer than {_options.MinWords} (Postmortem:MinWords) each draft gets a notice.");
        }
    }

    private TemplateMessage Warning(int? offset, string text) => About(TemplateMessageKind.Warning, offset, text);

    private TemplateMessage About(TemplateMessageKind kind, int? offset, string text) => offset is { } at
        ? TemplateMessage.At(kind, _template.Path, at, text, _template.Text)
        : TemplateMessage.OfFile(kind, _template.Path, text);

    private int? HeadingPlace(string title) =>
        Regex.Match(_code, $@"^#+[^\S\n]+{Regex.Escape(title)}\s*$", RegexOptions.Multiline) is { Success: true } heading ? heading.Index : null;

    /// <summary>Where the field is read; else where its section begins, where it should be; null for the template as a whole.</summary>
    private int? Place(RequiredPart part)
    {
        var field = Regex.Match(_code, $@"(?<![\w.]){Regex.Escape(part.Field)}\b");
        if (!field.Success)
            field = Regex.Match(_code, $@"(?<=\.){Regex.Escape(part.Field.Split('.')[^1])}\b");
        if (!field.Success)
            field = PostmortemReview.Heading(part.Section).Match(_code);
        return field.Success ? field.Index : null;
    }

    [GeneratedRegex(@"\{\{[-~]?\s*##.*?##\s*[-~]?\}\}|\{%\{.*?\}%\}", RegexOptions.Singleline)]
    private static partial Regex CommentOrRaw();

    [GeneratedRegex(@"[\p{L}\p{N}]+|[?–—…\p{So}]")]
    private static partial Regex WordOrSign();

    [GeneratedRegex(@"[^\n]")]
    private static partial Regex NoLineEnd();
}
