using System.Globalization;
using System.Text;

namespace IncidentBot.Templating.Functions;

/// <summary>Reads times. A time without a zone means UTC, whatever the zone of the machine; one without a date means today.</summary>
internal static class DateReader
{
    private const string LongMonth = "MMMM";

    public static bool TryRead(string text, CultureInfo culture, DateTime today, out DateTime date)
    {
        const DateTimeStyles styles = DateTimeStyles.AllowWhiteSpaces;
        return DateTime.TryParse(text, culture, styles | DateTimeStyles.AdjustToUniversal, out date)
            && OnDay(DateTime.TryParse(text, culture, styles | DateTimeStyles.NoCurrentDateDefault, out var dayless), dayless, today, ref date);
    }

    /// <summary>Reads a time written in a .NET format. Where it asks for the name of a month, the short name will do too.</summary>
    public static bool TryRead(string text, string format, CultureInfo culture, DateTime today, out DateTime date) =>
        TryReadExactly(text, format, culture, today, out date)
        || (format.Contains(LongMonth, StringComparison.Ordinal)
            && TryReadExactly(text, format.Replace(LongMonth, "MMM", StringComparison.Ordinal), culture, today, out date));

    /// <summary>The .NET format of a pattern of <c>%</c> codes, and the culture, which the code <c>%g</c> makes the invariant one.</summary>
    /// <exception cref="ArgumentException">A code that cannot be read.</exception>
    public static string ToDotNet(string pattern, ref CultureInfo culture)
    {
        for (var i = 0; i + 1 < pattern.Length; i++)
        {
            if (pattern[i] == '%' && pattern[++i] == 'g') culture = CultureInfo.InvariantCulture;
        }

        var format = new StringBuilder(pattern.Length * 2);
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != '%' || i + 1 == pattern.Length)
            {
                format.Append(pattern[i]);
                continue;
            }

            var code = pattern[++i];
            if (code == 'g') continue;
            if (DateFormat.IsForWritingOnly(code))
                throw new ArgumentException($"The pattern %{code} is not supported for the parse method", nameof(pattern));
            format.Append(code switch
            {
                // On their own, these two would be other codes among others.
                'x' => culture.DateTimeFormat.ShortDatePattern,
                'X' => culture.DateTimeFormat.LongTimePattern,
                _ => DateFormat.DotNetFormat(code) ?? $"%{code}",
            });
        }

        return format.ToString();
    }

    private static bool TryReadExactly(string text, string format, CultureInfo culture, DateTime today, out DateTime date) =>
        DateTime.TryParseExact(text, format, culture, DateTimeStyles.AdjustToUniversal, out date)
        && OnDay(
            DateTime.TryParseExact(text, format, culture, DateTimeStyles.NoCurrentDateDefault, out var dayless),
            dayless,
            today,
            ref date);

    /// <summary>Where the text names no day, .NET has put in the one of the machine's clock. The clock of the render counts.</summary>
    private static bool OnDay(bool isRead, DateTime dayless, DateTime today, ref DateTime date)
    {
        // With an offset, the first day of all can lie before it.
        if (isRead && dayless.Year == 1 && date.Year > 2) date = DateTime.SpecifyKind(today.Date + date.TimeOfDay, date.Kind);
        return true;
    }
}
