using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Postmortems;

namespace IncidentBot.Tests.Postmortems;

public sealed class MarkdownRenderingTests
{
    [Fact]
    public void A_draft_becomes_blocks_of_a_chat_message()
    {
        var blocks = MarkdownBlocks.ToMessage("""
            # Title

            Text with **bold**, *italic*, `code` and a [link](https://example.org/x).

            ## Part

            - one \*raw\*
            - two
              - inner

            ---

            1. first
            2. second

            > quoted
            """);

        Assert.Collection(
            blocks,
            b => Assert.Equal(("Title", 1), Heading(b)),
            b => Assert.Equal(
                [
                    new TextSpan("Text with "), new TextSpan("bold", TextStyle.Bold), new TextSpan(", "), new TextSpan("italic", TextStyle.Italic),
                    new TextSpan(", "), new TextSpan("code", TextStyle.Code), new TextSpan(" and a "), new LinkSpan("https://example.org/x", "link"), new TextSpan("."),
                ],
                Assert.IsType<TextBlock>(b).Text.Spans),
            b => Assert.Equal(("Part", 2), Heading(b)),
            b => Assert.Equal(["one *raw*", "two", "– inner"], Items(b)),
            b => Assert.IsType<ContextBlock>(b),
            b => Assert.Equal(["1. first", "2. second"], Items(b)),
            b => Assert.Equal("quoted", Assert.IsType<ContextBlock>(b).ToPlainText()));
    }

    [Fact]
    public void A_table_becomes_a_list() => Assert.Equal(
        ["Task: empty it; Owner: @teo"],
        Items(Assert.Single(MarkdownBlocks.ToMessage("| Task | Owner |\n|---|---|\n| empty it | @teo |"))));

    [Fact]
    public void A_block_of_code_stays_code() => Assert.Equal(
        new TextSpan("a *b*\nc", TextStyle.Code),
        Assert.Single(Assert.IsType<TextBlock>(Assert.Single(MarkdownBlocks.ToMessage("```\na *b*\nc\n```"))).Text.Spans));

    [Fact]
    public void A_link_to_anything_but_the_web_is_text_in_chat() => Assert.Equal(
        [new TextSpan("x")],
        Assert.IsType<TextBlock>(Assert.Single(MarkdownBlocks.ToMessage("[x](javascript:alert)"))).Text.Spans);

    [Fact]
    public void HTML_in_a_draft_is_text_in_chat() => Assert.Equal(
        "<script>x</script>", Assert.Single(MarkdownBlocks.ToMessage("<script>x</script>")).ToPlainText());

    [Theory]
    [InlineData("[x](javascript:alert)", "<p>x</p>")]
    [InlineData("[**x** y](data:text/html,z)", "<p><strong>x</strong> y</p>")]
    [InlineData("<javascript:alert>", "<p>javascript:alert</p>")]
    [InlineData("[x](/relative)", "<p>x</p>")]
    [InlineData("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>")]
    [InlineData("[x](https://example.org)", "<p><a href=\"https://example.org\" rel=\"nofollow noopener noreferrer\">x</a></p>")]
    [InlineData("![alt](https://example.org/x.png)", "<p><a href=\"https://example.org/x.png\" rel=\"nofollow noopener noreferrer\">alt</a></p>")]
    [InlineData("<mailto:a@example.org>", "<p><a href=\"mailto:a@example.org\" rel=\"nofollow noopener noreferrer\">mailto:a@example.org</a></p>")]
    public void HTML_of_a_draft_is_safe(string markdown, string html) => Assert.Equal(html, MarkdownHtml.Render(markdown).Trim());

    private static (string Text, int Level) Heading(ChatBlock block)
    {
        var heading = Assert.IsType<HeadingBlock>(block);
        return (heading.Text.ToPlainText(), heading.Level);
    }

    private static IEnumerable<string> Items(ChatBlock block) => Assert.IsType<ListBlock>(block).Items.Select(i => i.ToPlainText());
}
