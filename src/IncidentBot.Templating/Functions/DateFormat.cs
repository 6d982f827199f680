using System.Globalization;
using System.Text;

namespace IncidentBot.Templating.Functions;

/// <summary>Writes times in the <c>%</c> codes of strftime, as far as the language has them.</summary>
internal static class DateFormat
{
    public static string Format(DateTime date, string pattern, CultureInfo culture)
    {
        var result = new StringBuilder(pattern.Length + 16);
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != '%' || i + 1 == pattern.Length) result.Append(pattern[i]);
            else if (!Append(result, date, pattern[++i], culture)) result.Append('%').Append(pattern[i]);
        }

        return result.ToString();
    }

    private static bool Append(StringBuilder result, DateTime date, char code, CultureInfo culture)
    {
        switch (code)
        {
            case 'a': result.Append(culture.DateTimeFormat.GetAbbreviatedDayName(date.DayOfWeek)); break;
            case 'A': result.Append(culture.DateTimeFormat.GetDayName(date.DayOfWeek)); break;
            case 'b' or 'h': result.Append(date.ToString("MMM", culture)); break;
            case 'B': result.Append(date.ToString("MMMM", culture)); break;
            case 'c': result.Append(date.ToString("ddd MMM dd HH:mm:ss yyyy", culture)); break;
            case 'C': Number(result, date.Year / 100, 2); break;
            case 'd': Number(result, date.Day, 2); break;
            case 'D': result.Append(date.ToString("MM'/'dd'/'yy", culture)); break;
            case 'e': Number(result, date.Day, 2, ' '); break;
            case 'F': result.Append(date.ToString("yyyy'-'MM'-'dd", culture)); break;
            case 'g': break;
            case 'H': Number(result, date.Hour, 2); break;
            case 'I': Number(result, Hour12(date), 2); break;
            case 'j': Number(result, date.DayOfYear, 3); break;
            case 'k': Number(result, date.Hour, 1); break;
            case 'l': Number(result, Hour12(date), 2, ' '); break;
            case 'L': Number(result, date.Millisecond, 3); break;
            case 'm': Number(result, date.Month, 2); break;
            case 'M': Number(result, date.Minute, 2); break;
            case 'n': result.Append('\n'); break;
            case 'N': Number(result, (int)(date.Ticks % TimeSpan.TicksPerSecond) * 100, 9); break;
            case 'p': result.Append(date.ToString("tt", culture)); break;
            case 'P': result.Append(date.ToString("tt", culture).ToLower(culture)); break;
            case 'r': result.Append(date.ToString("hh':'mm':'ss tt", culture)); break;
            case 'R': result.Append(date.ToString("HH':'mm", culture)); break;
            case 's': result.Append(culture, $"{(date.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond}"); break;
            case 'S': Number(result, date.Second, 2); break;
            case 't': result.Append('\t'); break;
            case 'T': result.Append(date.ToString("HH':'mm':'ss", culture)); break;
            case 'u': Number(result, date.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)date.DayOfWeek, 1); break;
            case 'U': Number(result, Week(date, DayOfWeek.Sunday, culture), 2); break;
            case 'v':
                Number(result, date.Day, 2, ' ');
                result.Append(date.ToString("'-'MMM'-'yyyy", culture).ToUpper(culture));
                break;
            case 'V': Number(result, ISOWeek.GetWeekOfYear(date), 2); break;
            case 'w': Number(result, (int)date.DayOfWeek, 1); break;
            case 'W': Number(result, Week(date, DayOfWeek.Monday, culture), 2); break;
            case 'x': result.Append(date.ToString("d", culture)); break;
            case 'X': result.Append(date.ToString("T", culture)); break;
            case 'y': Number(result, date.Year % 100, 2); break;
            case 'Y': Number(result, date.Year, 4); break;
            // All times are UTC.
            case 'z': result.Append("+0000"); break;
            case 'Z': result.Append("+00:00"); break;
            case '%': result.Append('%'); break;
            default: return false;
        }

        return true;
    }

    private static int Hour12(DateTime date) => date.Hour % 12 == 0 ? 12 : date.Hour % 12;

    private static int Week(DateTime date, DayOfWeek first, CultureInfo culture) =>
        culture.Calendar.GetWeekOfYear(date, CalendarWeekRule.FirstDay, first);

    private static void Number(StringBuilder result, int value, int width, char fill = '0')
    {
        Span<char> digits = stackalloc char[12];
        value.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
        result.Append(fill, Math.Max(0, width - length)).Append(digits[..length]);
    }
}
