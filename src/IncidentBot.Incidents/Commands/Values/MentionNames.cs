using System.Text.RegularExpressions;

namespace IncidentBot.Incidents.Commands.Values;

/// <summary>Names for people whom a platform mentions by id, as the commands read them: one word each.</summary>
public static partial class MentionNames
{
    /// <summary>Adds a person under a word made of the name; under the id where another one has that word already.</summary>
    /// <returns>The word, to stand behind an <c>@</c>.</returns>
    public static string Add(IDictionary<string, Person> mentions, string name, Person person)
    {
        var word = NoName().Replace(name.Trim(), ".").Trim('.');
        if (word.Length == 0 || (mentions.TryGetValue(word, out var other) && !other.IsSameAs(person)))
            word = NoName().Replace(person.Id, ".").Trim('.');
        mentions[word] = person;
        return word;
    }

    [GeneratedRegex(@"[^\p{L}\p{M}\p{N}._-]+")]
    private static partial Regex NoName();
}
