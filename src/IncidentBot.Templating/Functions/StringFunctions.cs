using IncidentBot.Templating.Runtime;
using IncidentBot.Templating.Syntax;
using static IncidentBot.Templating.Functions.FunctionGroup;

namespace IncidentBot.Templating.Functions;

/// <summary>The <c>string</c> functions. This file: the list of them, and what they share.</summary>
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
            new("startIndex", ArgumentKind.NullableInt, true),
            new("count", ArgumentKind.NullableInt, true),
            OptionalText("stringComparison"))
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
        .Define("truncate", "Truncate", Truncate, Text("text"), Int("length"), OptionalText("ellipsis"))
        .Define("truncatewords", "Truncatewords", TruncateWords, Text("text"), Int("count"), OptionalText("ellipsis"))
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

    private static void Check(in BuiltinCall call, long length)
    {
        var limit = call.Context.LimitToString;
        if (limit > 0 && length > limit) throw TooLong(in call);
        call.Context.Charge(length, call.Node);
    }

    /// <summary>
    /// A search may compare the whole of the wanted text at each position of the other. Ordinal searches compare many
    /// characters at once; those from the end do not, and those by the rules of a culture take a while for each.
    /// </summary>
    private static void ChargeSearch(in BuiltinCall call, string text, string wanted, int perCharacter = 0)
    {
        var comparisons = (Math.Max(0L, text.Length - wanted.Length) + 1) * wanted.Length;
        call.Context.Charge(perCharacter > 0 ? comparisons * perCharacter : comparisons >> 6, call.Node);
    }
}
