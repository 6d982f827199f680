using System.Globalization;
using System.Text;

namespace IncidentBot.Templating.Functions;

/// <summary>Times in the <c>%</c> codes of strftime, as far as the language has them.</summary>
internal static class DateFormat
{
    public static string Format(DateTime date, string pattern, CultureInfo culture)
    {
        var result = new StringBuilder(pattern.Length + 16);
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != '%' || i + 1 == pattern.Length) result.Append(pattern[i]);
            else if (pattern[++i] == 'g') culture = CultureInfo.InvariantCulture;
            else Append(result, date, pattern[i], culture);
        }

        return result.ToString();
    }

    /// <summary>The .NET format of a code, for writing and for reading; null when .NET has none.</summary>
    public static string? DotNetFormat(char code) => code switch
    {
        'a' => "ddd",
        'A' => "dddd",
        'b' or 'h' => "MMM",
        'B' => "MMMM",
        'c' => "ddd MMM dd HH:mm:ss yyyy",
        'd' => "dd",
        'D' => "MM/dd/yy",
        'e' => "%d",
        'F' => "yyyy-MM-dd",
        'H' => "HH",
        'I' => "hh",
        'k' => "%H",
        'l' => "%h",
        'L' => "fff",
        'm' => "MM",
        'M' => "mm",
        'N' => "fffffff00",
        'p' or 'P' => "tt",
        'r' => "hh:mm:ss tt",
        'R' => "HH:mm",
        'S' => "ss",
        'T' => "HH:mm:ss",
        'x' => "d",
        'X' => "T",
        'y' => "yy",
        'Y' => "yyyy",
        'Z' => "zzz",
        _ => null,
    };

    /// <summary>Whether a code can be written but not read.</summary>
    public static bool IsForWritingOnly(char code) => code is 'C' or 'j' or 'n' or 's' or 't' or 'u' or 'U' or 'v' or 'V' or 'w' or 'W' or '%';

    private static void Append(StringBuilder result, DateTime date, char code, CultureInfo culture)
    {
        switch (code)
        {
            // What nearly all patterns are made of; other calendars have other years, months and days.
            case 'd' when culture.Calendar is GregorianCalendar: Number(result, date.Day, 2); break;
            case 'm' when culture.Calendar is GregorianCalendar: Number(result, date.Month, 2); break;
            case 'Y' when culture.Calendar is GregorianCalendar: Number(result, date.Year, 4); break;
            case 'H': Number(result, date.Hour, 2); break;
            case 'M': Number(result, date.Minute, 2); break;
            case 'S': Number(result, date.Second, 2); break;

            case 'e' or 'k' or 'l': result.Append(date.ToString(DotNetFormat(code), culture).PadLeft(2)); break;
            case 'P': result.Append(date.ToString("tt", culture).ToLowerInvariant()); break;
            case 'C': Number(result, date.Year / 100, 2); break;
            case 'j': Number(result, date.DayOfYear, 3); break;
            case 'n': result.Append('\n'); break;
            case 's': result.Append(culture, $"{(date.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond}"); break;
            case 't': result.Append('\t'); break;
            case 'u': Number(result, date.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)date.DayOfWeek, 1); break;
            case 'U': Week(result, date, culture, culture.DateTimeFormat.CalendarWeekRule, DayOfWeek.Sunday); break;
            case 'v':
                Number(result, date.Day, 2, ' ');
                result.Append(date.ToString("-MMM-", CultureInfo.InvariantCulture).ToUpperInvariant());
                Number(result, date.Year, 4);
                break;
            // Not quite the weeks of ISO 8601: the last days of December never belong to the next year.
            case 'V': Week(result, date, culture, CalendarWeekRule.FirstFourDayWeek, DayOfWeek.Monday); break;
            case 'w': Number(result, (int)date.DayOfWeek, 1); break;
            case 'W': Week(result, date, culture, culture.DateTimeFormat.CalendarWeekRule, DayOfWeek.Monday); break;
            // All times are UTC.
            case 'Z': result.Append("+00:00"); break;
            case '%': result.Append('%'); break;
            default:
                if (DotNetFormat(code) is { } format) result.Append(date.ToString(format, culture));
                else result.Append('%').Append(code);
                break;
        }
    }

    private static void Week(StringBuilder result, DateTime date, CultureInfo culture, CalendarWeekRule rule, DayOfWeek first) =>
        Number(result, culture.Calendar.GetWeekOfYear(date, rule, first), 2);

    private static void Number(StringBuilder result, int value, int width, char fill = '0')
    {
        Span<char> digits = stackalloc char[12];
        value.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
        result.Append(fill, Math.Max(0, width - length)).Append(digits[..length]);
    }
}
