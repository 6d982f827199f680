using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace IncidentBot.Incidents.Commands.Values;

/// <summary>The options of one command, wherever in its text they stood.</summary>
/// <param name="Services">In the order typed, each once.</param>
/// <param name="Users">Percent of users, 0 to 100.</param>
/// <param name="At">When the impact began, in UTC.</param>
/// <param name="Private">Whether only those invited may see it.</param>
/// <param name="Drill">Whether it is an exercise.</param>
public sealed record CommandOptions(IReadOnlyList<string> Services, decimal? Users, DateTimeOffset? At, bool Private, bool Drill)
{
    /// <summary>
    /// Takes the accepted options out of all that is left in the reader; what is left then is the text around them, raw.
    /// Nothing inside double quotes is an option.
    /// </summary>
    /// <param name="reader">Holds the text around the options afterwards, and is at its start.</param>
    /// <param name="accepted">Another command's option is refused; <see cref="OptionNames.None"/> makes all of it text.</param>
    /// <param name="now">When the command was typed.</param>
    /// <param name="zone">The zone of the person who typed it.</param>
    /// <param name="options">What was taken.</param>
    /// <param name="refusal">Why an option is wrong.</param>
    /// <returns>False, with nothing taken, when an option is wrong.</returns>
    public static bool TryTake(
        ArgumentReader reader,
        OptionNames accepted,
        DateTimeOffset now,
        TimeZoneInfo zone,
        [NotNullWhen(true)] out CommandOptions? options,
        [NotNullWhen(false)] out Refusal? refusal)
    {
        var text = reader.Rest;
        var left = new StringBuilder(text.Length);
        var read = new CommandOptions([], null, null, false, false);
        options = null;
        refusal = null;
        var kept = 0;
        var at = 0;
        while (at < text.Length)
        {
            if (Quotation.TryFindEnd(text, at, out var end))
            {
                at = end + 1;
                continue;
            }

            var head = OptionHead.Read(text, at, accepted, out refusal);
            if (refusal is not null)
                return false;

            if (head is null)
            {
                at++;
                continue;
            }

            var value = new ArgumentReader(text);
            value.ReturnTo(head.End);
            if ((refusal = head.CheckValue(value, accepted) ?? read.Take(head, value, now, zone, out read)) is not null)
                return false;

            Join(left, text.AsSpan(kept, at - kept));
            kept = at = value.Position;
        }

        Join(left, text.AsSpan(kept));
        reader.ReplaceRest(left.ToString());
        options = read;
        return true;
    }

    private Refusal? Take(OptionHead head, ArgumentReader value, DateTimeOffset now, TimeZoneInfo zone, out CommandOptions taken)
    {
        Refusal? refusal = null;
        taken = this;
        switch (head.Name)
        {
            case OptionNames.Private:
                taken = this with { Private = true };
                break;
            case OptionNames.Drill:
                taken = this with { Drill = true };
                break;
            case OptionNames.Service when value.TryTakeName(out var service, out refusal):
                taken = Services.Contains(service, StringComparer.OrdinalIgnoreCase) ? this : this with { Services = [.. Services, service] };
                break;
            case OptionNames.Users when Users is not null:
            case OptionNames.At when At is not null:
                return new Refusal($"{head.Display} is given twice. Give it once, for example {head.Example}.");
            case OptionNames.Users when Percentage.TryRead(value, out var users, out refusal):
                taken = this with { Users = users };
                break;
            case OptionNames.At when TryReadTime(value, now, zone, out var at, out refusal):
                taken = this with { At = at };
                break;
        }

        return refusal is null ? null : new Refusal($"{head.Display}: {refusal.Reason}");
    }

    // A time has blanks, so people put it in quotes as they do with names.
    private static bool TryReadTime(
        ArgumentReader value, DateTimeOffset now, TimeZoneInfo zone, out DateTimeOffset at, out Refusal? refusal)
    {
        var start = value.Position;
        if (value.PeekWord() is not { } word || !Quotation.Opens(word, 0) || !value.TryTakeName(out var quoted, out refusal))
            return TimeExpression.TryReadRequired(value, now, zone, out at, out refusal);

        var inner = new ArgumentReader(quoted);
        if (TimeExpression.TryReadRequired(inner, now, zone, out at, out refusal) && inner.AtEnd)
            return true;

        refusal ??= new Refusal($"{TypedText.Show(quoted)} is not a time. {TimeExpression.Accepted}");
        value.ReturnTo(start);
        return false;
    }

    // Of the blanks on both sides of an option those with a line break stay.
    private static void Join(StringBuilder left, ReadOnlySpan<char> text)
    {
        if (left.Length > 0)
        {
            var end = left.Length;
            while (end > 0 && char.IsWhiteSpace(left[end - 1]))
                end--;
            var blanks = text[..^text.TrimStart().Length];
            if (end < left.Length && blanks.Length > 0)
            {
                if (left.ToString(end, left.Length - end).Contains('\n') && !blanks.Contains('\n'))
                    text = text.TrimStart();
                else
                    left.Length = end;
            }
        }

        left.Append(text);
    }
}
