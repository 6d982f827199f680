using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Functions;

// Templates print digests that other systems compare; none of them guards anything here.
#pragma warning disable CA5350, CA5351

/// <summary>The <c>string</c> functions that read numbers, encode and hash.</summary>
internal static partial class StringFunctions
{
    private const NumberStyles FloatStyles = NumberStyles.Float | NumberStyles.AllowThousands;

    /// <summary>The text that was encoded in Base64, read as UTF-8.</summary>
    /// <example><c>{{ "SU5DLTQy" | string.base64_decode }}</c> gives <c>INC-42</c></example>
    private static object? Base64Decode(in BuiltinCall call) =>
        call.Text(0) is { } text ? Encoding.UTF8.GetString(Convert.FromBase64String(text)) : string.Empty;

    /// <summary>A text, as UTF-8, in Base64.</summary>
    /// <example><c>{{ "INC-42" | string.base64_encode }}</c> gives <c>SU5DLTQy</c></example>
    private static object? Base64Encode(in BuiltinCall call) =>
        Limited(in call, Convert.ToBase64String(Bytes(call.Text(0))));

    /// <summary>The keyed SHA-1 of a text, in hexadecimal.</summary>
    /// <example><c>{{ "INC-42" | string.hmac_sha1 "key" }}</c> gives <c>c9f25be508aa21611285659ba0cbd2ea1604e05f</c></example>
    private static object? HmacSha1(in BuiltinCall call) => Hex(HMACSHA1.HashData(Bytes(call.Text(1)), Bytes(call.Text(0))));

    /// <summary>The keyed SHA-256 of a text, in hexadecimal.</summary>
    /// <example><c>{{ "INC-42" | string.hmac_sha256 "key" }}</c> gives <c>0fecde439b7ce6922b531f7916e97f21377984536b66f773c805c0c54bb576f4</c></example>
    private static object? HmacSha256(in BuiltinCall call) => Hex(HMACSHA256.HashData(Bytes(call.Text(1)), Bytes(call.Text(0))));

    /// <summary>The keyed SHA-512 of a text, in hexadecimal.</summary>
    /// <example><c>{{ "INC-42" | string.hmac_sha512 "key" | string.truncate 19 }}</c> gives <c>e6a4e05315e6df88...</c></example>
    private static object? HmacSha512(in BuiltinCall call) => Hex(HMACSHA512.HashData(Bytes(call.Text(1)), Bytes(call.Text(0))));

    /// <summary>The MD5 of a text, in hexadecimal.</summary>
    /// <example><c>{{ "INC-42" | string.md5 }}</c> gives <c>465992770e83d5ff31d95172f809582b</c></example>
    private static object? Md5(in BuiltinCall call) => Hex(MD5.HashData(Bytes(call.Text(0))));

    /// <summary>The SHA-1 of a text, in hexadecimal.</summary>
    /// <example><c>{{ "INC-42" | string.sha1 }}</c> gives <c>89bdad7d7d18cd8c70a4f1cb102b8132735cd1a2</c></example>
    private static object? Sha1(in BuiltinCall call) => Hex(SHA1.HashData(Bytes(call.Text(0))));

    /// <summary>The SHA-256 of a text, in hexadecimal.</summary>
    /// <example><c>{{ "INC-42" | string.sha256 }}</c> gives <c>3fa6627d432cd57f6898442f3d2f2f36092656e1600f2cb8d41dfccf9dc89d75</c></example>
    private static object? Sha256(in BuiltinCall call) => Hex(SHA256.HashData(Bytes(call.Text(0))));

    /// <summary>The SHA-512 of a text, in hexadecimal.</summary>
    /// <example><c>{{ "INC-42" | string.sha512 | string.truncate 19 }}</c> gives <c>83a3bc6132b38fa1...</c></example>
    private static object? Sha512(in BuiltinCall call) => Hex(SHA512.HashData(Bytes(call.Text(0))));

    /// <summary>The number that a text is, null when it is none.</summary>
    /// <example><c>{{ ("1,234.5" | string.to_double) + 1 }}</c> gives <c>1235.5</c></example>
    private static object? ToDouble(in BuiltinCall call) =>
        double.TryParse(call.Text(0), FloatStyles, call.Context.CurrentCulture, out var number) ? number : null;

    /// <summary>The same as a number of single precision.</summary>
    /// <example><c>{{ "0.25" | string.to_float | object.kind }}</c> gives <c>float</c></example>
    private static object? ToFloat(in BuiltinCall call) =>
        float.TryParse(call.Text(0), FloatStyles, call.Context.CurrentCulture, out var number) ? number : null;

    /// <summary>The whole number that a text is, null when it is none.</summary>
    /// <example><c>{{ ("41" | string.to_int) + 1 }}</c> gives <c>42</c></example>
    /// <example><c>{{ ("many" | string.to_int) ?? "not a number" }}</c> gives <c>not a number</c></example>
    private static object? ToInt(in BuiltinCall call) =>
        int.TryParse(call.Text(0), NumberStyles.Integer, call.Context.CurrentCulture, out var number) ? Values.Box(number) : null;

    /// <summary>The same for a number of 64 bits.</summary>
    /// <example><c>{{ ("4000000000" | string.to_long) + 1 }}</c> gives <c>4000000001</c></example>
    private static object? ToLong(in BuiltinCall call) =>
        long.TryParse(call.Text(0), NumberStyles.Integer, call.Context.CurrentCulture, out var number) ? number : null;

    private static byte[] Bytes(string? text) => Encoding.UTF8.GetBytes(text ?? string.Empty);

    private static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);
}
