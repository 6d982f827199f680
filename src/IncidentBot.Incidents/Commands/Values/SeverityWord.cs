using System.Text.RegularExpressions;

namespace IncidentBot.Incidents.Commands.Values;

/// <summary><c>sev2</c>, also <c>SEV2</c>, <c>sev-2</c> and <c>sev 2</c> where the whole value is a severity.</summary>
public static partial class SeverityWord
{
    public static Severity? Read(string word) =>
        Form().Match(word) is { Success: true } match && Enum.TryParse<Severity>("Sev" + match.Groups[1].Value, out var severity) && Enum.IsDefined(severity)
            ? severity
            : null;

    /// <summary>Whether somebody meant a severity, right or wrong: <c>sev5</c>.</summary>
    public static bool LooksLikeOne(string word) => Form().IsMatch(word);

    public static Refusal Refuse(string word) =>
        new($"\"{word}\" is no severity. Accepted are sev1 (worst) to sev4, for example sev2.");

    [GeneratedRegex(@"^sev[- ]?(\d{1,3})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
