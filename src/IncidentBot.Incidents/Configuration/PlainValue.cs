using System.ComponentModel;
using System.Globalization;
using IncidentBot.Incidents.Commands.Values;

namespace IncidentBot.Incidents.Configuration;

/// <summary>A value of the configuration that is written as one text.</summary>
internal static class PlainValue
{
    private static readonly string[] TimesOfDay = ["H:mm", "HH:mm"];

    public static bool IsPlain(Type type) => Kind(type) is var kind && (kind.IsPrimitive || kind.IsEnum || kind == typeof(string) || kind == typeof(TimeSpan) || kind == typeof(TimeOnly));

    /// <summary>False for a text that is none of the type, and for an empty one unless it is asked for a text.</summary>
    public static bool TryRead(Type type, string text, out object? value)
    {
        var kind = Kind(type);
        value = kind == typeof(string) ? text : string.IsNullOrWhiteSpace(text) ? null : Read(kind, text.Trim());
        return value is not null;
    }

    public static string Accepted(Type type, object? example)
    {
        var kind = Kind(type);
        return kind == typeof(TimeSpan) ? DurationExpression.Accepted
            : kind == typeof(TimeOnly) ? "a time of day such as 09:00"
            : kind == typeof(DayOfWeek) ? "a day of the week such as Mon or Monday"
            : kind == typeof(Severity) ? "sev1, sev2, sev3 or sev4"
            : kind.IsEnum ? string.Join(" or ", Enum.GetNames(kind))
            : kind == typeof(bool) ? "true or false"
            : $"a number, for example {example}";
    }

    private static Type Kind(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    private static object? Read(Type kind, string text)
    {
        // The converter of TimeSpan makes 30 days of "30".
        if (kind == typeof(TimeSpan))
            return DurationExpression.TryRead(text, out var duration) ? duration : null;
        if (kind == typeof(TimeOnly))
            return TimeOnly.TryParseExact(text, TimesOfDay, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
        if (kind == typeof(DayOfWeek))
            return DateExpression.ReadWeekday(text);
        if (kind == typeof(Severity))
            return SeverityWord.Read(text);
        try
        {
            var value = TypeDescriptor.GetConverter(kind).ConvertFromInvariantString(text);
            return value is not null && kind.IsEnum && !Enum.IsDefined(kind, value) ? null : value;
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException or OverflowException)
        {
            return null;
        }
    }
}
