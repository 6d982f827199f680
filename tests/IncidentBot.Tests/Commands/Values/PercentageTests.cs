using System.Globalization;
using IncidentBot.Incidents.Commands.Values;

namespace IncidentBot.Tests.Commands.Values;

public sealed class PercentageTests
{
    [Theory]
    [InlineData("30%", "30", "")]
    [InlineData("30 % of visitors", "30", "of visitors")]
    [InlineData("30 percent of visitors", "30", "of visitors")]
    [InlineData("30", "30", "")]
    [InlineData("30 visitors", "30", "visitors")]
    [InlineData("30% % more", "30", "% more")]
    [InlineData("30%, all in Europe", "30", "all in Europe")]
    [InlineData("0.5%", "0.5", "")]
    [InlineData("0,5%", "0.5", "")]
    [InlineData("0,125%", "0.125", "")]
    [InlineData("12,5 %", "12.5", "")]
    [InlineData("100%", "100", "")]
    [InlineData("0", "0", "")]
    [InlineData("all not one page loads", "100", "not one page loads")]
    [InlineData("None", "0", "")]
    public void A_percentage_is_taken_and_the_text_stays(string typed, string percent, string rest)
    {
        var reader = new ArgumentReader(typed);

        Assert.True(Percentage.TryRead(reader, out var read, out var refusal), refusal?.Reason);
        Assert.Equal(decimal.Parse(percent, CultureInfo.InvariantCulture), read);
        Assert.Equal(rest, reader.Rest);
    }

    [Theory]
    [InlineData("130% not one", "“130%” is not between 0 and 100")]
    [InlineData("100.1", "“100.1” is not between 0 and 100")]
    [InlineData("-5%", "“-5%” is not between 0 and 100")]
    [InlineData("99999999999999999999999999999999999", "is not between 0 and 100")]
    [InlineData("1,000%", "“1,000%” is not a percentage")]
    [InlineData("many", "“many” is not a percentage")]
    [InlineData("30%%", "“30%%” is not a percentage")]
    [InlineData("٣٠%", "is not a percentage")]
    [InlineData("%", "is not a percentage")]
    [InlineData("  ", "A percentage is missing")]
    public void Anything_else_is_refused_with_what_is_accepted_and_nothing_is_taken(string typed, string reason)
    {
        var reader = new ArgumentReader(typed);

        Assert.False(Percentage.TryRead(reader, out _, out var refusal));
        Assert.Contains(reason, refusal!.Reason, StringComparison.Ordinal);
        Assert.Contains("for example 30%", refusal.Reason, StringComparison.Ordinal);
        Assert.Equal(typed.Trim(), reader.Rest);
    }
}
