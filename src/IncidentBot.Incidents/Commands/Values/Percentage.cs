using System.Globalization;
using System.Text.RegularExpressions;

namespace IncidentBot.Incidents.Commands.Values;

/// <summary>A share of users: <c>30%</c>, <c>30 %</c>, <c>30</c>, <c>0.5%</c>, <c>0,5%</c>, <c>all</c> (100) or <c>none</c> (0).</summary>
public static partial class Percentage
{
    private const string Accepted = "A number from 0 to 100, all or none is accepted, for example 30% or 0.5%.";

    /// <summary>Takes a percentage from 0 to 100, with a <c>%</c> or <c>percent</c> that stands apart.</summary>
    /// <returns>False, with nothing taken, when there is none; <paramref name="refusal"/> then says why.</returns>
    public static bool TryRead(ArgumentReader reader, out decimal percent, out Refusal? refusal)
    {
        percent = 0;
        refusal = null;
        var start = reader.Position;
        if (!reader.TryTakeWord(out var typed))
        {
            refusal = new Refusal($"A percentage is missing. {Accepted}");
            return false;
        }

        var word = typed.TrimEnd(',', ';', ':', '.');
        if (TryParse(word, out percent))
        {
            var standsAlone = typed.Length == word.Length && char.IsAsciiDigit(word[^1]);
            if (standsAlone && reader.PeekWord() is { } next && IsPercentSign(TypedText.WithoutEndPunctuation(next)))
                reader.TryTakeWord(out _);
            return true;
        }

        reader.ReturnTo(start);
        percent = 0;
        refusal = new Refusal(Number().IsMatch(word) || NegativeNumber().IsMatch(word)
            ? $"{TypedText.Show(word)} is not between 0 and 100 percent. {Accepted}"
            : $"{TypedText.Show(word)} is not a percentage. {Accepted}");
        return false;
    }

    private static bool TryParse(string word, out decimal percent)
    {
        percent = 0;
        if (string.Equals(word, "none", StringComparison.OrdinalIgnoreCase))
            return true;
        if (string.Equals(word, "all", StringComparison.OrdinalIgnoreCase))
        {
            percent = 100;
            return true;
        }

        return Number().Match(word) is { Success: true } match
            && decimal.TryParse(match.Groups[1].Value.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out percent)
            && percent <= 100;
    }

    private static bool IsPercentSign(string word) =>
        word == "%" || string.Equals(word, "percent", StringComparison.OrdinalIgnoreCase);

    // "1,000" is left out: half of the world reads a thousand, the other half one.
    [GeneratedRegex(@"^(?![1-9][0-9]*,[0-9]{3}%?$)([0-9]+(?:[.,][0-9]+)?)%?$")]
    private static partial Regex Number();

    [GeneratedRegex(@"^[-−][0-9]+(?:[.,][0-9]+)?%?$")]
    private static partial Regex NegativeNumber();
}
