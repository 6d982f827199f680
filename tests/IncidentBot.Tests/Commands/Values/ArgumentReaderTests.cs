using FsCheck;
using FsCheck.Fluent;
using IncidentBot.Incidents.Commands.Values;

namespace IncidentBot.Tests.Commands.Values;

public sealed class ArgumentReaderTests
{
    [Fact]
    public void Words_are_taken_from_the_left_and_the_rest_stays_as_typed()
    {
        var reader = new ArgumentReader("  sev2 \t Checkout  \"answers\"\n\n 500 ");

        Assert.Equal("sev2", reader.PeekWord());
        Assert.True(reader.TryTakeWord(out var word));
        Assert.Equal("sev2", word);
        Assert.Equal("Checkout  \"answers\"\n\n 500", reader.Rest);
        Assert.Equal("Checkout  \"answers\"\n\n 500", reader.TakeRest());
        Assert.True(reader.AtEnd);
        Assert.Null(reader.PeekWord());
        Assert.False(reader.TryTakeWord(out _));
    }

    [Fact]
    public void A_keyword_is_taken_in_any_case_and_only_as_a_whole_word()
    {
        var reader = new ArgumentReader("AT attic");

        Assert.True(reader.TryTakeKeyword("at"));
        Assert.False(reader.TryTakeKeyword("at"));
        Assert.Equal("attic", reader.Rest);
    }

    [Fact]
    public void What_was_taken_can_be_read_again()
    {
        var reader = new ArgumentReader("one two");
        reader.TryTakeWord(out _);
        var position = reader.Position;
        reader.TryTakeWord(out _);

        reader.ReturnTo(position);

        Assert.Equal("two", reader.Rest);
    }

    [Theory]
    [InlineData("checkout rest", "checkout", "rest")]
    [InlineData("\"Checkout API\" rest", "Checkout API", "rest")]
    [InlineData("“Checkout API” rest", "Checkout API", "rest")]
    [InlineData("„Checkout API“ rest", "Checkout API", "rest")]
    [InlineData("”Checkout API” rest", "Checkout API", "rest")]
    public void A_name_is_a_word_or_stands_in_quotes(string typed, string name, string rest)
    {
        var reader = new ArgumentReader(typed);

        Assert.True(reader.TryTakeName(out var read, out _));
        Assert.Equal(name, read);
        Assert.Equal(rest, reader.Rest);
    }

    [Fact]
    public void Any_text_without_options_stays_as_typed() =>
        Prop.ForAll(AnyText.WithTraps(), text =>
        {
            var reader = new ArgumentReader(text);
            var taken = CommandOptions.TryTake(reader, OptionNames.None, Zones.Instant("2026-03-02T12:00Z"), Zones.Paris, out _, out _);
            return taken && reader.Rest == text.Trim();
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_text_that_has_no_dash_has_no_options() =>
        Prop.ForAll(AnyText.WithTraps().Filter(text => !text.AsSpan().ContainsAny('-', '–', '—')), text =>
        {
            var reader = new ArgumentReader(text);
            var taken = CommandOptions.TryTake(reader, CommandOptionsTests.All, Zones.Instant("2026-03-02T12:00Z"), Zones.Paris, out _, out _);
            return taken && reader.Rest == text.Trim();
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Taking_all_words_takes_all_but_the_blanks() =>
        Prop.ForAll(AnyText.WithTraps(), text =>
        {
            var reader = new ArgumentReader(text);
            var words = new List<string>();
            while (reader.TryTakeWord(out var word))
                words.Add(word);
            return string.Concat(words) == string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
        }).QuickCheckThrowOnFailure();
}
