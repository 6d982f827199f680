using IncidentBot.Incidents.Postmortems;
using IncidentBot.Incidents.Postmortems.Templates;

namespace IncidentBot.Tests.Postmortems.Templates;

/// <summary>The faulty line as it is shown below a message.</summary>
public sealed class SourceLineTests
{
    [Fact]
    public void The_caret_stands_below_the_place_also_behind_tabs_accents_and_pictograms()
    {
        var line = Line("\t a\t\"e\u0301 \U0001F600\" {{ incident.titel }}");

        Assert.Equal("a\t\"e\u0301 \U0001F600\" {{ incident.titel }}", line.Text);
        Assert.Equal(" \t" + new string(' ', "\"e \U0001F600\" {{ incident.".EnumerateRunes().Count()) + "^", line.Caret);
    }

    [Fact]
    public void A_huge_line_is_shown_around_the_place()
    {
        var line = Line(new string('a', 100_000) + "{{ incident.titel }}" + new string('b', 100_000));

        Assert.Equal((162, '…', '…'), (line.Text.Length, line.Text[0], line.Text[^1]));
        Assert.Equal("titel", line.Text[(line.Caret.Length - 1)..][..5]);
    }

    [Fact]
    public void A_pictogram_is_not_cut_in_two()
    {
        var line = Line("x" + string.Concat(Enumerable.Repeat("\U0001F600", 300)) + "{{ incident.titel }}");

        Assert.DoesNotContain('\ufffd', System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(line.Text)));
        Assert.Equal('^', line.Caret[^1]);
    }

    [Fact]
    public void Nothing_in_the_line_can_move_the_cursor_or_turn_the_text_around()
    {
        var line = Line("\u001b[31m \u202e \u0007 {{ incident.titel }}\r\nnext");

        Assert.DoesNotContain(line.Text, c => char.IsControl(c) || c == '\u202e');
        Assert.Equal("titel", line.Text[(line.Caret.Length - 1)..][..5]);
    }

    [Theory]
    [InlineData("# x\n\nthe last line {{ x =\n\n", "the last line {{ x =")]
    [InlineData("# x\n{{ if incident.key }}\nthe last line\n\n", "{{ if incident.key }}")]
    public void What_is_never_closed_is_shown(string template, string shown)
    {
        var messages = TemplateCheck.Run("own.sbn", template, new PostmortemOptions(), CancellationToken.None).Messages;

        Assert.All(messages, m => Assert.InRange(m.Line, 1, 3));
        Assert.Contains(messages, m => m.Source?.Text == shown);
    }

    [Fact]
    public void A_message_with_a_huge_value_in_it_is_shortened()
    {
        var message = TemplateCheck.Run("own.sbn", "{{ ('@here ' * 100000) | date.parse }}", new PostmortemOptions(), CancellationToken.None)
            .Messages.First(m => m.Kind == TemplateMessageKind.Error);

        Assert.InRange(message.ToText(withCaret: true).Length, 400, 900);
        Assert.Equal(3, message.ToText(withCaret: true).Split('\n').Length);
    }

    private static SourceLine Line(string template) =>
        TemplateCheck.Run("own.sbn", template, new PostmortemOptions(), CancellationToken.None).Messages.Single(m => m.Text.Contains("titel", StringComparison.Ordinal)).Source!;
}
