using FsCheck;
using FsCheck.Fluent;
using IncidentBot.Incidents.Commands.Values;

namespace IncidentBot.Tests.Commands.Values;

public sealed class TypedTextTests
{
    [Theory]
    [InlineData("a\0b", "a\uFFFDb")]
    [InlineData("a\r\nb\rc\nd", "a\nb\nc\nd")]
    [InlineData("\r\r\n", "\n\n")]
    [InlineData("tab\tstays", "tab\tstays")]
    [InlineData("bell\u0007 escape\u001b", "bell\uFFFD escape\uFFFD")]
    [InlineData("party 🎉 שלום | <b> & @here", "party 🎉 שלום | <b> & @here")]
    [InlineData("delete\u007f stays\u0085", "delete\u007f stays\u0085")]
    public void Clean_text_fits_every_store_and_nothing_else_changes(string typed, string clean) =>
        Assert.Equal(clean, TypedText.Clean(typed));

    // Built here, as a lone surrogate does not survive in the metadata of an attribute.
    [Fact]
    public void A_lone_surrogate_is_replaced() =>
        Assert.Equal("\uFFFDa\uFFFD🎉\uFFFD", TypedText.Clean($"{(char)0xDC00}a{(char)0xD83C}🎉{(char)0xD83C}"));

    [Fact]
    public void Cleaning_twice_is_cleaning_once() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>().Filter(text => text is not null), text =>
            TypedText.Clean(TypedText.Clean(text)) == TypedText.Clean(text)).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("\"Checkout is down\"", "Checkout is down")]
    [InlineData("  “Checkout is down” ", "Checkout is down")]
    [InlineData("„Checkout is down“", "Checkout is down")]
    [InlineData("“Checkout is down\"", "Checkout is down")]
    [InlineData("\"A\" and \"B\"", "\"A\" and \"B\"")]
    [InlineData("the \"A\"", "the \"A\"")]
    [InlineData("\"", "\"")]
    [InlineData("plain", "plain")]
    public void Only_quotes_around_the_whole_text_are_taken_off(string typed, string text) =>
        Assert.Equal(text, TypedText.Unquote(typed));
}
