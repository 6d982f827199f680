using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace IncidentBot.Incidents.Commands.Values;

/// <summary>Whom a command names: a person or a team.</summary>
/// <param name="Name">The name without the <c>@</c> and without quotes.</param>
/// <param name="IsMention">Whether it was typed with an <c>@</c>.</param>
public sealed record PersonReference(string Name, bool IsMention)
{
    private const string Accepted = "Write @name, or a name with blanks in double quotes, for example @maria or \"Database team\".";

    /// <summary>Takes <c>@name</c>, <c>"a name"</c>, <c>@"a name"</c> or a bare word, without a comma or colon behind it.</summary>
    /// <returns>False, with nothing taken, when there is none; <paramref name="refusal"/> then says why.</returns>
    public static bool TryRead(
        ArgumentReader reader, [NotNullWhen(true)] out PersonReference? person, [NotNullWhen(false)] out Refusal? refusal)
    {
        person = null;
        refusal = null;
        var start = reader.Position;
        if (reader.PeekWord() is not { } word)
        {
            refusal = new Refusal($"It is not said who. {Accepted}");
            return false;
        }

        var isMention = word.StartsWith('@');
        if (!Quotation.Opens(word, isMention ? 1 : 0))
            return TryReadWord(reader, word, out person, out refusal);

        if (isMention)
            reader.ReturnTo(reader.Text.IndexOf('@', start) + 1);
        if (!reader.TryTakeName(out var name, out refusal))
        {
            reader.ReturnTo(start);
            return false;
        }

        if (reader.Position < reader.Text.Length && reader.Text[reader.Position] is ',' or ':' or ';')
            reader.ReturnTo(reader.Position + 1);
        person = new PersonReference(name, isMention);
        return true;
    }

    /// <summary>Reads <c>@name</c> that fills the whole word but for punctuation at its end; null for any other word.</summary>
    internal static PersonReference? FromMention(string word)
    {
        if (!word.StartsWith('@'))
            return null;

        var name = TypedText.WithoutEndPunctuation(word[1..]);
        return name.Length > 0 && name.EnumerateRunes().All(IsNameRune) ? new PersonReference(name, true) : null;
    }

    private static bool TryReadWord(
        ArgumentReader reader, string word, [NotNullWhen(true)] out PersonReference? person, [NotNullWhen(false)] out Refusal? refusal)
    {
        refusal = null;
        var bare = word.TrimEnd(',', ':', ';');
        person = word.StartsWith('@') ? FromMention(word) : bare.Length > 0 ? new PersonReference(bare, false) : null;
        if (person is null)
        {
            refusal = new Refusal($"{TypedText.Show(word)} is not a name. {Accepted}");
            return false;
        }

        reader.TryTakeWord(out _);
        return true;
    }

    private static bool IsNameRune(Rune rune) =>
        Rune.IsLetterOrDigit(rune)
        || rune.Value is '.' or '_' or '-'
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
