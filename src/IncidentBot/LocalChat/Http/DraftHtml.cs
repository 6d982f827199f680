using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace IncidentBot.LocalChat.Http;

/// <summary>The draft's Markdown as HTML for the side panel. Raw HTML is shown as text; a link leads to http or https, or is none.</summary>
public static class DraftHtml
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().DisableHtml().Build();

    public static string Render(string markdown)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var link in document.Descendants<LinkInline>().Where(l => l.IsImage || !IsWeb(l.Url)))
        {
            link.IsImage = false;
            link.Url = "";
        }
        foreach (var link in document.Descendants<AutolinkInline>().Where(l => !IsWeb(l.Url)))
            link.Url = "";
        return document.ToHtml(Pipeline);
    }

    private static bool IsWeb(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);
}
