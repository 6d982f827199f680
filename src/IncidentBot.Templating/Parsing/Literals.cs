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

        var text = written.ToString().Replace("_", string.Empty, StringComparison.Ordinal);
        if (type is TokenType.HexInteger or TokenType.BinaryInteger)
        {
            var digits = text[2..].TrimEnd('u', 'U');
            if (digits.Length == 0) error = $"Invalid number `{written}`";
            return error is not null ? null
                : Values.Box(type == TokenType.HexInteger
                    ? BigInteger.Parse("0" + digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
                    : BigInteger.Parse("0" + digits, NumberStyles.AllowBinarySpecifier, CultureInfo.InvariantCulture));
        }

        if (type == TokenType.Float)
        {
            // Only integers can be unsigned.
            if (text[^1] is not ('u' or 'U')) return Float(text);
            error = $"Invalid number `{written}`";
            return null;
        }

        text = text.TrimEnd('u', 'U');
        var exponentAt = text.IndexOfAny(['e', 'E']);
        if (exponentAt < 0)
        {
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var small) ? Values.Box(small)
                : Values.Box(BigInteger.Parse(text, CultureInfo.InvariantCulture));
        }

        if (int.TryParse(text.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent)
            && exponent <= LargestExponent)
        {
            return Values.Box(
                BigInteger.Parse(text.AsSpan(0, exponentAt), CultureInfo.InvariantCulture) * BigInteger.Pow(10, exponent));
        }

        error = $"The exponent of the number `{written}` is too large";
        return null;
    }

    private static object Float(string text)
    {
        var invariant = CultureInfo.InvariantCulture;
        switch (text[^1])
        {
            case 'f' or 'F':
                return float.Parse(text.AsSpan(0, text.Length - 1), invariant);
            case 'd' or 'D':
                return double.Parse(text.AsSpan(0, text.Length - 1), invariant);
            case 'm' or 'M':
                return decimal.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.Float, invariant, out var exact)
                    ? exact
                    : double.Parse(text.AsSpan(0, text.Length - 1), invariant);
            default:
                return double.Parse(text, invariant);
        }
    }

    private static bool Code(ReadOnlySpan<char> text, int at, int length, out int code)
    {
        code = 0;
        return at + length <= text.Length
            && int.TryParse(text.Slice(at, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out code);
    }
}
