using IncidentBot.Incidents.Postmortems.Templates;
using IncidentBot.Templating.Runtime;
using IncidentBot.Templating.Syntax;

namespace IncidentBot.Incidents.Postmortems;

/// <summary>
/// Makes the draft: the model, as many bullets as fit, the template, the review. It never fails because of an own template:
/// then the built-in one is used and <see cref="PostmortemDraft.TemplateFault"/> says why. Safe for use by several threads.
/// </summary>
public sealed class PostmortemRenderer(PostmortemOptions options)
{
    /// <summary>200 entries in nested loops exceed the language's default of 1,000.</summary>
    public const int LoopLimit = 100_000;

    /// <summary>A sixth try would gain a word or two.</summary>
    private const int MostTries = 5;

    private PostmortemTemplate? _own;

    /// <summary>The text of the built-in template, to start an own one from.</summary>
    public static string BuiltInTemplate => PostmortemTemplate.BuiltIn.Text;

    public PostmortemDraft Render(IncidentSnapshot snapshot, DateTimeOffset now)
    {
        var model = PostmortemModel.From(snapshot, now);
        var (markdown, shown, fault) = RenderOwn(model);
        if (markdown is null)
            (markdown, shown) = Fit(PostmortemTemplate.BuiltIn, model);
        int words = MarkdownText.CountWords(markdown);
        return new PostmortemDraft(markdown, words, PostmortemReview.Review(shown, snapshot, markdown, words, fault, options), fault);
    }

    private (string? Markdown, PostmortemModel Shown, string? Fault) RenderOwn(PostmortemModel model)
    {
        if (string.IsNullOrWhiteSpace(options.TemplatePath))
            return (null, model, null);
        var template = PostmortemTemplate.Load(options.TemplatePath, _own, out var fault);
        _own = template;
        if (template is null || fault is not null)
            return (null, model, fault);
        try
        {
            var (markdown, shown) = Fit(template, model);
            return (markdown, shown, null);
        }
        catch (ScriptRuntimeException e)
        {
            return (null, model, TemplateMessage.Of(e, template.Text).ToText(withCaret: false));
        }
        // Whatever else an own template can bring about, a resolve must not fail of it; the fault is told in the room.
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return (null, model, TemplateMessage.OfFile(TemplateMessageKind.Error, template.Path, e.Message).ToText(withCaret: false));
        }
    }

    /// <summary>
    /// How many words a template puts around the bullets is its own affair, so it is measured: once without any, then with as
    /// many as should fit, and with fewer as long as it comes out too long.
    /// </summary>
    internal (string Markdown, PostmortemModel Shown) Fit(PostmortemTemplate template, PostmortemModel model, Action<UnknownName>? unknownNameRead = null)
    {
        // A little room, for those who count "42 h" or "e.g." otherwise.
        int target = options.MaxWords - (options.MaxWords / 40);
        var (shown, markdown) = (model, "");
        int budget = target - WordsAround(template, model);
        for (int tries = 0; tries < MostTries; tries++)
        {
            shown = model with { Timeline = TimelineSelection.Choose(model.Candidates, budget) };
            markdown = Run(template, shown, unknownNameRead);
            int excess = MarkdownText.CountWords(markdown) - target;
            if (excess <= 0 || budget < 0)
                break;
            budget -= excess;
        }
        return (markdown, shown);
    }

    /// <summary>
    /// Every incident has an entry, so a template may rely on the first one: then it is measured with the fewest bullets that a
    /// draft can have. One that fails with those too shows why when it is rendered in earnest.
    /// </summary>
    private int WordsAround(PostmortemTemplate template, PostmortemModel model) =>
        WordsBeside(TimelineSelection.Empty(model.Candidates), template, model)
        ?? WordsBeside(TimelineSelection.Choose(model.Candidates, 0), template, model)
        ?? 0;

    private int? WordsBeside(TimelineSelection timeline, PostmortemTemplate template, PostmortemModel model)
    {
        try
        {
            return MarkdownText.CountWords(Run(template, model with { Timeline = timeline })) - timeline.Bullets.Sum(b => b.WordCount);
        }
        catch (ScriptRuntimeException e) when (e.InnerException is not ScriptAbortException)
        {
            return null;
        }
    }

    internal string Run(PostmortemTemplate template, PostmortemModel model, Action<UnknownName>? unknownNameRead = null) =>
        template.Render(PostmortemScript.From(model, options), unknownNameRead).Trim() + "\n";
}
