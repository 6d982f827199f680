namespace IncidentBot.Incidents.Commands.Values;

/// <summary>A span of time back from now: <c>-10m</c>, <c>1h30m ago</c>, <c>2 days ago</c>. A day is 24 hours.</summary>
internal static class ElapsedTime
{
    private const int MostWords = 10;

    /// <summary>Takes the words of a span; null, with the reader anywhere, when none stands here. Spans too long to count are cut to 9999 years.</summary>
    public static TimeSpan? Take(ArgumentReader reader)
    {
        if (!reader.TryTakeWord(out var word))
            return null;

        if (word[0] is '-' or '−' or '–')
            return DurationExpression.ReadCompact(TypedText.WithoutEndPunctuation(word)[1..]) is { } back ? DurationExpression.Cut(back) : null;

        var seconds = 0m;
        var count = 0;
        for (var taken = 0; taken < MostWords; taken++)
        {
            if (count > 0 && string.Equals(TypedText.WithoutEndPunctuation(word), "ago", StringComparison.OrdinalIgnoreCase))
                return DurationExpression.Cut(seconds);

            var part = DurationExpression.ReadCompact(word)
                ?? (reader.TryTakeWord(out var unit) ? DurationExpression.ReadCounted(word, unit, isFirst: count == 0) : null);
            if (part is null)
                return null;

            seconds += part.Value;
            count++;
            if (!reader.TryTakeWord(out word))
                return null;
        }

        return null;
    }
}
