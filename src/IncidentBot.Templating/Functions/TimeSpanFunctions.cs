using System.Globalization;
using IncidentBot.Templating.Runtime;
using static IncidentBot.Templating.Functions.FunctionGroup;

namespace IncidentBot.Templating.Functions;

/// <summary>The <c>timespan</c> functions.</summary>
internal static class TimeSpanFunctions
{
    /// <summary><c>timespan.zero</c>: no time at all.</summary>
    /// <example><c>{{ timespan.zero }} {{ timespan.from_hours(0) == timespan.zero }}</c> gives <c>00:00:00 true</c></example>
    private static readonly TimeSpan Zero = TimeSpan.Zero;

    public static ScriptObject Create()
    {
        var group = new ScriptObject()
            .Define("from_days", "FromDays", FromDays, Number("days"))
            .Define("from_hours", "FromHours", FromHours, Number("hours"))
            .Define("from_milliseconds", "FromMilliseconds", FromMilliseconds, Number("millis"))
            .Define("from_minutes", "FromMinutes", FromMinutes, Number("minutes"))
            .Define("from_seconds", "FromSeconds", FromSeconds, Number("seconds"))
            .Define("parse", "Parse", Parse, RequiredText("text"));
        group.SetValue("zero", Zero, false);
        return group.Frozen();
    }

    /// <summary>A span of days.</summary>
    /// <example><c>{{ timespan.from_days 1.5 }}</c> gives <c>1.12:00:00</c></example>
    private static object? FromDays(in BuiltinCall call) => TimeSpan.FromDays(call.Double(0));

    /// <summary>A span of hours.</summary>
    /// <example><c>{{ (timespan.from_hours 36).days }}</c> gives <c>1</c></example>
    private static object? FromHours(in BuiltinCall call) => TimeSpan.FromHours(call.Double(0));

    /// <summary>A span of milliseconds.</summary>
    /// <example><c>{{ (timespan.from_milliseconds 2500).total_seconds }}</c> gives <c>2.5</c></example>
    private static object? FromMilliseconds(in BuiltinCall call) => TimeSpan.FromMilliseconds(call.Double(0));

    /// <summary>A span of minutes.</summary>
    /// <example><c>{{ timespan.from_minutes 90 }}</c> gives <c>01:30:00</c></example>
    private static object? FromMinutes(in BuiltinCall call) => TimeSpan.FromMinutes(call.Double(0));

    /// <summary>A span of seconds.</summary>
    /// <example><c>{{ (timespan.from_seconds 9750).total_minutes }}</c> gives <c>162.5</c></example>
    private static object? FromSeconds(in BuiltinCall call) => TimeSpan.FromSeconds(call.Double(0));

    /// <summary>A span written as <c>d.hh:mm:ss</c>.</summary>
    /// <example><c>{{ (timespan.parse "1.02:30:00").total_hours }}</c> gives <c>26.5</c></example>
    private static object? Parse(in BuiltinCall call) => TimeSpan.Parse(call.Text(0)!, CultureInfo.InvariantCulture);
}
