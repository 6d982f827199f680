using System.Buffers;
using System.Globalization;
using System.Text;
using IncidentBot.Incidents.Chat;

namespace IncidentBot.Teams.Cards;

/// <summary>
/// <see cref="RichText"/> as the Markdown of a card's texts: the one place where text is escaped on its way to Teams. Teams on
/// a computer reads CommonMark; on a phone only emphasis, links and lists, and of escapes only those of <c>* _ [ ] )</c>
/// (MarkDownBlockParser.cpp of microsoft/Teams-AdaptiveCards-Mobile). So these are escaped, and what has to be kept apart is
/// kept apart by a character of no width. https://learn.microsoft.com/adaptive-cards/authoring-cards/text-features
/// </summary>
public static class CardText
{
    /// <summary>WORD JOINER: no width, and no line ends there.</summary>
    private const char Joiner = '\u2060';
    private const char FirmBlank = '\u00A0';

    /// <summary>A single line break is a blank in Markdown, and the two blanks before it that make it one are not in Teams.</summary>
    private const string Break = "\n\n";

    private const int UrlLimit = 1500;
    private const int NameLimit = 200;

    private static readonly SearchValues<char> InEntities = SearchValues.Create("#0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    /// <summary>What a person typed, as the same text.</summary>
    public static string Escape(string text)
    {
        var result = new StringBuilder();
        AppendPlain(result, text);
        return result.ToString();
    }

    /// <param name="mentions">Where to keep who is mentioned; null where nobody can be: names are text there.</param>
    /// <param name="linkOf">The web address of an incident's room, null when it has none on Teams.</param>
    /// <param name="before">What stands before it on its line: markup.</param>
    public static string Render(RichText text, CardMentions? mentions, Func<int, string?> linkOf, string before = "")
    {
        var result = new StringBuilder(before);
        for (var i = 0; i < text.Spans.Count; i++)
            Append(result, text.Spans[i], i + 1 < text.Spans.Count ? text.Spans[i + 1] : null, mentions, linkOf);
        return result.ToString();
    }

    /// <summary>Parts that weigh <paramref name="limit"/> characters at most, cut at line ends and blanks where there are any.</summary>
    public static IEnumerable<RichText> Split(RichText text, int limit)
    {
        var part = new List<RichSpan>();
        var room = limit;
        foreach (var span in text.Spans)
        {
            // Only text can be cut.
            var rest = span is LinkSpan link && Safe(link.Url) is null ? new TextSpan(link.ToPlainText()) : span;
            while (Weight(rest) > room)
            {
                if (rest is TextSpan words && room > limit / 4)
                {
                    var first = TextSplitter.Split(words.Text, room).First();
                    part.Add(words with { Text = first });
                    rest = words with { Text = words.Text[first.Length..].TrimStart() };
                }
                else if (part.Count == 0)
                {
                    break;
                }
                yield return new RichText(part);
                part = [];
                room = limit;
            }
            part.Add(rest);
            room -= Weight(rest);
        }
        if (part.Count > 0)
            yield return new RichText(part);
    }

    private static int Weight(RichSpan span) => span switch
    {
        TextSpan text => text.Text.Length,
        LinkSpan link => Math.Min(link.Text.Length, NameLimit) + link.Url.Length,
        // The card's list of mentions counts, too.
        MentionSpan { Person: var person } => (3 * Math.Min(person.Name.Length, NameLimit)) + person.Id.Length,
        InstantSpan => 60,
        _ => 300,
    };

    private static void Append(StringBuilder result, RichSpan span, RichSpan? next, CardMentions? mentions, Func<int, string?> linkOf)
    {
        switch (span)
        {
            case TextSpan { Style: TextStyle.Plain } text:
                AppendPlain(result, text.Text);
                break;
            case TextSpan text:
                AppendStyled(result, text, next);
                break;
            case MentionSpan { Person: { Platform: TeamsPlatform.PlatformName } person } when mentions is not null:
                result.Append(mentions.TextOf(person));
                break;
            case LinkSpan link when Safe(link.Url) is { } url:
                AppendLink(result, link.Text, url);
                break;
            case RoomSpan room when linkOf(room.IncidentNumber) is { } address && Safe(address) is { } url:
                AppendLink(result, "#" + room.Name, url);
                break;
            default:
                AppendPlain(result, span.ToPlainText());
                break;
        }
    }

    private static void AppendLink(StringBuilder result, string text, string url)
    {
        result.Append('[');
        AppendPlain(result, TextSplitter.Shorten(text.Trim().Length == 0 ? url : text.Trim(), NameLimit).ReplaceLineEndings(" "));
        result.Append("](").Append(url).Append(')');
    }

    /// <summary>The address as it can stand between parentheses; null for what is no web address.</summary>
    private static string? Safe(string address)
    {
        if (address.Length > UrlLimit || !Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            return null;
        var safe = new StringBuilder();
        foreach (var character in url.AbsoluteUri)
        {
            if (@"()[]<>*\`{}""'|".Contains(character, StringComparison.Ordinal) || char.IsWhiteSpace(character))
                safe.Append(CultureInfo.InvariantCulture, $"%{(int)character:X2}");
            else
                safe.Append(character);
        }
        return safe.ToString();
    }

    private static void AppendPlain(StringBuilder result, string typed)
    {
        var text = typed.ReplaceLineEndings("\n");
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            var isFirst = result.Length == 0 || result[^1] == '\n';
            switch (character)
            {
                case '\n' when isFirst:
                    break;
                case '\n':
                    result.Append(Break);
                    break;
                case ' ' or '\t' when isFirst || result[^1] is ' ':
                    result.Append(FirmBlank);
                    break;
                case '*' or '_' or '[' or ']' or '`':
                    result.Append('\\').Append(character);
                    break;
                case '\\' when i + 1 == text.Length || IsPunctuation(text[i + 1]) || text[i + 1] == '\n':
                case '<' when i + 1 == text.Length || !char.IsWhiteSpace(text[i + 1]):
                case '&' when i + 1 == text.Length || IsEntity(text.AsSpan(i + 1)):
                    result.Append(character).Append(Joiner);
                    break;
                case '{' or '~' when !isFirst && result[^1] == character:
                case '#' or '>' or '-' or '+' when isFirst:
                case >= '0' and <= '9' when isFirst && IsItemNumber(text.AsSpan(i)):
                    result.Append(Joiner).Append(character);
                    break;
                default:
                    result.Append(character);
                    break;
            }
        }
    }

    private static bool IsPunctuation(char character) => char.IsAscii(character) && (char.IsPunctuation(character) || char.IsSymbol(character));

    /// <summary>Whether emphasis may begin behind it and end before it, whatever is emphasised.</summary>
    private static bool IsEdge(char character) => char.IsWhiteSpace(character) || IsPunctuation(character);

    private static bool IsEntity(ReadOnlySpan<char> text)
    {
        var end = text.IndexOf(';');
        return end > 0 && !text[..end].ContainsAnyExcept(InEntities);
    }

    /// <summary><c>12.</c> and <c>12)</c> begin a list, if there is no more of the text, perhaps.</summary>
    private static bool IsItemNumber(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        return end < 0 || text[end] is '.' or ')';
    }

    /// <summary>Each line for itself. There is no code in cards: it is bold.</summary>
    private static void AppendStyled(StringBuilder result, TextSpan span, RichSpan? next)
    {
        var after = next is null ? "" : next.ToPlainText();
        var isFollowed = next is not null && (next is TextSpan { Style: not TextStyle.Plain } || after.Length == 0 || !IsEdge(after[0]));
        var mark = span.Style == TextStyle.Italic ? "*" : "**";
        var lines = span.Text.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (i > 0)
                AppendPlain(result, "\n");
            var text = lines[i].Trim();
            if (text.Length == 0)
            {
                AppendPlain(result, lines[i]);
                continue;
            }
            if (char.IsWhiteSpace(lines[i][0]))
                AppendPlain(result, " ");
            // Marks beside marks are others; between a word and punctuation they are none.
            if (result.Length > 0 && result[^1] == '*')
                result.Append(Joiner);
            var isWithinWord = result.Length > 0 && !IsEdge(result[^1]);
            result.Append(mark);
            if (isWithinWord && !char.IsLetterOrDigit(text[0]))
                result.Append(Joiner);
            AppendPlain(result, text);
            if (isFollowed && i == lines.Length - 1 && !char.IsLetterOrDigit(text[^1]))
                result.Append(Joiner);
            result.Append(mark);
            if (char.IsWhiteSpace(lines[i][^1]))
                AppendPlain(result, " ");
        }
    }
}
