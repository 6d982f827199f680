namespace IncidentBot.Incidents.Commands.Values;

/// <summary>Turns a date and clock time in a zone into an instant, or says why there is not exactly one.</summary>
internal static class LocalTime
{
    // No offset is beyond 14 hours, so the zone's offsets this far before and after are those that may apply.
    private static readonly TimeSpan Around = TimeSpan.FromHours(15);

    /// <summary>The instants that the clock in this zone shows as this time, earliest first: one, none or two at a clock change.</summary>
    public static IReadOnlyList<DateTimeOffset> InstantsOf(DateTime local, TimeZoneInfo zone) =>
        [.. OffsetsAround(local, zone)
            .Select(offset => new DateTimeOffset(local, offset))
            .Where(instant => zone.GetUtcOffset(instant) == instant.Offset)
            .Select(instant => instant.ToUniversalTime())
            .Order()];

    /// <summary>Why a time with none or two instants is refused, and how to write it so that it has one.</summary>
    public static Refusal RefuseClockChange(string typed, DateTime local, TimeZoneInfo zone)
    {
        var offsets = OffsetsAround(local, zone).OrderDescending().Select(offset => new DateTimeOffset(local, offset)).ToArray();
        var isSkipped = InstantsOf(local, zone).Count == 0;
        var fault = isSkipped
            ? $"does not exist in {zone.Id}: the clock change skips {Moment.ShowLocal(local)}"
            : $"is ambiguous in {zone.Id}: because of the clock change, {Moment.ShowLocal(local)} comes twice";
        var readings = offsets.Select(reading => $"{Moment.Show(reading, TimeZoneInfo.Utc)} (at offset {Moment.ShowOffset(reading.Offset)})");
        return new Refusal(
            $"{TypedText.Show(typed)} {fault}. It may mean {string.Join(" or ", readings)}. Write it with its offset or in UTC, "
            + $"for example {Moment.ShowLocal(local)} {Moment.ShowOffset(offsets[0].Offset)} or {Moment.Show(offsets[0], TimeZoneInfo.Utc)}.");
    }

    private static IEnumerable<TimeSpan> OffsetsAround(DateTime local, TimeZoneInfo zone)
    {
        var asUtc = new DateTimeOffset(local, TimeSpan.Zero);
        return new[] { zone.GetUtcOffset(asUtc - Around), zone.GetUtcOffset(asUtc + Around) }.Distinct();
    }
}
