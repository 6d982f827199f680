using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace IncidentBot.Incidents.Commands.Values;

/// <summary>The zone that may follow a clock time: UTC, GMT, Z, an IANA name in any case, or an offset from UTC.</summary>
internal static partial class ZoneExpression
{
    private const string Accepted = "Use UTC, an offset such as +02:00, or a name such as Europe/Paris, for example 14:05 Europe/Paris.";

    private static readonly string[] Regions =
        ["Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"];

    // Each means different offsets to different people (CST alone has three), so none is guessed at.
    private static readonly FrozenSet<string> Abbreviations = FrozenSet.Create(
        "ACDT", "ACST", "ADT", "AEDT", "AEST", "AKDT", "AKST", "AST", "AWST", "BRT", "BST", "CAT", "CDT", "CEST", "CET", "CST", "CT",
        "EAT", "EDT", "EEST", "EET", "EST", "ET", "HKT", "HST", "IDT", "IST", "JST", "KST", "MDT", "MESZ", "MEZ", "MSK", "MST", "MT",
        "NZDT", "NZST", "PDT", "PHT", "PKT", "PST", "PT", "SAST", "SGT", "WAT", "WEST", "WET", "WIB");

    private static readonly FrozenDictionary<string, string> KnownIds =
        TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).ToFrozenDictionary(id => id, StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Reads a zone from one word. No zone and no refusal: the word is ordinary text.
    /// </summary>
    /// <param name="word">The word, without punctuation behind it.</param>
    /// <param name="attached">Whether it sticks to the clock (<c>14:05+0200</c>), where a bare offset cannot be anything else.</param>
    /// <param name="refusal">Why the word, which looks like a zone, is none.</param>
    public static TimeZoneInfo? Read(string word, bool attached, out Refusal? refusal)
    {
        refusal = null;
        if (word.ToUpperInvariant() is "Z" or "UTC" or "GMT")
            return TimeZoneInfo.Utc;

        if (Offset().Match(word) is { Success: true } match && (attached || match.Groups["name"].Success || FullOffset().IsMatch(word)))
            return ReadOffset(word, match, out refusal);

        if (Abbreviations.Contains(word))
            refusal = new Refusal($"The time zone {TypedText.Show(word)} is ambiguous: abbreviations mean different zones to different people. {Accepted}");
        else if (IanaName().IsMatch(word))
            return ReadName(word, out refusal);
        return null;
    }

    private static TimeZoneInfo? ReadOffset(string word, Match match, out Refusal? refusal)
    {
        refusal = null;
        var hours = int.Parse(match.Groups["hours"].Value, CultureInfo.InvariantCulture);
        var minutes = match.Groups["minutes"].Success ? int.Parse(match.Groups["minutes"].Value, CultureInfo.InvariantCulture) : 0;
        var offset = new TimeSpan(hours, minutes, 0);
        if (minutes > 59 || offset > TimeSpan.FromHours(14))
        {
            refusal = new Refusal($"{TypedText.Show(word)} is not an offset from UTC: they go from -14:00 to +14:00. {Accepted}");
            return null;
        }

        if (match.Groups["sign"].Value != "+")
            offset = -offset;
        var name = $"UTC{Moment.ShowOffset(offset)}";
        return offset == TimeSpan.Zero ? TimeZoneInfo.Utc : TimeZoneInfo.CreateCustomTimeZone(name, offset, name, name);
    }

    private static TimeZoneInfo? ReadName(string word, out Refusal? refusal)
    {
        refusal = null;
        // The system lists no former names (Asia/Calcutta) and finds them only as they are spelt.
        foreach (var id in Spellings(word))
        {
            if (TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone))
                return zone;
        }

        var parts = word.Split('/');
        if (!IsRegion(parts[0]) || IsRegion(parts[1]))
            return null;

        var meant = DidYouMean.Suggest(word, KnownIds.Values);
        refusal = new Refusal(meant.Count > 0
            ? $"There is no time zone {TypedText.Show(word)}; did you mean {meant[0]}? {Accepted}"
            : $"There is no time zone {TypedText.Show(word)}. {Accepted}");
        return null;
    }

    private static bool IsRegion(string word) => Regions.Contains(word, StringComparer.OrdinalIgnoreCase);

    private static string InTitleCase(string word) =>
        LetterBehindSeparator().Replace(word.ToLowerInvariant(), match => match.Value.ToUpperInvariant());

    // Etc/GMT+5 and US/Eastern: the part that is an abbreviation is spelt in capitals.
    private static IEnumerable<string> Spellings(string word)
    {
        var title = InTitleCase(word);
        yield return KnownIds.GetValueOrDefault(word, word);
        yield return title;
        yield return title.Replace("Gmt", "GMT", StringComparison.Ordinal).Replace("Utc", "UTC", StringComparison.Ordinal);
        yield return title.Replace("Us/", "US/", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^(?<name>UTC|GMT)?(?<sign>[-+−])(?<hours>[0-9]{1,2})(?::?(?<minutes>[0-9]{2}))?$", RegexOptions.IgnoreCase)]
    private static partial Regex Offset();

    [GeneratedRegex(@"^[-+−][0-9]{2}:[0-9]{2}$")]
    private static partial Regex FullOffset();

    [GeneratedRegex(@"^[A-Za-z]{2,12}(?:/[A-Za-z0-9_+-]{1,32}){1,2}$")]
    private static partial Regex IanaName();

    [GeneratedRegex(@"(?<=^|[/_-])[a-z]")]
    private static partial Regex LetterBehindSeparator();
}
