using System.Text;
using System.Text.Json;
using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;
using IncidentBot.Teams.Schema;

namespace IncidentBot.Teams.Cards;

/// <summary>Who is mentioned in a message. Teams finds the place of a mention by its text, so each person has one of their own.</summary>
public sealed class CardMentions
{
    private const int NameLimit = 100;

    private readonly Dictionary<string, Entity> _byId = [];

    /// <summary><c>&lt;at&gt;name&lt;/at&gt;</c>, as it stands in the card's text.</summary>
    public string TextOf(Person person)
    {
        if (_byId.TryGetValue(person.Id, out var known))
            return known.Text!;
        var name = Bare(person.Name);
        var text = $"<at>{name}</at>";
        for (var n = 2; _byId.Values.Any(e => e.Text == text); n++)
            text = $"<at>{name} ({n})</at>";
        _byId[person.Id] = new Entity("mention", new ChannelAccount(person.Id, TextSplitter.Shorten(person.Name, NameLimit)), text);
        return text;
    }

    /// <summary>Those that a piece of a card's JSON mentions.</summary>
    public IEnumerable<Entity> In(string json) => _byId.Values.Where(e => json.Contains(JsonSerializer.Serialize(e.Text, TeamsJson.Options)[1..^1], StringComparison.Ordinal));

    /// <summary>The clients do not agree on whether the text is Markdown at the time when a mention is looked for: so it has no marks.</summary>
    private static string Bare(string name)
    {
        var bare = new StringBuilder();
        foreach (var character in TextSplitter.Shorten(name, NameLimit))
            bare.Append(char.IsControl(character) || @"\*_[]`~#|{}".Contains(character, StringComparison.Ordinal) ? ' ' : character);
        var words = string.Join(' ', bare.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return words.Length == 0 ? "somebody" : words.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
    }
}
