using IncidentBot.Incidents.Commands.Values;

namespace IncidentBot.Tests.Commands.Values;

public sealed class DurationExpressionTests
{
    [Theory]
    [InlineData("30m", "00:30:00")]
    [InlineData("4h", "04:00:00")]
    [InlineData("1h30m", "01:30:00")]
    [InlineData("1h 30m", "01:30:00")]
    [InlineData("1 hour 30 minutes", "01:30:00")]
    [InlineData("an hour", "01:00:00")]
    [InlineData("2 days", "2.00:00:00")]
    [InlineData("1W", "7.00:00:00")]
    [InlineData(" 2s ", "00:00:02")]
    [InlineData("0", "00:00:00")]
    [InlineData("0m", "00:00:00")]
    [InlineData("0 minutes", "00:00:00")]
    [InlineData("00:30:00", "00:30:00")]
    [InlineData("1:02:03", "01:02:03")]
    [InlineData("2.00:00:00", "2.00:00:00")]
    public void A_duration_is_read(string text, string duration)
    {
        Assert.True(DurationExpression.TryRead(text, out var read));
        Assert.Equal(TimeSpan.Parse(duration, System.Globalization.CultureInfo.InvariantCulture), read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("1.5h")]
    [InlineData("-5m")]
    [InlineData("00:30")]
    [InlineData("5 parsecs")]
    [InlineData("m")]
    [InlineData("5m ago")]
    [InlineData("5m 30")]
    [InlineData("0 30m")]
    [InlineData("25:00:00")]
    public void Anything_else_is_none(string text) => Assert.False(DurationExpression.TryRead(text, out _));

    [Theory]
    [InlineData("20m waiting for the vendor", "20m", "waiting for the vendor")]
    [InlineData("2 days, then look again", "2d", "then look again")]
    [InlineData("1h 30m 5 deploys are running", "1h30m", "5 deploys are running")]
    [InlineData("20m, 5m more at most", "20m", "5m more at most")]
    [InlineData("a minute", "1m", "")]
    [InlineData("a minor thing", null, "a minor thing")]
    [InlineData("20 deploys", null, "20 deploys")]
    [InlineData("30", null, "30")]
    [InlineData("", null, "")]
    public void A_duration_is_taken_from_the_words_of_a_command(string text, string? duration, string rest)
    {
        var reader = new ArgumentReader(text);

        Assert.Equal(duration is not null, DurationExpression.TryRead(reader, out var read));
        Assert.Equal(duration ?? "0", DurationExpression.Show(read));
        Assert.Equal(rest, reader.Rest);
    }

    [Fact]
    public void One_too_long_to_count_is_cut()
    {
        Assert.True(DurationExpression.TryRead("999999999w", out var duration));
        Assert.InRange(duration.TotalDays, 3_000_000, 4_000_000);
    }

    [Theory]
    [InlineData("1h30m")]
    [InlineData("2d")]
    [InlineData("5s")]
    [InlineData("0")]
    public void A_duration_is_shown_as_it_is_read(string text)
    {
        Assert.True(DurationExpression.TryRead(text, out var duration));
        Assert.Equal(text, DurationExpression.Show(duration));
    }
}
