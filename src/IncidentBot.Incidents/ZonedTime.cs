using System.Globalization;

namespace IncidentBot.Incidents;

/// <summary>The one place where an instant becomes text. Every date and time shown names its zone.</summary>
public static class ZonedTime
{
    /// <summary>The zone with an IANA id; UTC when this machine does not know it.</summary>
    public static TimeZoneInfo Zone(string id) => TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Utc;

    public static bool IsUtc(TimeZoneInfo zone) => zone.Id is "UTC" or "Etc/UTC";

    /// <summary><c>2026-03-02 14:05 UTC</c>, or <c>2026-03-02 15:05 Europe/Paris (UTC+01:00)</c>.</summary>
    public static string Format(DateTimeOffset at, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        var text = local.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return IsUtc(zone) ? $"{text} UTC" : $"{text} {zone.Id} ({FormatOffset(local.Offset)})";
    }

    /// <summary><c>14:05</c>, for where the date and the zone stand nearby.</summary>
    public static string FormatClock(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary><c>2026-03-02</c>, the date in that zone.</summary>
    public static DateOnly Date(DateTimeOffset at, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);

    /// <summary><c>2026-03-02</c>.</summary>
    public static string FormatDate(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary><c>UTC+01:00</c>.</summary>
    public static string FormatOffset(TimeSpan offset) =>
        offset == TimeSpan.Zero ? "UTC" : $"UTC{(offset < TimeSpan.Zero ? '-' : '+')}{offset:hh\\:mm}";

    /// <summary>The time between two instants as both are shown: in whole minutes, cut.</summary>
    public static TimeSpan WholeMinutes(DateTimeOffset from, DateTimeOffset to) =>
        TimeSpan.FromMinutes((to.UtcTicks / TimeSpan.TicksPerMinute) - (from.UtcTicks / TimeSpan.TicksPerMinute));

    /// <summary><c>42 h 32 min</c>, <c>28 min</c>, <c>under a minute</c>; whole minutes, cut.</summary>
    public static string FormatDuration(TimeSpan duration)
    {
        var minutes = (long)Math.Floor(duration.Duration().TotalMinutes);
        var sign = duration < TimeSpan.Zero ? "-" : "";
        return (minutes / 60, minutes % 60) switch
        {
            (0, 0) => "under a minute",
            (0, var m) => $"{sign}{m} min",
            (var h, 0) => $"{sign}{h} h",
            var (h, m) => $"{sign}{h} h {m} min",
        };
    }
}
