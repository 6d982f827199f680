using System.Globalization;

namespace IncidentBot.Incidents.Commands.Values;

/// <summary>How instants and offsets are written in refusals.</summary>
internal static class Moment
{
    public static string Show(DateTimeOffset instant, TimeZoneInfo zone) =>
        $"{ShowLocal(TimeZoneInfo.ConvertTime(instant, zone).DateTime)} {(zone == TimeZoneInfo.Utc ? "UTC" : zone.Id)}";

    public static string ShowLocal(DateTime local) =>
        local.ToString(local.Second == 0 ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public static string ShowOffset(TimeSpan offset) =>
        (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString(@"hh\:mm", CultureInfo.InvariantCulture);
}
