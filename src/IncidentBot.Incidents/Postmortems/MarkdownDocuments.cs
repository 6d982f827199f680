using Markdig;
using Markdig.Syntax;

namespace IncidentBot.Incidents.Postmortems;

/// <summary>How Markdown is read here: CommonMark with tables, and HTML is text.</summary>
internal static class MarkdownDocuments
{
    public static MarkdownPipeline Pipeline { get; } = new MarkdownPipelineBuilder().UsePipeTables().DisableHtml().Build();

    public static MarkdownDocument Parse(string markdown) => Markdown.Parse(markdown, Pipeline);

    /// <summary>Whether a link may be followed: anything but web and mail addresses stays text.</summary>
    public static bool IsSafe(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeMailto);
}
