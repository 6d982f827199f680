using System.Globalization;
using System.Text;

namespace IncidentBot.Slack;

/// <summary>Names of incident channels: lower-case letters, digits, <c>-</c> and <c>_</c>, at most 80. https://api.slack.com/methods/conversations.create#naming</summary>
public static class ChannelNames
{
    private const int MostCharacters = 80;

    /// <summary><c>inc-7-checkout-answers-500</c>; a title in another script leaves <c>inc-7</c>.</summary>
    /// <param name="attempt">0 for the first; a higher one for a name that was taken.</param>
    public static string For(string prefix, int incidentNumber, string title, int attempt)
    {
        var stem = string.Create(CultureInfo.InvariantCulture, $"{prefix}-{incidentNumber}");
        var end = attempt == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{attempt + 1}");
        var words = Slug(title);
        var room = MostCharacters - stem.Length - end.Length - 1;
        if (words.Length > room)
        {
            // At a word's end, if that leaves enough of the title.
            var cut = words.LastIndexOf('-', room);
            words = words[..(cut > room / 2 ? cut : room)].TrimEnd('-');
        }
        return words.Length == 0 ? stem + end : $"{stem}-{words}{end}";
    }

    private static string Slug(string title)
    {
        var slug = new StringBuilder();
        foreach (var c in title.Normalize(NormalizationForm.FormKD))
        {
            if (char.IsAsciiLetterOrDigit(c))
                slug.Append(char.ToLowerInvariant(c));
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && c != '\'' && slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        }
        return slug.ToString().TrimEnd('-');
    }
}
