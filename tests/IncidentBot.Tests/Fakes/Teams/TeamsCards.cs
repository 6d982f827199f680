using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using IncidentBot.Teams.Cards;
using IncidentBot.Teams.Schema;

namespace IncidentBot.Tests.Fakes;

/// <summary>
/// Keeps the cards that tests see, one file each, in the folder that the variable TEAMS_CARDS names, so that the official
/// library can judge them; keeps nothing without it.
/// </summary>
internal static class TeamsCards
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("TEAMS_CARDS");

    private static readonly JsonSerializerOptions Readable = new(TeamsJson.Options) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static int _last;

    /// <summary>The card as it is sent.</summary>
    public static string Keep(AdaptiveCard card) => Keep(JsonSerializer.Serialize(card, TeamsJson.Options));

    /// <summary>The card as it was sent.</summary>
    public static string Keep(string json)
    {
        if (!string.IsNullOrEmpty(Folder))
        {
            Directory.CreateDirectory(Folder);
            var number = Interlocked.Increment(ref _last).ToString("D5", CultureInfo.InvariantCulture);
            File.WriteAllText(Path.Combine(Folder, $"{Environment.ProcessId}-{number}.json"), json);
        }
        return json;
    }

    /// <summary>As people read it, for golden files.</summary>
    public static string Show(AdaptiveCard card)
    {
        Keep(card);
        return JsonSerializer.Serialize(card, Readable) + "\n";
    }

    public static string Show(IReadOnlyList<RenderedCard> cards)
    {
        foreach (var card in cards)
            Keep(card.Card);
        return JsonSerializer.Serialize(cards, Readable) + "\n";
    }
}
