using IncidentBot.Templating.Runtime;
using static IncidentBot.Templating.Functions.FunctionGroup;

namespace IncidentBot.Templating.Functions;

/// <summary>The <c>date</c> functions, and the format in which times are printed. All times are UTC.</summary>
internal sealed class DateFunctions : ScriptObject
{
    private const string DefaultFormat = "%d %b %Y";
    private static readonly ScriptObject Shared = CreateShared();

    public DateFunctions()
    {
        foreach (var (name, function) in Shared) SetValue(name, function, name != "format");
    }

    /// <summary>The format in which a render prints times; a template sets it with <c>date.format = "%Y"</c>.</summary>
    public static string FormatOf(TemplateContext context) =>
        context.BuiltinObject is BuiltinObject builtins && builtins.Date.TryGetValue("format", out var format)
            && format is string { Length: > 0 } text
            ? text
            : DefaultFormat;

    private static ScriptObject CreateShared()
    {
        var group = new ScriptObject();
        group.SetValue("default_format", DefaultFormat, true);
        group.SetValue("format", DefaultFormat, false);
        return group
            .Define("add_days", "AddDays", AddDays, Date(), Number("days"))
            .Define("add_hours", "AddHours", AddHours, Date(), Number("hours"))
            .Define("add_milliseconds", "AddMilliseconds", AddMilliseconds, Date(), Number("millis"))
            .Define("add_minutes", "AddMinutes", AddMinutes, Date(), Number("minutes"))
            .Define("add_months", "AddMonths", AddMonths, Date(), Int("months"))
            .Define("add_seconds", "AddSeconds", AddSeconds, Date(), Number("seconds"))
            .Define("add_years", "AddYears", AddYears, Date(), Int("years"))
            .Define("now", "Now", Now)
            .Define("parse", "Parse", Parse, Text("text"), OptionalText("pattern"), OptionalText("culture"))
            .Define(
                "parse_to_string",
                "ParseToString",
                ParseToString,
                Text("text"),
                OptionalText("output_pattern"),
                OptionalText("output_culture"),
                OptionalText("input_pattern"),
                OptionalText("input_culture"))
            .Define("to_string", "ToString", ToText, new("date", ArgumentKind.NullableDate), Text("pattern"), OptionalText("culture"))
            .Define("utc_now", "UtcNow", Now);
    }

    /// <summary>The time some days later.</summary>
    private static object? AddDays(in BuiltinCall call) => call.Date(0).AddDays(call.Double(1));

    /// <summary>The time some hours later.</summary>
    private static object? AddHours(in BuiltinCall call) => call.Date(0).AddHours(call.Double(1));

    /// <summary>The time some milliseconds later.</summary>
    private static object? AddMilliseconds(in BuiltinCall call) => call.Date(0).AddMilliseconds(call.Double(1));

    /// <summary>The time some minutes later.</summary>
    private static object? AddMinutes(in BuiltinCall call) => call.Date(0).AddMinutes(call.Double(1));

    /// <summary>The time some months later; the last day of the month when the day does not exist there.</summary>
    private static object? AddMonths(in BuiltinCall call) => call.Date(0).AddMonths(call.Int(1));

    /// <summary>The time some seconds later.</summary>
    private static object? AddSeconds(in BuiltinCall call) => call.Date(0).AddSeconds(call.Double(1));

    /// <summary>The time some years later.</summary>
    private static object? AddYears(in BuiltinCall call) => call.Date(0).AddYears(call.Int(1));

    /// <summary>The time by the clock of the context.</summary>
    private static object? Now(in BuiltinCall call) => call.Context.TimeProvider.GetUtcNow().UtcDateTime;

    /// <summary>The time that a text means, in a pattern or in any form that the culture knows.</summary>
    private static object? Parse(in BuiltinCall call) =>
        call.Text(0) is { } text ? Parse(in call, text, call.Text(1), call.Text(2)) : null;

    /// <summary>Reads a time and writes it in another pattern.</summary>
    private static object? ParseToString(in BuiltinCall call)
    {
        if (call.Text(0) is not { } text) return null;
        var date = Parse(in call, text, call.Text(3), call.Text(4));
        return Print(in call, date, call.Text(1) ?? FormatOf(call.Context), call.Text(2));
    }

    /// <summary>A time in a pattern of <c>%</c> codes.</summary>
    private static object? ToText(in BuiltinCall call) =>
        call[0] is DateTime date ? Print(in call, date, call.Text(1), call.Text(2)) : null;

    private static DateTime Parse(in BuiltinCall call, string text, string? pattern, string? culture)
    {
        var found = pattern is null
            ? DateReader.TryRead(text, ObjectFunctions.CultureOf(in call, culture), out var date)
            : DateReader.TryRead(text, pattern, ObjectFunctions.CultureOf(in call, culture), out date);
        return found ? date : throw call.Error($"Unable to parse `{text}` as a date");
    }

    private static string? Print(in BuiltinCall call, DateTime date, string? pattern, string? culture)
    {
        if (pattern is null) return null;
        // A bare %g has always stood for the format that is set.
        if (pattern == "%g") pattern = "%g " + FormatOf(call.Context);
        return StringFunctions.Limited(in call, DateFormat.Format(date, pattern, ObjectFunctions.CultureOf(in call, culture)));
    }

    private static BuiltinParameter Date() => new("date", ArgumentKind.Date);
}
