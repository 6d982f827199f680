using System.Security.Cryptography;
using System.Text;
using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Functions;

// Templates print digests that other systems compare; none of them guards anything here.
#pragma warning disable CA5350, CA5351

/// <summary>The <c>string</c> functions that encode and hash.</summary>
internal static partial class StringFunctions
{
    /// <summary>The text that was encoded in Base64.</summary>
    private static object? Base64Decode(in BuiltinCall call) =>
        call.Text(0) is { } text ? Encoding.UTF8.GetString(Convert.FromBase64String(text)) : string.Empty;

    /// <summary>A text in Base64.</summary>
    private static object? Base64Encode(in BuiltinCall call) =>
        Limited(in call, Convert.ToBase64String(Bytes(call.Text(0))));

    /// <summary>The keyed SHA-1 of a text, in hexadecimal.</summary>
    private static object? HmacSha1(in BuiltinCall call) => Hex(HMACSHA1.HashData(Bytes(call.Text(1)), Bytes(call.Text(0))));

    /// <summary>The keyed SHA-256 of a text, in hexadecimal.</summary>
    private static object? HmacSha256(in BuiltinCall call) => Hex(HMACSHA256.HashData(Bytes(call.Text(1)), Bytes(call.Text(0))));

    /// <summary>The keyed SHA-512 of a text, in hexadecimal.</summary>
    private static object? HmacSha512(in BuiltinCall call) => Hex(HMACSHA512.HashData(Bytes(call.Text(1)), Bytes(call.Text(0))));

    /// <summary>The MD5 of a text, in hexadecimal.</summary>
    private static object? Md5(in BuiltinCall call) => Hex(MD5.HashData(Bytes(call.Text(0))));

    /// <summary>The SHA-1 of a text, in hexadecimal.</summary>
    private static object? Sha1(in BuiltinCall call) => Hex(SHA1.HashData(Bytes(call.Text(0))));

    /// <summary>The SHA-256 of a text, in hexadecimal.</summary>
    private static object? Sha256(in BuiltinCall call) => Hex(SHA256.HashData(Bytes(call.Text(0))));

    /// <summary>The SHA-512 of a text, in hexadecimal.</summary>
    private static object? Sha512(in BuiltinCall call) => Hex(SHA512.HashData(Bytes(call.Text(0))));

    private static byte[] Bytes(string? text) => Encoding.UTF8.GetBytes(text ?? string.Empty);

    private static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);
}
