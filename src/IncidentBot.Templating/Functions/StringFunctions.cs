using System.Globalization;
using IncidentBot.Templating.Runtime;
using IncidentBot.Templating.Syntax;
using static IncidentBot.Templating.Functions.FunctionGroup;

namespace IncidentBot.Templating.Functions;

/// <summary>The <c>string</c> functions. This file: the list of them, and those that ask and cut.</summary>
internal static partial class StringFunctions
{
    public static ScriptObject Create() => new ScriptObject()
        .Define("append", "Append", Append, Text("text"), Text("with"))
        .Define("base64_decode", "Base64Decode", Base64Decode, Text("text"))
        .Define("base64_encode", "Base64Encode", Base64Encode, Text("text"))
        .Define("capitalize", "Capitalize", Capitalize, Text("text"))
        .Define("capitalizewords", "Capitalizewords", CapitalizeWords, Text("text"))
        .Define("contains", "Contains", Contains, Text("text"), Text("value"))
        .Define("downcase", "Downcase", Downcase, Text("text"))
        .Define("empty", "Empty", Empty, Text("text"))
        .Define("ends_with", "EndsWith", EndsWith, Text("text"), Text("value"))
        .Define("equals_ignore_case", "EqualsIgnoreCase", EqualsIgnoreCase, Text("text"), Text("value"))
        .Define("escape", "Escape", Escape, Text("text"))
        .Define("handleize", "Handleize", Handleize, Text("text"))
        .Define("hmac_sha1", "HmacSha1", HmacSha1, Text("text"), Text("secretKey"))
        .Define("hmac_sha256", "HmacSha256", HmacSha256, Text("text"), Text("secretKey"))
        .Define("hmac_sha512", "HmacSha512", HmacSha512, Text("text"), Text("secretKey"))
        .Define(
            "index_of",
            "IndexOf",
            IndexOf,
            Text("text"),
            Text("search"),
            new("start_index", ArgumentKind.NullableInt, true),
            new("count", ArgumentKind.NullableInt, true),
            OptionalText("string_comparison"))
        .Define("literal", "Literal", Literal, Text("text"))
        .Define("lstrip", "LStrip", LStrip, Text("text"))
        .Define("md5", "Md5", Md5, Text("text"))
        .Define("pad_left", "PadLeft", PadLeft, Text("text"), Int("width"))
        .Define("pad_right", "PadRight", PadRight, Text("text"), Int("width"))
        .Define("pluralize", "Pluralize", Pluralize, Int("number"), Text("singular"), Text("plural"))
        .Define("prepend", "Prepend", Prepend, Text("text"), Text("by"))
        .Define("remove", "Remove", Remove, Text("text"), Text("remove"))
        .Define("remove_first", "RemoveFirst", RemoveFirst, Text("text"), Text("remove"))
        .Define("remove_last", "RemoveLast", RemoveLast, Text("text"), Text("remove"))
        .Define("replace", "Replace", Replace, Text("text"), Text("match"), Text("replace"))
        .Define("replace_first", "ReplaceFirst", ReplaceFirst, Text("text"), Text("match"), Text("replace"), OptionalBool("fromEnd"))
        .Define("rstrip", "RStrip", RStrip, Text("text"))
        .Define("sha1", "Sha1", Sha1, Text("text"))
        .Define("sha256", "Sha256", Sha256, Text("text"))
        .Define("sha512", "Sha512", Sha512, Text("text"))
        .Define("size", "Size", Size, Text("text"))
        .Define("slice", "Slice", Slice, Text("text"), Int("start"), new("length", ArgumentKind.NullableInt, true))
        .Define("slice1", "Slice1", Slice1, Text("text"), Int("start"), OptionalInt("length", 1))
        .Define("split", "Split", Split, Text("text"), Text("match"))
        .Define("starts_with", "StartsWith", StartsWith, Text("text"), Text("value"))
        .Define("strip", "Strip", Strip, Text("text"))
        .Define("strip_newlines", "StripNewlines", StripNewLines, Text("text"))
        .Define("to_double", "ToDouble", ToDouble, Text("text"))
        .Define("to_float", "ToFloat", ToFloat, Text("text"))
        .Define("to_int", "ToInt", ToInt, Text("text"))
        .Define("to_long", "ToLong", ToLong, Text("text"))
        .Define("truncate", "Truncate", Truncate, Text("text"), Int("length"), OptionalText("ellipsis", "..."))
        .Define("truncatewords", "Truncatewords", TruncateWords, Text("text"), Int("count"), OptionalText("ellipsis", "..."))
        .Define("upcase", "Upcase", Upcase, Text("text"))
        .Define("whitespace", "Whitespace", Whitespace, Text("text"))
        .Frozen();

    internal static string TooLongMessage(int limit) => $"The resulting string length exceeds the configured LimitToString `{limit}`.";

    internal static ScriptRuntimeException TooLong(in BuiltinCall call) => call.Error(TooLongMessage(call.Context.LimitToString));

    /// <summary>A result, if it is not longer than strings may be.</summary>
    internal static string Limited(in BuiltinCall call, string text)
    {
        Check(in call, text.Length);
        return text;
    }

    /// <summary>Whether a text contains another.</summary>
    private static object? Contains(in BuiltinCall call) => Values.Box(
        call.Text(0) is { } text && call.Text(1) is { } value && text.Contains(value, StringComparison.Ordinal));

    /// <summary>Whether a text is null or has no characters.</summary>
    private static object? Empty(in BuiltinCall call) => Values.Box(string.IsNullOrEmpty(call.Text(0)));

    /// <summary>Whether a text ends with another.</summary>
    private static object? EndsWith(in BuiltinCall call) => Values.Box(
        call.Text(0) is { } text && call.Text(1) is { } value && text.EndsWith(value, StringComparison.Ordinal));

    /// <summary>Whether two texts differ in upper and lower case only.</summary>
    private static object? EqualsIgnoreCase(in BuiltinCall call) => Values.Box(
        call.Text(0) is { } text && call.Text(1) is { } value && text.Equals(value, StringComparison.OrdinalIgnoreCase));

    /// <summary>Where a text is found in another, -1 when it is not.</summary>
    private static object? IndexOf(in BuiltinCall call)
    {
        var text = call.Text(0) ?? throw BuiltinCall.ArgumentError("text", "Value cannot be null.");
        var search = call.Text(1) ?? throw BuiltinCall.ArgumentError("search", "Value cannot be null.");
        var start = Math.Clamp(call.NullableInt(2) ?? 0, 0, text.Length);
        var count = Math.Clamp(call.NullableInt(3) ?? text.Length, 0, text.Length - start);
        var comparison = StringComparison.Ordinal;
        if (call.Text(4) is { } name && !Enum.TryParse(name, true, out comparison))
            throw call.Error($"Unknown string comparison `{name}`");
        // The culture of the thread must not show.
        comparison = comparison switch
        {
            StringComparison.CurrentCulture => StringComparison.InvariantCulture,
            StringComparison.CurrentCultureIgnoreCase => StringComparison.InvariantCultureIgnoreCase,
            _ => comparison,
        };
        return Values.Box(text.IndexOf(search, start, count, comparison));
    }

    /// <summary>The singular for one, the plural for other numbers.</summary>
    private static object? Pluralize(in BuiltinCall call) => call.Int(0) == 1 ? call.Text(1) : call.Text(2);

    /// <summary>The number of characters.</summary>
    private static object? Size(in BuiltinCall call) => Values.Box(call.Text(0)?.Length ?? 0);

    /// <summary>A part of a text from a position on, counted from the end when negative.</summary>
    private static object? Slice(in BuiltinCall call) =>
        Cut(call.Text(0), call.Int(1), call.NullableInt(2) ?? call.Text(0)?.Length ?? 0);

    /// <summary>The same, one character long unless a length is given.</summary>
    private static object? Slice1(in BuiltinCall call) => Cut(call.Text(0), call.Int(1), call.Int(2));

    /// <summary>The parts of a text between a separator, empty ones left out.</summary>
    private static object? Split(in BuiltinCall call)
    {
        if (call.Text(0) is not { Length: > 0 } text) return new ScriptArray { IsIterator = true };
        var parts = text.Split(call.Text(1), StringSplitOptions.RemoveEmptyEntries);
        call.Context.Charge(parts.Length * 16L, call.Node);
        return new ScriptArray(parts) { IsIterator = true };
    }

    /// <summary>Whether a text starts with another.</summary>
    private static object? StartsWith(in BuiltinCall call) => Values.Box(
        call.Text(0) is { } text && call.Text(1) is { } value && text.StartsWith(value, StringComparison.Ordinal));

    /// <summary>The number that a text is, null when it is none.</summary>
    private static object? ToDouble(in BuiltinCall call) =>
        double.TryParse(call.Text(0), NumberStyles.Float, call.Context.CurrentCulture, out var number) ? number : null;

    /// <summary>The same as a number of single precision.</summary>
    private static object? ToFloat(in BuiltinCall call) =>
        float.TryParse(call.Text(0), NumberStyles.Float, call.Context.CurrentCulture, out var number) ? number : null;

    /// <summary>The whole number that a text is, null when it is none.</summary>
    private static object? ToInt(in BuiltinCall call) =>
        int.TryParse(call.Text(0), NumberStyles.Integer, call.Context.CurrentCulture, out var number) ? Values.Box(number) : null;

    /// <summary>The same for a number of 64 bits.</summary>
    private static object? ToLong(in BuiltinCall call) =>
        long.TryParse(call.Text(0), NumberStyles.Integer, call.Context.CurrentCulture, out var number) ? number : null;

    /// <summary>Whether a text is null or has nothing but whitespace.</summary>
    private static object? Whitespace(in BuiltinCall call) => Values.Box(string.IsNullOrWhiteSpace(call.Text(0)));

    private static void Check(in BuiltinCall call, long length)
    {
        var limit = call.Context.LimitToString;
        if (limit > 0 && length > limit) throw TooLong(in call);
        call.Context.Charge(length, call.Node);
    }

    private static string Cut(string? text, int start, int length)
    {
        if (string.IsNullOrEmpty(text) || start >= text.Length) return string.Empty;
        if (start < 0)
        {
            start += text.Length;
            // What would lie before the text is lost, not moved into it.
            length = Math.Max(0, length) + Math.Min(0, start);
            start = Math.Max(0, start);
        }

        return length <= 0 ? string.Empty : text.Substring(start, Math.Min(length, text.Length - start));
    }
}
