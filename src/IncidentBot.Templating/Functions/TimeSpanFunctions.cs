using System.Globalization;
using IncidentBot.Templating.Runtime;
using static IncidentBot.Templating.Functions.FunctionGroup;

namespace IncidentBot.Templating.Functions;

/// <summary>The <c>timespan</c> functions.</summary>
internal static class TimeSpanFunctions
{
    public static ScriptObject Create()
    {
        var group = new ScriptObject()
            .Define("from_days", "FromDays", FromDays, Number("days"))
            .Define("from_hours", "FromHours", FromHours, Number("hours"))
            .Define("from_milliseconds", "FromMilliseconds", FromMilliseconds, Number("millis"))
            .Define("from_minutes", "FromMinutes", FromMinutes, Number("minutes"))
            .Define("from_seconds", "FromSeconds", FromSeconds, Number("seconds"))
            .Define("parse", "Parse", Parse, Text("text"));
        group.SetValue("zero", TimeSpan.Zero, false);
        return group.Frozen();
    }

    /// <summary>A span of days.</summary>
    private static object? FromDays(in BuiltinCall call) => TimeSpan.FromDays(call.Double(0));

    /// <summary>A span of hours.</summary>
    private static object? FromHours(in BuiltinCall call) => TimeSpan.FromHours(call.Double(0));

    /// <summary>A span of milliseconds.</summary>
    private static object? FromMilliseconds(in BuiltinCall call) => TimeSpan.FromMilliseconds(call.Double(0));

    /// <summary>A span of minutes.</summary>
    private static object? FromMinutes(in BuiltinCall call) => TimeSpan.FromMinutes(call.Double(0));

    /// <summary>A span of seconds.</summary>
    private static object? FromSeconds(in BuiltinCall call) => TimeSpan.FromSeconds(call.Double(0));

    /// <summary>A span written as <c>d.hh:mm:ss</c>.</summary>
    private static object? Parse(in BuiltinCall call) =>
        call.Text(0) is { } text ? TimeSpan.Parse(text, CultureInfo.InvariantCulture) : null;
}
