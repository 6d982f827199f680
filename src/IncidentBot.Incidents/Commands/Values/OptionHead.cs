namespace IncidentBot.Incidents.Commands.Values;

/// <summary>The <c>--service</c> of <c>--service NAME</c>.</summary>
/// <param name="Name">Exactly one option.</param>
/// <param name="End">The position behind it and behind its <c>=</c>.</param>
/// <param name="HasSeparator">Whether an <c>=</c> follows the name.</param>
internal sealed record OptionHead(OptionNames Name, int End, bool HasSeparator)
{
    private static readonly OptionNames[] All =
        [OptionNames.Service, OptionNames.Users, OptionNames.At, OptionNames.Private, OptionNames.Drill];

    public string Display => Show(Name);

    public string Example => Name switch
    {
        OptionNames.Service => "--service checkout or --service \"Checkout API\"",
        OptionNames.Users => "--users 30%",
        OptionNames.At => "--at 14:05 UTC",
        _ => Display,
    };

    private bool IsFlag => Name is OptionNames.Private or OptionNames.Drill;

    /// <summary>Reads an option that begins at this position; null without a refusal when ordinary text stands there.</summary>
    public static OptionHead? Read(string text, int start, OptionNames accepted, out Refusal? refusal)
    {
        refusal = null;
        if (start > 0 && !char.IsWhiteSpace(text[start - 1]))
            return null;

        var nameStart = start;
        while (nameStart < text.Length && text[nameStart] is '-' or '–' or '—')
            nameStart++;
        var dashes = text[start..nameStart];
        // Phones and chat clients make one long dash of two short ones.
        if (dashes is not ("--" or "—" or "–" or "––" or "-–" or "–-" or "—-" or "-—"))
            return null;

        var end = nameStart;
        while (end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] is not ('=' or ':'))
            end++;
        var word = text[nameStart..end];
        var known = All.FirstOrDefault(option => string.Equals(option.ToString(), word, StringComparison.OrdinalIgnoreCase));
        if (known != OptionNames.None && accepted.HasFlag(known))
        {
            var hasSeparator = end < text.Length && text[end] is '=' or ':';
            return new OptionHead(known, hasSeparator ? end + 1 : end, hasSeparator);
        }

        refusal = Refuse(word, known, accepted, isTyped: dashes == "--");
        return null;
    }

    /// <summary>Refuses a missing value, or one behind a flag.</summary>
    public Refusal? CheckValue(ArgumentReader value, OptionNames accepted)
    {
        if (IsFlag)
            return HasSeparator ? new Refusal($"{Display} takes no value. Write just {Display}.") : null;

        var next = value.PeekWord();
        var isMissing = next is null
            || next.StartsWith("--", StringComparison.Ordinal)
            || Read(next, 0, accepted, out _) is not null;
        return isMissing ? new Refusal($"{Display} lacks its value: {Accepts}. Write for example {Example}.") : null;
    }

    private string Accepts => Name switch
    {
        OptionNames.Service => "the name of a service, in double quotes if it has blanks",
        OptionNames.Users => "a percentage from 0 to 100, all or none",
        _ => "a time that has passed, such as 14:05, yesterday 23:50 or 10m ago",
    };

    private static Refusal? Refuse(string word, OptionNames known, OptionNames accepted, bool isTyped)
    {
        if (accepted == OptionNames.None)
            return null;

        var list = string.Join(", ", All.Where(option => accepted.HasFlag(option)).Select(Show));
        const string AsText = "To use it as text, put it in double quotes, for example";
        if (known != OptionNames.None)
            return new Refusal($"{Show(known)} does not belong to this command, which accepts {list}. {AsText} \"{Show(known)}\".");

        // Behind a long dash a short word is prose: "the site is down —it was fine".
        if (!isTyped && word.Length <= 3)
            return null;

        var meant = DidYouMean.Suggest(word, All.Where(option => accepted.HasFlag(option)).Select(Show).Select(name => name[2..]));
        return meant.Count == 0
            ? null
            : new Refusal($"There is no option {TypedText.Show("--" + word)}; did you mean --{meant[0]}? Accepted are {list}. {AsText} \"--{word}\".");
    }

#pragma warning disable CA1308 // Options are typed and shown in lower case.
    private static string Show(OptionNames option) => $"--{option.ToString().ToLowerInvariant()}";
#pragma warning restore CA1308
}
