using IncidentBot.Incidents.Commands.Values;

namespace IncidentBot.Tests.Commands.Values;

public sealed class DidYouMeanTests
{
    private static readonly string[] Words = ["sev1", "sev2", "severity", "status", "start", "action", "ack", "note"];

    [Theory]
    [InlineData("sevv1", "sev1")]
    [InlineData("severty", "severity")]
    [InlineData("statsu", "status")]
    [InlineData("acton", "action")]
    [InlineData("NOET", "note")]
    [InlineData("akc", "ack")]
    public void The_nearest_word_comes_first(string typed, string meant) =>
        Assert.Equal(meant, DidYouMean.Suggest(typed, Words)[0]);

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("abc")]
    [InlineData("database")]
    public void A_word_far_from_all_has_no_suggestion(string typed) =>
        Assert.Empty(DidYouMean.Suggest(typed, Words));

    [Fact]
    public void The_best_is_first_and_the_order_of_equals_stays() =>
        Assert.Equal(["sev1", "sev2"], DidYouMean.Suggest("sevv1", ["sev2", "sev1"]));

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("", "abc", 3)]
    [InlineData("note", "Note", 0)]
    [InlineData("note", "ntoe", 1)]
    [InlineData("note", "nte", 1)]
    [InlineData("kitten", "sitting", 3)]
    public void Each_typing_mistake_counts_once(string left, string right, int mistakes) =>
        Assert.Equal(mistakes, DidYouMean.Distance(left, right));
}
