using System.Globalization;
using System.Text.RegularExpressions;

namespace IncidentBot.Incidents.Commands.Values;

/// <summary>Names for people whom a platform mentions by id, as the commands read them: one word each.</summary>
public static partial class MentionNames
{
    /// <summary>Adds a person under a word made of the name; with a number where another one has that word already.</summary>
    /// <returns>The word, to stand behind an <c>@</c>.</returns>
    public static string Add(IDictionary<string, Person> mentions, string name, Person person)
    {
        var word = WordOf(name);
        if (word.Length == 0)
            word = WordOf(person.Id);
        var own = word;
        for (var n = 2; mentions.TryGetValue(own, out var other) && !other.IsSameAs(person); n++)
            own = string.Create(CultureInfo.InvariantCulture, $"{word}.{n}");
        mentions[own] = person;
        return own;
    }

    /// <summary>The name as one word; empty where it has neither letters nor digits.</summary>
    public static string WordOf(string name) => NoName().Replace(name, ".").Trim('.');

    [GeneratedRegex(@"[^\p{L}\p{M}\p{N}._-]+")]
    private static partial Regex NoName();
}
