using Markdig;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace IncidentBot.Incidents.Postmortems;

/// <summary>A draft as an HTML fragment that may stand in any page: no raw HTML, no images, no links but http, https and mailto.</summary>
public static class MarkdownHtml
{
    /// <param name="below">The level of the heading that it comes under, from 0 (none) to 5.</param>
    public static string Render(string markdown, int below = 0)
    {
        var document = MarkdownDocuments.Parse(markdown);
        foreach (var heading in document.Descendants<HeadingBlock>())
            heading.Level = Math.Min(heading.Level + below, 6);
        foreach (var link in document.Descendants<LinkInline>().ToList())
        {
            link.IsImage = false;
            if (!MarkdownDocuments.IsSafe(link.Url))
                link.ReplaceBy(new ContainerInline());  // takes over what the link says
            else
                Harden(link);
        }
        foreach (var link in document.Descendants<AutolinkInline>().ToList())
        {
            if (!link.IsEmail && !MarkdownDocuments.IsSafe(link.Url))
                link.ReplaceBy(new LiteralInline(link.Url));
            else
                Harden(link);
        }
        return document.ToHtml(MarkdownDocuments.Pipeline);
    }

    /// <summary>The page linked to learns nothing of ours.</summary>
    private static void Harden(MarkdownObject link) => link.GetAttributes().AddProperty("rel", "nofollow noopener noreferrer");
}
