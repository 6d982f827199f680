using System.Globalization;

namespace IncidentBot.Templating.Functions;

/// <summary>Reads times. A time without a zone means UTC, whatever the zone of the machine.</summary>
internal static class DateReader
{
    private const DateTimeStyles Styles = DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.NoCurrentDateDefault;

    public static bool TryRead(string text, CultureInfo culture, out DateTime date)
    {
        if (!DateTime.TryParse(text, culture, Styles | DateTimeStyles.RoundtripKind, out date)) return false;
        if (date.Kind == DateTimeKind.Unspecified) return true;
        // With a zone, the first reading is in the zone of the machine.
        return DateTime.TryParse(text, culture, Styles | DateTimeStyles.AdjustToUniversal, out date);
    }

    /// <summary>Reads a time written in the <c>%</c> codes of <see cref="DateFormat"/>.</summary>
    public static bool TryRead(string text, string pattern, CultureInfo culture, out DateTime date)
    {
        var fields = new Fields(culture);
        var at = 0;
        date = default;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '%' && i + 1 < pattern.Length)
            {
                if (!fields.Read(pattern[++i], text, ref at)) return false;
            }
            else if (char.IsWhiteSpace(c))
            {
                while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
            }
            else if (at < text.Length && text[at] == c)
            {
                at++;
            }
            else
            {
                return false;
            }
        }

        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
        return at == text.Length && fields.TryBuild(out date);
    }

    private sealed class Fields(CultureInfo culture)
    {
        private int _year = 1;
        private int _month = 1;
        private int _day = 1;
        private int _hour;
        private int _minute;
        private int _second;
        private int _ticks;
        private int? _dayOfYear;
        private bool? _isAfternoon;
        private TimeSpan? _offset;

        public bool Read(char code, string text, ref int at)
        {
            switch (code)
            {
                case 'Y': return Number(text, ref at, 4, ref _year);
                case 'y':
                    if (!Number(text, ref at, 2, ref _year)) return false;
                    _year = culture.Calendar.ToFourDigitYear(_year);
                    return true;
                case 'm': return Number(text, ref at, 2, ref _month);
                case 'd' or 'e': return Number(text, ref at, 2, ref _day);
                case 'H' or 'k' or 'I' or 'l': return Number(text, ref at, 2, ref _hour);
                case 'M': return Number(text, ref at, 2, ref _minute);
                case 'S': return Number(text, ref at, 2, ref _second);
                case 'L': return Fraction(text, ref at, 3);
                case 'N': return Fraction(text, ref at, 9);
                case 'j':
                    var day = 0;
                    if (!Number(text, ref at, 3, ref day)) return false;
                    _dayOfYear = day;
                    return true;
                case 'b' or 'h' or 'B':
                    return Name(text, ref at, culture.DateTimeFormat.MonthNames, ref _month)
                        || Name(text, ref at, culture.DateTimeFormat.AbbreviatedMonthNames, ref _month);
                case 'a' or 'A':
                    var ignored = 0;
                    return Name(text, ref at, culture.DateTimeFormat.DayNames, ref ignored)
                        || Name(text, ref at, culture.DateTimeFormat.AbbreviatedDayNames, ref ignored);
                case 'p' or 'P': return HalfOfDay(text, ref at);
                case 'z' or 'Z': return Zone(text, ref at);
                case 'F': return All("Y-m-d", text, ref at);
                case 'D': return All("m/d/y", text, ref at);
                case 'T': return All("H:M:S", text, ref at);
                case 'R': return All("H:M", text, ref at);
                case 'r': return All("I:M:S p", text, ref at);
                case '%': return at < text.Length && text[at++] == '%';
                default: return false;
            }
        }

        public bool TryBuild(out DateTime date)
        {
            date = default;
            if (_isAfternoon is { } afternoon) _hour = (_hour % 12) + (afternoon ? 12 : 0);
            if (_year is < 1 or > 9999 || _month is < 1 or > 12 || _day < 1 || _day > DateTime.DaysInMonth(_year, _month)
                || _hour > 23 || _minute > 59 || _second > 59)
            {
                return false;
            }

            date = new DateTime(_year, _month, _day, _hour, _minute, _second, DateTimeKind.Unspecified).AddTicks(_ticks);
            if (_dayOfYear is { } day)
            {
                if (day < 1 || day > (DateTime.IsLeapYear(_year) ? 366 : 365)) return false;
                date = new DateTime(_year, 1, 1, 0, 0, 0, DateTimeKind.Unspecified).AddDays(day - 1) + date.TimeOfDay;
            }

            if (_offset is not { } offset) return true;
            var ticks = date.Ticks - offset.Ticks;
            if (ticks < 0 || ticks > DateTime.MaxValue.Ticks) return false;
            date = new DateTime(ticks, DateTimeKind.Utc);
            return true;
        }

        private static bool Number(string text, ref int at, int width, ref int value)
        {
            while (at < text.Length && text[at] == ' ') at++;
            var start = at;
            while (at < text.Length && at - start < width && char.IsAsciiDigit(text[at])) at++;
            if (at == start) return false;
            value = int.Parse(text.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture);
            return true;
        }

        private bool Fraction(string text, ref int at, int width)
        {
            var (start, value) = (at, 0);
            if (!Number(text, ref at, width, ref value)) return false;
            _ticks = (int)(value * Math.Pow(10, 7 - (at - start)));
            return true;
        }

        private bool Name(string text, ref int at, string[] names, ref int value)
        {
            for (var i = 0; i < names.Length; i++)
            {
                var name = names[i];
                if (name.Length == 0 || at + name.Length > text.Length) continue;
                if (culture.CompareInfo.Compare(text, at, name.Length, name, 0, name.Length, CompareOptions.IgnoreCase) != 0) continue;
                at += name.Length;
                value = i + 1;
                return true;
            }

            return false;
        }

        private bool HalfOfDay(string text, ref int at)
        {
            var half = 0;
            string[] names = ["AM", "PM"];
            if (!Name(text, ref at, names, ref half)
                && !Name(text, ref at, [culture.DateTimeFormat.AMDesignator, culture.DateTimeFormat.PMDesignator], ref half))
            {
                return false;
            }

            _isAfternoon = half == 2;
            return true;
        }

        private bool Zone(string text, ref int at)
        {
            if (at < text.Length && text[at] is 'Z' or 'z')
            {
                at++;
                _offset = TimeSpan.Zero;
                return true;
            }

            if (at >= text.Length || text[at] is not ('+' or '-')) return false;
            var sign = text[at++] == '-' ? -1 : 1;
            var (hours, minutes) = (0, 0);
            if (!Number(text, ref at, 2, ref hours)) return false;
            if (at < text.Length && text[at] == ':') at++;
            if (!Number(text, ref at, 2, ref minutes)) return false;
            _offset = sign * new TimeSpan(hours, minutes, 0);
            return true;
        }

        private bool All(string codes, string text, ref int at)
        {
            foreach (var code in codes)
            {
                if (char.IsLetter(code))
                {
                    if (!Read(code, text, ref at)) return false;
                }
                else if (at >= text.Length || text[at++] != code)
                {
                    return false;
                }
            }

            return true;
        }
    }
}
