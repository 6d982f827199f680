using System.Globalization;
using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Functions;

/// <summary>The <c>string</c> functions that ask something of a text.</summary>
internal static partial class StringFunctions
{
    /// <summary>Whether a text contains another. No text contains an empty one.</summary>
    /// <example><c>{{ "disk full on db-1" | string.contains "db-" }}</c> gives <c>true</c></example>
    private static object? Contains(in BuiltinCall call)
    {
        if (!BothHaveText(in call, out var text, out var value)) return Values.Box(false);
        ChargeSearch(in call, text, value);
        return Values.Box(text.Contains(value, StringComparison.Ordinal));
    }

    /// <summary>Whether a text is null or has no characters.</summary>
    /// <example><c>{{ "" | string.empty }} {{ " " | string.empty }}</c> gives <c>true false</c></example>
    private static object? Empty(in BuiltinCall call) => Values.Box(string.IsNullOrEmpty(call.Text(0)));

    /// <summary>Whether a text ends with another. No text ends with an empty one.</summary>
    /// <example><c>{{ "report.md" | string.ends_with ".md" }}</c> gives <c>true</c></example>
    private static object? EndsWith(in BuiltinCall call) => Values.Box(
        BothHaveText(in call, out var text, out var value) && text.EndsWith(value, StringComparison.Ordinal));

    /// <summary>Whether two texts differ in upper and lower case only.</summary>
    /// <example><c>{{ "SEV1" | string.equals_ignore_case "sev1" }}</c> gives <c>true</c></example>
    private static object? EqualsIgnoreCase(in BuiltinCall call) => Values.Box(
        call.Text(0) is { } text && call.Text(1) is { } value
        && CultureInfo.InvariantCulture.CompareInfo.Compare(text, value, CompareOptions.IgnoreCase) == 0);

    /// <summary>
    /// Where a text is found in another, -1 when it is not. A start and a number of characters narrow the search; the
    /// comparison is one of .NET, such as <c>OrdinalIgnoreCase</c>.
    /// </summary>
    /// <example><c>{{ "on-call" | string.index_of "call" }}</c> gives <c>3</c></example>
    /// <example><c>{{ "a-b-c" | string.index_of "-" startIndex: 2 }}</c> gives <c>3</c></example>
    private static object? IndexOf(in BuiltinCall call)
    {
        var text = call.Text(0) ?? throw BuiltinCall.ArgumentError("text", "Value cannot be null.");
        var search = call.Text(1) ?? throw BuiltinCall.ArgumentError("search", "Value cannot be null.");
        var comparison = StringComparison.Ordinal;
        if (call.Text(4) is { } name && !Enum.TryParse(name, out comparison))
            throw BuiltinCall.ArgumentError("stringComparison", $"'{name}' is not a valid stringComparison");
        // The culture of the thread must not show.
        comparison = comparison switch
        {
            StringComparison.CurrentCulture => StringComparison.InvariantCulture,
            StringComparison.CurrentCultureIgnoreCase => StringComparison.InvariantCultureIgnoreCase,
            _ => comparison,
        };
        ChargeSearch(in call, text, search, comparison is StringComparison.Ordinal or StringComparison.OrdinalIgnoreCase ? 0 : 4);
        var start = call.NullableInt(2) ?? 0;
        return Values.Box(text.IndexOf(search, start, call.NullableInt(3) ?? text.Length - start, comparison));
    }

    /// <summary>The singular for one, the plural for other numbers.</summary>
    /// <example><c>{{ 1 | string.pluralize "alert" "alerts" }}, {{ 2 | string.pluralize "alert" "alerts" }}</c> gives <c>alert, alerts</c></example>
    private static object? Pluralize(in BuiltinCall call) => call.Int(0) == 1 ? call.Text(1) : call.Text(2);

    /// <summary>The number of characters.</summary>
    /// <example><c>{{ "alert" | string.size }}</c> gives <c>5</c></example>
    private static object? Size(in BuiltinCall call) => Values.Box(call.Text(0)?.Length ?? 0);

    /// <summary>Whether a text starts with another. No text starts with an empty one.</summary>
    /// <example><c>{{ "INC-42" | string.starts_with "INC-" }}</c> gives <c>true</c></example>
    private static object? StartsWith(in BuiltinCall call) => Values.Box(
        BothHaveText(in call, out var text, out var value) && text.StartsWith(value, StringComparison.Ordinal));

    /// <summary>Whether a text is null or has nothing but whitespace.</summary>
    /// <example><c>{{ " " | string.whitespace }} {{ "a b" | string.whitespace }}</c> gives <c>true false</c></example>
    private static object? Whitespace(in BuiltinCall call) => Values.Box(string.IsNullOrWhiteSpace(call.Text(0)));

    private static bool BothHaveText(in BuiltinCall call, out string text, out string value)
    {
        text = call.Text(0) ?? string.Empty;
        value = call.Text(1) ?? string.Empty;
        return text.Length > 0 && value.Length > 0;
    }
}
