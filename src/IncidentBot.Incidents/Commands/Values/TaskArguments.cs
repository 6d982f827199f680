using System.Diagnostics.CodeAnalysis;

namespace IncidentBot.Incidents.Commands.Values;

/// <summary>What <c>task &lt;text&gt; [@owner] [due DATE]</c> says.</summary>
/// <param name="Text">What is to be done, raw.</param>
/// <param name="Owner">Who does it; null when nobody is named at the end.</param>
/// <param name="Due">The day by which it is done.</param>
public sealed record TaskArguments(string Text, PersonReference? Owner, DateOnly? Due)
{
    private const int MostWordsOfDate = 4;

    /// <summary>
    /// Reads owner and due date from the end of the text, where they may stand in either order; the same words further
    /// inside are ordinary text.
    /// </summary>
    public static bool TryParse(
        string raw,
        DateTimeOffset now,
        TimeZoneInfo zone,
        [NotNullWhen(true)] out TaskArguments? task,
        [NotNullWhen(false)] out Refusal? refusal)
    {
        task = null;
        var text = raw.Trim();
        var owner = TakeOwner(ref text);
        if (!TryTakeDue(ref text, now, zone, out var due, out refusal))
            return false;

        owner ??= TakeOwner(ref text);
        if (text.Length == 0)
        {
            refusal = new Refusal("The task has no text. Write what is to be done, then who and by when if you know, for example: task Alert on a full disk @maria due friday.");
            return false;
        }

        task = new TaskArguments(text, owner, due);
        return true;
    }

    private static PersonReference? TakeOwner(ref string text)
    {
        var start = LastWordStart(text, text.Length);
        if (PersonReference.FromMention(text[start..]) is not { } owner)
            return null;

        text = text[..start].TrimEnd();
        return owner;
    }

    private static bool TryTakeDue(ref string text, DateTimeOffset now, TimeZoneInfo zone, out DateOnly? due, [NotNullWhen(false)] out Refusal? refusal)
    {
        due = null;
        refusal = null;
        var start = text.Length;
        for (var words = 0; words <= MostWordsOfDate && start > 0; words++)
        {
            var end = text[..start].TrimEnd().Length;
            start = LastWordStart(text, end);
            if (!string.Equals(text[start..end].TrimEnd(':'), "due", StringComparison.OrdinalIgnoreCase))
                continue;

            var tail = new ArgumentReader(text[end..]);
            var isDate = DateExpression.TryRead(tail, now, zone, out var date, out refusal);
            if (refusal is not null)
                return false;

            if (isDate && tail.AtEnd)
            {
                due = date;
                text = text[..start].TrimEnd();
            }
            else if (isDate && tail.TryTakeWord(out _) && tail.AtEnd)
            {
                // "due friday noon" is meant as a date; with more words behind, it is a sentence.
                refusal = DateExpression.Refuse(text[end..]);
                return false;
            }

            return true;
        }

        return true;
    }

    private static int LastWordStart(string text, int end)
    {
        var start = end;
        while (start > 0 && !char.IsWhiteSpace(text[start - 1]))
            start--;
        return start;
    }
}
