using System.Globalization;
using System.Numerics;
using System.Text;
using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Parsing;

/// <summary>The values of numbers and strings as they are written.</summary>
internal static class Literals
{
    /// <summary>Above this <c>1e…</c> would make a whole number of millions of digits out of a few characters.</summary>
    private const int LargestExponent = 4096;

    private const int LongestNumber = 10_000;

    public static string Verbatim(ReadOnlySpan<char> text) => text.ToString().Replace("``", "`", StringComparison.Ordinal);

    public static string Unescape(ReadOnlySpan<char> text)
    {
        if (!text.Contains('\\')) return text.ToString();
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                result.Append(text[i]);
                continue;
            }

            var c = text[++i];
            switch (c)
            {
                case '0': result.Append('\0'); break;
                case 'b': result.Append('\b'); break;
                case 'f': result.Append('\f'); break;
                case 'n': result.Append('\n'); break;
                case 'r': result.Append('\r'); break;
                case 't': result.Append('\t'); break;
                case 'v': result.Append('\v'); break;
                case 'u' when Code(text, i + 1, 4, out var code):
                    result.Append((char)code);
                    i += 4;
                    break;
                case 'x' when Code(text, i + 1, 2, out var code):
                    result.Append((char)code);
                    i += 2;
                    break;
                case '\r' when i + 1 < text.Length && text[i + 1] == '\n':
                    // A backslash at the end of a line joins it with the next.
                    i++;
                    break;
                case '\n':
                    break;
                default: result.Append(c); break;
            }
        }

        return result.ToString();
    }

    public static object? Number(TokenType type, ReadOnlySpan<char> written, out string? error)
    {
        error = null;
        if (written.Length > LongestNumber)
        {
            error = $"The number is longer than `{LongestNumber}` digits";
            return null;
        }

        // Fractions take no underscores.
        if (type == TokenType.Float) return Float(written.ToString(), out error);
        var text = written.ToString().Replace("_", string.Empty, StringComparison.Ordinal);
        if (text.StartsWith("0b", StringComparison.Ordinal) && text.Contains('.')) return BinaryFraction(text);
        if (type is TokenType.HexInteger or TokenType.BinaryInteger) return Bits(text, type == TokenType.HexInteger);
        var exponentAt = text.IndexOfAny(['e', 'E']);
        if (exponentAt < 0)
        {
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var small) ? Values.Box(small)
                : Values.Box(BigInteger.Parse(text, CultureInfo.InvariantCulture));
        }

        if (!int.TryParse(text.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent)
            || exponent is > LargestExponent or < -LargestExponent)
        {
            error = $"The exponent of the number `{written}` is too large";
            return null;
        }

        // "100e-2" is a whole number, "1e-2" is none and not a float either.
        if (BigInteger.TryParse(
            text, NumberStyles.Integer | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var whole))
        {
            return Values.Box(whole);
        }

        error = $"Unable to parse the integer {text}";
        return null;
    }

    /// <summary>Up to 64 bits are taken as they stand, so <c>0xFFFFFFFF</c> is -1 unless a <c>u</c> follows.</summary>
    private static object Bits(string text, bool isHex)
    {
        var isUnsigned = text[^1] is 'u' or 'U';
        var digits = isUnsigned ? text[2..^1] : text[2..];
        var value = isHex
            ? BigInteger.Parse("0" + digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
            : BigInteger.Parse("0" + digits, NumberStyles.AllowBinarySpecifier, CultureInfo.InvariantCulture);
        if (value <= uint.MaxValue) return isUnsigned ? Values.Box(value) : Values.Box(unchecked((int)(uint)value));
        if (value <= ulong.MaxValue) return isUnsigned ? Values.Box(value) : Values.Box(unchecked((long)(ulong)value));
        return isHex ? Values.Box(BigInteger.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)) : Values.Box(value);
    }

    /// <summary><c>0b1.1</c> is one and a half; a double unless <c>f</c> follows.</summary>
    private static object BinaryFraction(string text)
    {
        var isFloat = text[^1] is 'f' or 'F';
        var point = text.IndexOf('.');
        var digits = text.AsSpan(point + 1).TrimEnd("uUfFdD");
        var whole = BigInteger.Parse(
            string.Concat("0", text.AsSpan(2, point - 2), digits), NumberStyles.AllowBinarySpecifier, CultureInfo.InvariantCulture);
        return isFloat ? (float)whole * (float)Math.Pow(2, -digits.Length) : (double)whole * Math.Pow(2, -digits.Length);
    }

    private static object? Float(string text, out string? error)
    {
        const NumberStyles styles = NumberStyles.Float;
        var invariant = CultureInfo.InvariantCulture;
        var digits = text.AsSpan(0, text.Length - 1);
        error = null;
        switch (text[^1])
        {
            case 'f' or 'F':
                if (float.TryParse(digits, styles, invariant, out var single)) return single;
                error = $"Unable to parse float value `{text}`";
                return null;
            case 'm' or 'M':
                if (decimal.TryParse(digits, styles, invariant, out var exact)) return exact;
                break;
            case 'd' or 'D':
                if (double.TryParse(digits, styles, invariant, out var marked)) return marked;
                break;
            default:
                if (double.TryParse(text, styles, invariant, out var plain)) return plain;
                break;
        }

        error = $"Unable to parse double value `{text}`";
        return null;
    }

    private static bool Code(ReadOnlySpan<char> text, int at, int length, out int code)
    {
        code = 0;
        return at + length <= text.Length
            && int.TryParse(text.Slice(at, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out code);
    }
}
