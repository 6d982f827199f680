using IncidentBot.Templating.Runtime;
using static IncidentBot.Templating.Functions.FunctionGroup;

namespace IncidentBot.Templating.Functions;

/// <summary>The <c>date</c> functions, and the format in which times are printed. All times are UTC.</summary>
internal sealed class DateFunctions : ScriptObject
{
    /// <summary><c>date.default_format</c>: the format in which times are printed unless a template sets another one.</summary>
    /// <example><c>{{ date.default_format }}</c> gives <c>%d %b %Y</c></example>
    private const string DefaultFormat = "%d %b %Y";
    private static readonly ScriptObject Shared = CreateShared();
    private static readonly BuiltinFunction Itself = new("Parse", Invoke, new BuiltinParameter("text", ArgumentKind.Rest));

    public DateFunctions()
    {
        foreach (var (name, function) in Shared) SetValue(name, function, name != "format");
    }

    internal override ScriptFunction AsFunction => Itself;

    /// <summary><c>date.format</c>: the format in which a render prints times; a template may set it.</summary>
    /// <example><c>{{ date.format = "%F"; date.parse "14 Mar 2026" }}</c> gives <c>2026-03-14</c></example>
    public static string FormatOf(TemplateContext context) =>
        context.BuiltinObject is BuiltinObject builtins && builtins.Date.TryGetValue("format", out var format) && format is string text
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
                OptionalText("output_pattern", DefaultFormat),
                OptionalText("output_culture"),
                OptionalText("input_pattern"),
                OptionalText("input_culture"))
            .Define("to_string", "ToString", ToText, new("date", ArgumentKind.NullableDate), Text("pattern"), OptionalText("culture"))
            .Define("utc_now", "UtcNow", Now);
    }

    /// <summary><c>date</c> as a function: a short way to write <c>date.parse</c>.</summary>
    /// <example><c>{{ date "2026-03-14" | date.add_days 1 }}</c> gives <c>15 Mar 2026</c></example>
    private static object? Invoke(in BuiltinCall call)
    {
        var arguments = (ScriptArray)call[0]!;
        if (arguments.Count > 1) throw call.Error($"Invalid number of parameters `{arguments.Count}` for `date` object/function.");
        if (arguments.Count == 0) return ((BuiltinObject)call.Context.BuiltinObject).Date;
        var text = Runtime.Values.ToText(call.Context, arguments[0]);
        return text.Length > 0 ? Parse(in call, text, null, null) : null;
    }

    /// <summary>The time some days later, also parts of a day.</summary>
    /// <example><c>{{ date.parse "2026-03-14" | date.add_days 20 }}</c> gives <c>03 Apr 2026</c></example>
    private static object? AddDays(in BuiltinCall call) => call.Date(0).AddDays(call.Double(1));

    /// <summary>The time some hours later.</summary>
    /// <example><c>{{ date.parse "2026-03-14 22:00" | date.add_hours 3 | date.to_string "%F %R" }}</c> gives <c>2026-03-15 01:00</c></example>
    private static object? AddHours(in BuiltinCall call) => call.Date(0).AddHours(call.Double(1));

    /// <summary>The time some milliseconds later.</summary>
    /// <example><c>{{ date.parse "2026-03-14 22:00" | date.add_milliseconds 1500 | date.to_string "%T.%L" }}</c> gives <c>22:00:01.500</c></example>
    private static object? AddMilliseconds(in BuiltinCall call) => call.Date(0).AddMilliseconds(call.Double(1));

    /// <summary>The time some minutes later.</summary>
    /// <example><c>{{ date.parse "2026-03-14 22:00" | date.add_minutes (-15) | date.to_string "%R" }}</c> gives <c>21:45</c></example>
    private static object? AddMinutes(in BuiltinCall call) => call.Date(0).AddMinutes(call.Double(1));

    /// <summary>The time some months later; the last day of the month when the day does not exist there.</summary>
    /// <example><c>{{ date.parse "2026-01-31" | date.add_months 1 }}</c> gives <c>28 Feb 2026</c></example>
    private static object? AddMonths(in BuiltinCall call) => call.Date(0).AddMonths(call.Int(1));

    /// <summary>The time some seconds later.</summary>
    /// <example><c>{{ date.parse "2026-03-14 22:00" | date.add_seconds 90 | date.to_string "%T" }}</c> gives <c>22:01:30</c></example>
    private static object? AddSeconds(in BuiltinCall call) => call.Date(0).AddSeconds(call.Double(1));

    /// <summary>The time some years later.</summary>
    /// <example><c>{{ date.parse "2024-02-29" | date.add_years 1 }}</c> gives <c>28 Feb 2025</c></example>
    private static object? AddYears(in BuiltinCall call) => call.Date(0).AddYears(call.Int(1));

    /// <summary><c>date.now</c> and <c>date.utc_now</c>: the time by the clock of the context, in UTC.</summary>
    /// <example><c>{{ date.now.year > 2000 }}</c> gives <c>true</c></example>
    /// <example><c>{{ date.utc_now | date.to_string "%Z" }}</c> gives <c>+00:00</c></example>
    private static object? Now(in BuiltinCall call) => call.Context.TimeProvider.GetUtcNow().UtcDateTime;

    /// <summary>
    /// The time that a text means, in a pattern of <c>%</c> codes or in any form that the culture knows; null for an empty text.
    /// </summary>
    /// <example><c>{{ date.parse "2026-03-14 09:05" | date.to_string "%d.%m. %H:%M" }}</c> gives <c>14.03. 09:05</c></example>
    /// <example><c>{{ date.parse "14/03/26" "%d/%m/%y" }}</c> gives <c>14 Mar 2026</c></example>
    /// <example><c>{{ date.parse "2 juin 2026" culture: "fr-FR" }}</c> gives <c>02 Jun 2026</c></example>
    private static object? Parse(in BuiltinCall call) =>
        call.Text(0) is { Length: > 0 } text ? Parse(in call, text, call.Text(1), call.Text(2)) : null;

    /// <summary>Reads a time and writes it in another pattern: <c>date.parse</c> and <c>date.to_string</c> in one.</summary>
    /// <example><c>{{ "14/03/26" | date.parse_to_string "%F" input_pattern: "%d/%m/%y" }}</c> gives <c>2026-03-14</c></example>
    private static object? ParseToString(in BuiltinCall call)
    {
        if (call.Text(0) is not { Length: > 0 } text) return null;
        var date = Parse(in call, text, call.Text(3), call.Text(4));
        return Print(in call, date, call.Text(1) ?? DefaultFormat, call.Text(2));
    }

    /// <summary>
    /// A time in a pattern of <c>%</c> codes, in a culture or that of the render. After <c>%g</c> the invariant culture holds.
    /// </summary>
    /// <example><c>{{ date.parse "2026-03-14 09:05" | date.to_string "%A, %e %B %Y, %R" }}</c> gives <c>Saturday, 14 March 2026, 09:05</c></example>
    /// <example><c>{{ date.parse "2026-03-14" | date.to_string "%A, %d. %B" "de-DE" }}</c> gives <c>Samstag, 14. März</c></example>
    private static object? ToText(in BuiltinCall call)
    {
        var pattern = call.Text(1) ?? throw BuiltinCall.ArgumentError("pattern", "Value cannot be null.");
        // A bare %g has always stood for the format that is set.
        if (pattern == "%g") pattern = "%g " + FormatOf(call.Context);
        return call[0] is DateTime date ? Print(in call, date, pattern, call.Text(2)) : null;
    }

    private static DateTime Parse(in BuiltinCall call, string text, string? pattern, string? cultureName)
    {
        var culture = ObjectFunctions.CultureOf(in call, cultureName);
        var today = call.Context.TimeProvider.GetUtcNow().UtcDateTime;
        var found = pattern is null
            ? DateReader.TryRead(text, culture, today, out var date)
            : DateReader.TryRead(text, DateReader.ToDotNet(pattern, ref culture), culture, today, out date);
        return found ? date : throw call.Error($"Unable to parse `{text}` as a date");
    }

    private static string Print(in BuiltinCall call, DateTime date, string pattern, string? culture) =>
        StringFunctions.Limited(in call, DateFormat.Format(date, pattern, ObjectFunctions.CultureOf(in call, culture)));

    private static BuiltinParameter Date() => new("date", ArgumentKind.Date);
}
