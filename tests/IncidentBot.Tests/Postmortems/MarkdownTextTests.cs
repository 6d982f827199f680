using System.Text;
using FsCheck;
using FsCheck.Fluent;
using IncidentBot.Incidents.Postmortems;

namespace IncidentBot.Tests.Postmortems;

public sealed class MarkdownTextTests
{
    public static TheoryData<string> HostileTexts { get; } = new(
        "**bold** _italic_ __both__ ~~gone~~ `code` ``` fence",
        "<script>alert(1)</script> <!-- hidden --> <b>x</b> <!here> <https://example.org>",
        "{{ purge_paths }} {% raw %} {%{ x }%}",
        "502 | Bad gateway | x",
        "[x](javascript:alert(1)) ![y](http://example.org/y.png) [z]: http://example.org [^1]",
        "# no heading", "## Timeline", "- no item", "* no item", "+ no item", "1. no item", "42) no item", "> no quote", "---", "***", "===", "~~~",
        "a\\b \\* \\\\ \\", "&lt; &amp; &#60; &copy; AT&T a & b &", "@here @channel <@U123>", "$x^2$ :smile:", "https://example.org/a_b_c?x=1&y=2",
        "snake_case_name and _private and trailing_", "emoji 🙈🎉 and שלום عليكم", "1.", "-", "#", "_", "\\");

    [Theory]
    [MemberData(nameof(HostileTexts))]
    public void Text_that_somebody_typed_is_shown_as_it_was_typed(string text)
    {
        Assert.Equal(text, Shown(MarkdownText.EscapeLine(text)));
        Assert.Equal(text, Shown(MarkdownText.Escape(text)));
        Assert.Equal("before " + text, Shown("before " + MarkdownText.EscapeLine(text)));
        Assert.Equal($"- {text}", Shown("- " + MarkdownText.EscapeLine(text)));
    }

    [Theory]
    [MemberData(nameof(HostileTexts))]
    public void Text_that_somebody_typed_makes_no_HTML_of_its_own(string text)
    {
        var html = MarkdownHtml.Render(MarkdownText.Escape(text));

        Assert.StartsWith("<p>", html, StringComparison.Ordinal);
        Assert.DoesNotContain('<', html[3..^"</p>\n".Length]);
    }

    [Fact]
    public void Any_text_is_shown_as_it_was_typed() => Prop.ForAll<NonNull<string>>(typed =>
        Shown(MarkdownText.Escape(typed.Get)) == MarkdownText.OneLine(typed.Get)).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_mix_of_punctuation_is_shown_as_it_was_typed()
    {
        var parts = Gen.Elements("*", "_", "`", "[", "]", "(", ")", "<", ">", "&", "#", "-", "+", "1.", "~", "|", "\\", "!", "\n", "\n\n", " ", "    ", "a", "b c", "=", ":", "$", "x:", "lt;");
        Prop.ForAll(Gen.ListOf(parts).Select(string.Concat).ToArbitrary(), typed =>
            Shown(MarkdownText.Escape(typed)) == MarkdownText.OneLine(typed)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_bullet_stays_on_one_line() =>
        Assert.Equal("first second - third", MarkdownText.EscapeLine("first\r\nsecond\n\n\t- third\n"));

    [Fact]
    public void Paragraphs_and_lines_of_a_cause_are_kept() =>
        Assert.Equal("first  \n\\- second\n\nthird", MarkdownText.Escape("\nfirst\n   - second\n \n\n\nthird\n"));

    [Fact]
    public void Controls_that_reverse_what_follows_are_dropped_and_right_to_left_text_is_kept() =>
        Assert.Equal("exe.txt שלום", MarkdownText.EscapeLine("exe\u202e.txt \u2067שלום\u2069\u001b\u0007"));

    [Fact]
    public void A_word_of_ten_thousand_characters_is_kept_in_a_cause() =>
        Assert.Equal(10_000, MarkdownText.Escape(new string('x', 10_000)).Length);

    [Theory]
    [InlineData("", 0)]
    [InlineData("# Title of three", 3)]
    [InlineData("- **Duration:** 42 h 32 min", 5)]
    [InlineData("- 23:49 - _Not recorded: x_", 4)]
    [InlineData("502 \\| Bad gateway", 3)]
    [InlineData("| a | b |\n|---|---|\n| c | d |", 4)]
    [InlineData("a&nbsp;b &lt;c&gt; <!-- not this -->", 3)]
    [InlineData("[two words](https://example.org/x)", 2)]
    [InlineData("don\\'t - – … 🎉", 1)]
    public void Words_are_counted_as_a_reader_sees_them(string markdown, int words) => Assert.Equal(words, MarkdownText.CountWords(markdown));

    private static string Shown(string markdown)
    {
        var text = new StringBuilder();
        foreach (var block in MarkdownBlocks.ToMessage(markdown))
            text.Append(block.ToPlainText()).Append(' ');
        return MarkdownText.OneLine(text.ToString());
    }
}
