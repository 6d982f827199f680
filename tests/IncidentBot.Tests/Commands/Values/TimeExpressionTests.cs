using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using IncidentBot.Incidents;
using IncidentBot.Incidents.Commands.Values;

namespace IncidentBot.Tests.Commands.Values;

public sealed class TimeExpressionTests
{
    // A Monday, 15:30 in Paris.
    private static readonly DateTimeOffset Now = Zones.Instant("2026-03-02T14:30:00Z");

    [Theory]
    [InlineData("14:05", "2026-03-02T13:05Z")]
    [InlineData("9:05", "2026-03-02T08:05Z")]
    [InlineData("14:05:09", "2026-03-02T13:05:09Z")]
    [InlineData("14:05 UTC", "2026-03-02T14:05Z")]
    [InlineData("14:05 utc", "2026-03-02T14:05Z")]
    [InlineData("14:05 GMT", "2026-03-02T14:05Z")]
    [InlineData("14:05Z", "2026-03-02T14:05Z")]
    [InlineData("14:05 Z", "2026-03-02T14:05Z")]
    [InlineData("14:05UTC", "2026-03-02T14:05Z")]
    [InlineData("14:05 Europe/Paris", "2026-03-02T13:05Z")]
    [InlineData("14:05 europe/paris", "2026-03-02T13:05Z")]
    [InlineData("14:05 AMERICA/NEW_YORK", "2026-03-01T19:05Z")]
    [InlineData("9:05 America/Argentina/Buenos_Aires", "2026-03-02T12:05Z")]
    [InlineData("9:05 us/eastern", "2026-03-02T14:05Z")]
    [InlineData("14:05 asia/calcutta", "2026-03-02T08:35Z")]
    [InlineData("9:05 etc/gmt+5", "2026-03-02T14:05Z")]
    [InlineData("14:05 +02:00", "2026-03-02T12:05Z")]
    [InlineData("14:05+02:00", "2026-03-02T12:05Z")]
    [InlineData("14:05+0200", "2026-03-02T12:05Z")]
    [InlineData("9:05 -05:00", "2026-03-02T14:05Z")]
    [InlineData("14:05 UTC+2", "2026-03-02T12:05Z")]
    [InlineData("14:05 utc+02:00", "2026-03-02T12:05Z")]
    [InlineData("14:05 GMT-5", "2026-03-01T19:05Z")]
    [InlineData("14:05 UTC+5:30", "2026-03-02T08:35Z")]
    [InlineData("2026-03-02 14:05", "2026-03-02T13:05Z")]
    [InlineData("2026-03-02 14:05:30", "2026-03-02T13:05:30Z")]
    [InlineData("2026-03-02 14:05 Europe/Paris", "2026-03-02T13:05Z")]
    [InlineData("2026-03-02 14:05 UTC", "2026-03-02T14:05Z")]
    [InlineData("2026-03-02T14:05:00Z", "2026-03-02T14:05Z")]
    [InlineData("2026-03-02t14:05:00.125z", "2026-03-02T14:05:00.125Z")]
    [InlineData("2026-03-02T14:05", "2026-03-02T13:05Z")]
    [InlineData("2026-03-02T14:05+02:00", "2026-03-02T12:05Z")]
    [InlineData("2026-03-02T09:05-05:00", "2026-03-02T14:05Z")]
    [InlineData("2026-03-02T14:05 UTC", "2026-03-02T14:05Z")]
    [InlineData("yesterday 23:50", "2026-03-01T22:50Z")]
    [InlineData("Yesterday 23:50 UTC", "2026-03-01T23:50Z")]
    [InlineData("yesterday at 23:50", "2026-03-01T22:50Z")]
    [InlineData("23:50 yesterday", "2026-03-01T22:50Z")]
    [InlineData("today 10:00", "2026-03-02T09:00Z")]
    [InlineData("10m ago", "2026-03-02T14:20Z")]
    [InlineData("10 minutes ago", "2026-03-02T14:20Z")]
    [InlineData("1h30m ago", "2026-03-02T13:00Z")]
    [InlineData("1h 30m ago", "2026-03-02T13:00Z")]
    [InlineData("1 hour 30 minutes ago", "2026-03-02T13:00Z")]
    [InlineData("an hour ago", "2026-03-02T13:30Z")]
    [InlineData("2h ago", "2026-03-02T12:30Z")]
    [InlineData("90s ago", "2026-03-02T14:28:30Z")]
    [InlineData("2 days ago", "2026-02-28T14:30Z")]
    [InlineData("1 week ago", "2026-02-23T14:30Z")]
    [InlineData("-10m", "2026-03-02T14:20Z")]
    [InlineData("–10m", "2026-03-02T14:20Z")]
    [InlineData("-1h30m", "2026-03-02T13:00Z")]
    [InlineData("now", "2026-03-02T14:30Z")]
    [InlineData("NOW", "2026-03-02T14:30Z")]
    public void A_time_is_read_and_the_text_behind_it_stays(string typed, string instant)
    {
        Assert.Equal((Zones.Instant(instant), ""), Read(typed, Now, Zones.Paris));
        Assert.Equal((Zones.Instant(instant), "DNS broke\n twice"), Read($" {typed}  DNS broke\n twice ", Now, Zones.Paris));
        Assert.Equal((Zones.Instant(instant), "UTC clocks drifted"), Read($"{typed}, UTC clocks drifted", Now, Zones.Paris));
    }

    [Theory]
    [InlineData("14:05 Singapore went down", "Singapore went down")]
    [InlineData("14:05 +2 nodes were added", "+2 nodes were added")]
    [InlineData("14:05 -1000 rows", "-1000 rows")]
    [InlineData("14:05 read/write errors", "read/write errors")]
    [InlineData("14:05 US/EU traffic fell", "US/EU traffic fell")]
    [InlineData("14:05 Europe/Asia link fell", "Europe/Asia link fell")]
    [InlineData("14:05 est tombé", "est tombé")]
    [InlineData("14:05 HTTP 500", "HTTP 500")]
    [InlineData("14:05 ../../etc", "../../etc")]
    public void A_word_behind_the_clock_that_is_no_zone_is_text(string typed, string rest) =>
        Assert.Equal((Zones.Instant("2026-03-02T13:05Z"), rest), Read(typed, Now, Zones.Paris));

    [Theory]
    [InlineData("the door")]
    [InlineData("least 5 nodes are down")]
    [InlineData("5 nodes")]
    [InlineData("5")]
    [InlineData("10m rows")]
    [InlineData("10 minutes of silence")]
    [InlineData("a while ago")]
    [InlineData("-10 degrees")]
    [InlineData("-10x")]
    [InlineData("now-defunct site")]
    [InlineData("today we saw")]
    [InlineData("yesterday")]
    [InlineData("3:1 odds")]
    [InlineData("12:34:56:78:9a:bc")]
    [InlineData("1:10000 scale")]
    [InlineData("10.0.0.1:8080")]
    [InlineData("2026-03-02-build")]
    [InlineData("friday night")]
    [InlineData("\"14:05\"")]
    [InlineData("")]
    [InlineData("-")]
    public void Ordinary_text_is_no_time_and_nothing_is_taken(string typed)
    {
        var reader = new ArgumentReader(typed);

        Assert.False(TimeExpression.TryRead(reader, Now, Zones.Paris, out _, out var refusal));
        Assert.Null(refusal);
        Assert.Equal(0, reader.Position);
    }

    [Theory]
    [InlineData("25:99", "“25:99” is not a time of day")]
    [InlineData("14:60", "“14:60” is not a time of day")]
    [InlineData("24:00", "“24:00” is not a time of day")]
    [InlineData("14:05:60 UTC", "“14:05:60” is not a time of day")]
    [InlineData("yesterday 25:99", "“25:99” is not a time of day")]
    [InlineData("2026-03-02T25:99Z", "is not a time of day")]
    [InlineData("2026-02-30 10:00", "There is no date “2026-02-30”")]
    [InlineData("2026-3-2 10:00", "There is no date “2026-3-2”")]
    [InlineData("2026-03-02", "“2026-03-02” lacks the time of day")]
    [InlineData("2026-03-02 the disk", "“2026-03-02” lacks the time of day")]
    [InlineData("2pm", "“2pm” is not accepted as a time: clock times have 24 hours")]
    [InlineData("2 pm", "24 hours")]
    [InlineData("2:30pm", "24 hours")]
    [InlineData("2:30 p.m.", "24 hours")]
    [InlineData("yesterday 2pm", "24 hours")]
    [InlineData("10:00-10:30", "“10:00-10:30” is not one time")]
    [InlineData("10:00–10:30", "“10:00–10:30” is not one time")]
    [InlineData("today 10:00-10:30", "“10:00-10:30” is not one time")]
    [InlineData("14:05h", "“14:05h” is not one time")]
    [InlineData("02.03.2026 14:05", "“02.03.2026 14:05” is not a time")]
    [InlineData("monday 14:05", "“monday 14:05” is not a time")]
    [InlineData("1.5h ago", "“1.5h ago” is not a time")]
    [InlineData("3 months ago", "“3 months” is not a time")]
    [InlineData("0001-01-01 00:00", "outside the years 1970")]
    [InlineData("9999-12-31 23:59 -14:00", "outside the years 1970")]
    [InlineData("999999999 weeks ago", "outside the years 1970")]
    [InlineData("14:05 UTC+25", "“UTC+25” is not an offset from UTC")]
    [InlineData("14:05 +99:00", "“+99:00” is not an offset from UTC")]
    public void What_looks_like_a_time_and_is_none_is_refused(string typed, string reason)
    {
        var refusal = Refuse(typed, Now, Zones.Paris);

        Assert.Contains(reason, refusal.Reason, StringComparison.Ordinal);
        Assert.Contains("for example", refusal.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("14:05 CEST", "“CEST” is ambiguous")]
    [InlineData("14:05 PST DNS broke", "“PST” is ambiguous")]
    [InlineData("2026-03-02 14:05 CET", "“CET” is ambiguous")]
    [InlineData("14:05 Europe/Pariss", "did you mean Europe/Paris?")]
    [InlineData("14:05 Europe/Nowhere", "There is no time zone “Europe/Nowhere”")]
    public void An_unknown_zone_is_refused_with_a_hint(string typed, string reason)
    {
        var refusal = Refuse(typed, Now, Zones.Paris);

        Assert.Contains(reason, refusal.Reason, StringComparison.Ordinal);
        Assert.Contains("Use UTC, an offset such as +02:00, or a name such as Europe/Paris", refusal.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-03-02 21:30", "“2026-03-02 21:30” is 2026-03-02 21:30 Europe/Paris, which is in the future: now it is 2026-03-02 15:30 Europe/Paris.")]
    [InlineData("today 14:31 UTC", "2026-03-02 14:31 UTC, which is in the future: now it is 2026-03-02 14:30 UTC.")]
    [InlineData("tomorrow 10:00", "in the future")]
    [InlineData("2027-01-01 00:00 +05:30", "2027-01-01 00:00 UTC+05:30, which is in the future")]
    public void A_future_time_is_refused_and_named_with_now_and_zone(string typed, string reason) =>
        Assert.Contains(reason, Refuse(typed, Now, Zones.Paris).Reason, StringComparison.Ordinal);

    [Theory]
    [InlineData("15:30", "2026-03-02T14:30Z")]
    [InlineData("15:31", "2026-03-01T14:31Z")]
    [InlineData("00:00", "2026-03-01T23:00Z")]
    [InlineData("23:59", "2026-03-01T22:59Z")]
    public void A_bare_clock_time_is_the_latest_past_one(string typed, string instant) =>
        Assert.Equal(Zones.Instant(instant), Read(typed, Now, Zones.Paris).Instant);

    [Theory]
    // It is 3 March 00:30 in Paris and 2 March in UTC.
    [InlineData("2026-03-02T23:30Z", "Europe/Paris", "00:10", "2026-03-02T23:10Z")]
    [InlineData("2026-03-02T23:30Z", "Europe/Paris", "23:50", "2026-03-02T22:50Z")]
    [InlineData("2026-03-02T23:30Z", "Europe/Paris", "yesterday 23:50", "2026-03-02T22:50Z")]
    [InlineData("2026-03-02T23:30Z", "Europe/Paris", "yesterday 22:50 UTC", "2026-03-01T22:50Z")]
    // It is 3 March 12:30 in Auckland, and 1 March 20:30 in New York.
    [InlineData("2026-03-02T23:30Z", "Pacific/Auckland", "12:00", "2026-03-02T23:00Z")]
    [InlineData("2026-03-02T01:30Z", "America/New_York", "21:00", "2026-03-01T02:00Z")]
    [InlineData("2026-03-02T01:30Z", "America/New_York", "today 20:00", "2026-03-02T01:00Z")]
    [InlineData("2026-01-01T00:10Z", "UTC", "23:50", "2025-12-31T23:50Z")]
    public void The_day_is_that_of_the_zone(string now, string zone, string typed, string instant) =>
        Assert.Equal(Zones.Instant(instant), Read(typed, Zones.Instant(now), TimeZoneInfo.FindSystemTimeZoneById(zone)).Instant);

    [Theory]
    // Paris, 29 March: 02:00 +01:00 becomes 03:00 +02:00 at 01:00 UTC.
    [InlineData("2026-03-29T08:00Z", "01:59", "2026-03-29T00:59Z")]
    [InlineData("2026-03-29T08:00Z", "03:00", "2026-03-29T01:00Z")]
    [InlineData("2026-03-29T08:00Z", "23:00", "2026-03-28T22:00Z")]
    [InlineData("2026-03-29T00:40Z", "02:30", "2026-03-28T01:30Z")]
    [InlineData("2026-03-30T00:10Z", "02:30", "2026-03-29T00:30Z", true)]
    [InlineData("2026-03-29T08:00Z", "2026-03-29 02:30 UTC", "2026-03-29T02:30Z")]
    [InlineData("2026-03-29T08:00Z", "02:30 +01:00", "2026-03-29T01:30Z")]
    [InlineData("2026-03-29T01:30Z", "1h ago", "2026-03-29T00:30Z")]
    // Paris, 25 October: 03:00 +02:00 becomes 02:00 +01:00 at 01:00 UTC.
    [InlineData("2026-10-25T09:00Z", "01:59", "2026-10-24T23:59Z")]
    [InlineData("2026-10-25T09:00Z", "03:00", "2026-10-25T02:00Z")]
    [InlineData("2026-10-25T00:10Z", "02:30", "2026-10-24T00:30Z")]
    [InlineData("2026-10-25T09:00Z", "02:30 +02:00", "2026-10-25T00:30Z")]
    [InlineData("2026-10-25T09:00Z", "2026-10-25T02:30+01:00", "2026-10-25T01:30Z")]
    [InlineData("2026-10-25T22:30Z", "23:20", "2026-10-25T22:20Z")]
    [InlineData("2026-10-25T22:30Z", "23:40", "2026-10-24T21:40Z")]
    public void A_clock_time_is_right_across_a_clock_change(string now, string typed, string instant, bool isSkipped = false)
    {
        if (isSkipped)
            Assert.Contains("does not exist", Refuse(typed, Zones.Instant(now), Zones.Paris).Reason, StringComparison.Ordinal);
        else
            Assert.Equal(Zones.Instant(instant), Read(typed, Zones.Instant(now), Zones.Paris).Instant);
    }

    [Theory]
    [InlineData("2026-03-29T08:00Z", "02:30")]
    [InlineData("2026-03-29T01:05Z", "02:30")]
    [InlineData("2026-03-29T08:00Z", "today 02:00")]
    [InlineData("2026-04-10T08:00Z", "2026-03-29 02:59")]
    [InlineData("2026-03-29T08:00Z", "02:30 Europe/Berlin")]
    public void A_time_that_the_clock_change_skips_is_refused(string now, string typed)
    {
        var refusal = Refuse(typed, Zones.Instant(now), Zones.Paris);

        Assert.Contains("does not exist in Europe/", refusal.Reason, StringComparison.Ordinal);
        Assert.Contains("(at offset +02:00)", refusal.Reason, StringComparison.Ordinal);
        Assert.Contains("(at offset +01:00)", refusal.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-10-25T09:00Z", "02:30")]
    [InlineData("2026-10-26T00:10Z", "02:30")]
    [InlineData("2026-10-25T00:40Z", "02:30")]
    [InlineData("2026-10-25T09:00Z", "today 02:30")]
    [InlineData("2026-11-10T09:00Z", "2026-10-25 02:30")]
    public void A_time_that_comes_twice_is_refused_with_both_instants(string now, string typed)
    {
        var refusal = Refuse(typed, Zones.Instant(now), Zones.Paris);

        Assert.Equal(
            $"“{typed}” is ambiguous in Europe/Paris: because of the clock change, 2026-10-25 02:30 comes twice. It may mean "
            + "2026-10-25 00:30 UTC (at offset +02:00) or 2026-10-25 01:30 UTC (at offset +01:00). Write it with its offset or in UTC, "
            + "for example 2026-10-25 02:30 +02:00 or 2026-10-25 00:30 UTC.",
            refusal.Reason);
    }

    [Fact]
    public void New_York_changes_its_clock_on_other_days()
    {
        Assert.Contains("does not exist", Refuse("2026-03-08 02:30", Zones.Instant("2026-03-09T00:00Z"), Zones.NewYork).Reason, StringComparison.Ordinal);
        Assert.Contains("is ambiguous", Refuse("01:30", Zones.Instant("2026-11-01T12:00Z"), Zones.NewYork).Reason, StringComparison.Ordinal);
        Assert.Equal(Zones.Instant("2026-11-01T07:30Z"), Read("02:30", Zones.Instant("2026-11-01T12:00Z"), Zones.NewYork).Instant);
        Assert.Equal(Zones.Instant("2026-03-29T06:30Z"), Read("02:30", Zones.Instant("2026-03-29T12:00Z"), Zones.NewYork).Instant);
    }

    [Fact]
    public void A_day_that_a_zone_left_out_has_no_times()
    {
        var apia = TimeZoneInfo.FindSystemTimeZoneById("Pacific/Apia");

        Assert.Contains("does not exist", Refuse("2011-12-30 12:00", Now, apia).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("at 14:05 UTC Restarted it", "2026-03-02T14:05Z", "Restarted it")]
    [InlineData("at -5m Control cluster", "2026-03-02T14:25Z", "Control cluster")]
    [InlineData("At yesterday 23:50", "2026-03-01T22:50Z", "")]
    public void A_time_behind_at_is_taken_with_it(string typed, string instant, string rest)
    {
        var reader = new ArgumentReader(typed);

        Assert.True(TimeExpression.TryReadAfterAt(reader, Now, Zones.Paris, out var read, out _));
        Assert.Equal(Zones.Instant(instant), read);
        Assert.Equal(rest, reader.Rest);
    }

    [Theory]
    [InlineData("at least 5 nodes are down", false)]
    [InlineData("at the door", false)]
    [InlineData("14:05 Restarted it", false)]
    [InlineData("at 25:99 Restarted it", true)]
    public void Without_a_time_behind_it_at_is_not_taken(string typed, bool isRefused)
    {
        var reader = new ArgumentReader(typed);

        Assert.False(TimeExpression.TryReadAfterAt(reader, Now, Zones.Paris, out _, out var refusal));
        Assert.Equal(isRefused, refusal is not null);
        Assert.Equal(typed, reader.Rest);
    }

    [Theory]
    [InlineData("", "A time is missing.")]
    [InlineData("noon", "“noon” is not a time.")]
    public void A_required_time_that_is_absent_is_refused(string typed, string reason)
    {
        Assert.False(TimeExpression.TryReadRequired(new ArgumentReader(typed), Now, Zones.Paris, out _, out var refusal));
        Assert.StartsWith(reason, refusal!.Reason, StringComparison.Ordinal);
        Assert.Contains(TimeExpression.Accepted, refusal.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_past_minute_written_in_UTC_reads_back() =>
        Prop.ForAll(PastMinutes(), instant =>
        {
            var typed = instant.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
            return Read(typed, Now, Zones.Auckland).Instant == instant;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_past_minute_written_with_an_offset_reads_back() =>
        Prop.ForAll(PastMinutes(), Gen.Choose(-56, 56).ToArbitrary(), (instant, quarters) =>
        {
            var typed = instant.ToOffset(TimeSpan.FromMinutes(15 * quarters)).ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);
            return Read(typed, Now, Zones.Auckland).Instant == instant;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_bare_clock_time_shows_that_time_and_is_never_more_than_a_day_and_an_hour_old() =>
        Prop.ForAll(PastMinutes(), Gen.Choose(0, 1439).ToArbitrary(), Gen.Elements(Zones.Paris, Zones.NewYork, Zones.Auckland).ToArbitrary(), (now, minute, zone) =>
        {
            var typed = $"{minute / 60:00}:{minute % 60:00}";
            if (!TimeExpression.TryRead(new ArgumentReader(typed), now, zone, out var instant, out var refusal))
                return refusal!.Reason.Contains("clock change", StringComparison.Ordinal);
            return instant <= now
                && now - instant <= TimeSpan.FromHours(25)
                && TimeZoneInfo.ConvertTime(instant, zone).TimeOfDay == TimeSpan.FromMinutes(minute);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_input_makes_a_parser_throw() =>
        Prop.ForAll(AnyText.WithTraps(), PastMinutes(), (text, now) =>
        {
            ArgumentReader Reader() => new(text);
            TimeExpression.TryRead(Reader(), now, Zones.Paris, out _, out _);
            TimeExpression.TryReadRequired(Reader(), now, Zones.NewYork, out _, out _);
            DateExpression.TryRead(Reader(), now, Zones.Paris, out _, out _);
            CommandOptions.TryTake(Reader(), CommandOptionsTests.All, now, Zones.Paris, out _, out _);
            Percentage.TryRead(Reader(), out _, out _);
            PersonReference.TryRead(Reader(), out _, out _);
            TaskArguments.TryParse(text, now, Zones.Auckland, out _, out _);
            TypedText.Unquote(TypedText.Clean(text));
            DidYouMean.Suggest(text, ["service", "at"]);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    private static Arbitrary<DateTimeOffset> PastMinutes() =>
        Gen.Select(Gen.Choose(0, 26 * 365 * 24 * 60), minutes => Zones.Instant("2000-01-02T00:00Z").AddMinutes(minutes)).ToArbitrary();

    private static (DateTimeOffset Instant, string Left) Read(string typed, DateTimeOffset now, TimeZoneInfo zone)
    {
        var reader = new ArgumentReader(typed);
        Assert.True(TimeExpression.TryRead(reader, now, zone, out var instant, out var refusal), refusal?.Reason ?? "No time was seen.");
        Assert.Null(refusal);
        Assert.Equal(TimeSpan.Zero, instant.Offset);
        return (instant, reader.Rest);
    }

    private static Refusal Refuse(string typed, DateTimeOffset now, TimeZoneInfo zone)
    {
        var reader = new ArgumentReader(typed);
        Assert.False(TimeExpression.TryRead(reader, now, zone, out var instant, out var refusal), $"It was read as {instant:u}.");
        Assert.Equal(0, reader.Position);
        Assert.NotNull(refusal);
        return refusal;
    }
}
