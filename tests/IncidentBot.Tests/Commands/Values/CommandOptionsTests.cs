using IncidentBot.Incidents.Commands.Values;

namespace IncidentBot.Tests.Commands.Values;

public sealed class CommandOptionsTests
{
    internal const OptionNames All = OptionNames.Service | OptionNames.Users | OptionNames.At | OptionNames.Private | OptionNames.Drill;

    private static readonly DateTimeOffset Now = Zones.Instant("2026-03-02T09:14:00Z");

    [Fact]
    public void Options_behind_the_text_are_taken()
    {
        var (options, rest) = Take("Checkout answers 500 --service checkout --at 09:05 UTC");

        Assert.Equal(["checkout"], options.Services);
        Assert.Equal(Zones.Instant("2026-03-02T09:05Z"), options.At);
        Assert.Equal("Checkout answers 500", rest);
    }

    [Fact]
    public void Options_before_and_inside_the_text_are_taken()
    {
        var (options, rest) = Take("--private --service \"Checkout API\" Checkout --drill answers --service=payments 500");

        Assert.Equal(["Checkout API", "payments"], options.Services);
        Assert.True(options.Private);
        Assert.True(options.Drill);
        Assert.Equal("Checkout answers 500", rest);
    }

    [Theory]
    [InlineData("—service checkout Down")]
    [InlineData("–service checkout Down")]
    [InlineData("––service checkout Down")]
    [InlineData("Down --service=checkout")]
    [InlineData("Down --service=\"checkout\"")]
    [InlineData("Down --Service “checkout”")]
    [InlineData("Down —service=checkout")]
    [InlineData("Down --service checkout --service Checkout")]
    public void An_option_is_known_however_it_is_written(string typed)
    {
        var (options, rest) = Take(typed);

        Assert.Equal(["checkout"], options.Services);
        Assert.Equal("Down", rest);
    }

    [Theory]
    [InlineData("--at 09:05 UTC Checkout down", "2026-03-02T09:05Z", "Checkout down")]
    [InlineData("--at 10:05 Checkout down", "2026-03-02T09:05Z", "Checkout down")]
    [InlineData("--at yesterday 23:50 Checkout down", "2026-03-01T22:50Z", "Checkout down")]
    [InlineData("--at 10 minutes ago Checkout down", "2026-03-02T09:04Z", "Checkout down")]
    [InlineData("--at -10m Checkout down", "2026-03-02T09:04Z", "Checkout down")]
    [InlineData("--at=09:05 UTC Checkout down", "2026-03-02T09:05Z", "Checkout down")]
    [InlineData("--at \"09:05 UTC\" Checkout down", "2026-03-02T09:05Z", "Checkout down")]
    [InlineData("Checkout --at now down", "2026-03-02T09:14Z", "Checkout down")]
    public void The_longest_run_of_words_that_is_a_time_is_taken(string typed, string instant, string left)
    {
        var (options, rest) = Take(typed);

        Assert.Equal(Zones.Instant(instant), options.At);
        Assert.Equal(left, rest);
    }

    [Fact]
    public void Users_may_be_typed_with_a_blank_before_the_percent_sign()
    {
        var (options, rest) = Take("--users 30 % of visitors --service shop see errors");

        Assert.Equal(30, options.Users);
        Assert.Equal("of visitors see errors", rest);
    }

    [Fact]
    public void Line_breaks_and_quotes_in_the_text_stay()
    {
        var (_, rest) = Take("Line  one \"--private\"\n\n--drill  line two\n --service x\nline  three\t--private");

        Assert.Equal("Line  one \"--private\"\n\nline two\nline  three", rest);
    }

    [Theory]
    [InlineData("visitors get \"--service x\"")]
    [InlineData("visitors get (“--service x --at 25:99”)")]
    [InlineData("ran kubectl --namespace prod")]
    [InlineData("a -- b --- c ---service")]
    [InlineData("x--service y")]
    [InlineData("the site is down —it was fine")]
    [InlineData("flag - private")]
    public void Quoted_and_foreign_words_are_ordinary_text(string typed)
    {
        var (options, rest) = Take(typed);

        Assert.Empty(options.Services);
        Assert.Equal(typed, rest);
    }

    [Fact]
    public void An_inch_mark_does_not_hide_an_option()
    {
        var (options, rest) = Take("the 5\" disk --private of the 7\" rack");

        Assert.True(options.Private);
        Assert.Equal("the 5\" disk of the 7\" rack", rest);
    }

    [Theory]
    [InlineData("Down --servcie x", "did you mean --service?")]
    [InlineData("Down —servce x", "did you mean --service?")]
    [InlineData("Down --prvate", "did you mean --private?")]
    [InlineData("Down --private,", "did you mean --private?")]
    [InlineData("Down --user 30%", "did you mean --users?")]
    [InlineData("Down --service", "--service lacks its value")]
    [InlineData("Down --service --private", "--service lacks its value")]
    [InlineData("Down --service=", "--service lacks its value")]
    [InlineData("Down --service \"\"", "is empty")]
    [InlineData("Down --service \"Checkout", "no closing quote")]
    [InlineData("Down --users", "--users lacks its value: a percentage")]
    [InlineData("Down --users 130%", "--users: “130%” is not between 0 and 100")]
    [InlineData("Down --users 3% --users 4%", "--users is given twice")]
    [InlineData("Down --at", "--at lacks its value: a time")]
    [InlineData("Down --at noon", "--at: “noon” is not a time")]
    [InlineData("Down --at 25:99", "--at: “25:99” is not a time of day")]
    [InlineData("Down --at \"09:05 UTC sharp\"", "“09:05 UTC sharp” is not a time")]
    [InlineData("Down --at 09:05 --at 09:06", "--at is given twice")]
    [InlineData("Down --private=yes", "--private takes no value")]
    public void A_wrong_option_is_refused_and_nothing_is_taken(string typed, string reason)
    {
        var reader = new ArgumentReader(typed);

        Assert.False(CommandOptions.TryTake(reader, All, Now, Zones.Paris, out _, out var refusal));
        Assert.Contains(reason, refusal.Reason, StringComparison.Ordinal);
        Assert.Equal(typed, reader.Rest);
    }

    [Fact]
    public void An_option_of_another_command_is_refused()
    {
        var reader = new ArgumentReader("no page loads --at 09:05");

        Assert.False(CommandOptions.TryTake(reader, OptionNames.Service | OptionNames.Users, Now, Zones.Paris, out _, out var refusal));
        Assert.Contains("--at does not belong to this command, which accepts --service, --users.", refusal.Reason, StringComparison.Ordinal);
    }

    private static (CommandOptions Options, string Left) Take(string typed)
    {
        var reader = new ArgumentReader(typed);
        Assert.True(CommandOptions.TryTake(reader, All, Now, Zones.Paris, out var options, out var refusal), refusal?.Reason);
        return (options, reader.Rest);
    }
}
