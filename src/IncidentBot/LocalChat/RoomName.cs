using System.Globalization;
using System.Text;

namespace IncidentBot.LocalChat;

/// <summary>Names of rooms: small letters and digits of any script, with dashes between the words.</summary>
public static class RoomName
{
    public const int MaxLength = 80;

    /// <summary><c>inc-7-checkout-answers-500</c>; without the title where nothing of it can stand in a name.</summary>
    public static string ForIncident(int number, string title) => From($"inc {number} {title}");

    /// <summary>The name nearest to <paramref name="text"/>, empty when nothing of it can stand in a name.</summary>
    public static string From(string text)
    {
        var name = new StringBuilder();
        foreach (var rune in WithoutAccents(text).EnumerateRunes())
        {
            if (name.Length + rune.Utf16SequenceLength > MaxLength)
                break;
            if (Rune.IsLetterOrDigit(rune) || (IsMark(rune) && name.Length > 0 && name[^1] != '-'))
                name.Append(Rune.ToLowerInvariant(rune));
            else if (name.Length > 0 && name[^1] != '-' && !IsApostrophe(rune))
                name.Append('-');
        }
        return name.ToString().Trim('-');
    }

    /// <summary><paramref name="name"/>, or with the first number from 2 on that makes it free.</summary>
    public static string Free(string name, Func<string, bool> isTaken)
    {
        var candidate = name;
        for (var i = 2; isTaken(candidate); i++)
        {
            var suffix = $"-{i.ToString(CultureInfo.InvariantCulture)}";
            var keep = Math.Min(name.Length, MaxLength - suffix.Length);
            if (keep < name.Length && char.IsLowSurrogate(name[keep]))
                keep--;
            candidate = name[..keep].TrimEnd('-') + suffix;
        }
        return candidate;
    }

    /// <summary>é becomes e; the marks of scripts that cannot be written without them stay.</summary>
    private static string WithoutAccents(string text)
    {
        var kept = new StringBuilder();
        foreach (var rune in text.Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (rune.Value is < 0x0300 or > 0x036F)
                kept.Append(rune);
        }
        return kept.ToString().Normalize(NormalizationForm.FormC);
    }

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsApostrophe(Rune rune) => rune.Value is '\'' or '’';
}
