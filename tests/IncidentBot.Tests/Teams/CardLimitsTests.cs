using System.Globalization;
using System.Text;
using System.Text.Json;
using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;
using IncidentBot.Teams;
using IncidentBot.Teams.Cards;
using IncidentBot.Tests.Fakes;

namespace IncidentBot.Tests.Teams;

public sealed class CardLimitsTests
{
    private static readonly string Words = string.Join(' ', Enumerable.Range(0, 1500).Select(n => $"word{n}<&>"));

    [Fact]
    public void What_is_too_long_for_one_card_becomes_several_in_order()
    {
        var text = Render(new ChatMessage(new Incidents.Chat.TextBlock(RichText.Bold("Note") + " " + string.Join('\n', Enumerable.Repeat(Words, 3)))));
        Assert.True(text.Count > 1);
        var shown = string.Join(' ', text.SelectMany(c => c.Body).OfType<IncidentBot.Teams.Cards.TextBlock>().Select(t => t.Text));
        Assert.Equal(4500, shown.Split(' ', '\n').Count(w => w.StartsWith("word", StringComparison.Ordinal)));
        Assert.StartsWith("**Note** word0<\u2060&>", shown, StringComparison.Ordinal);

        var list = Render(new ChatMessage(new ListBlock([.. Enumerable.Range(0, 200).Select(n => (RichText)$"step {n}: restarted one of the servers behind the load balancer")])));
        Assert.Equal(
            Enumerable.Range(0, 200).Select(n => string.Create(CultureInfo.InvariantCulture, $"• step {n}:")),
            list.SelectMany(c => c.Body).Cast<IncidentBot.Teams.Cards.TextBlock>().Select(t => t.Text[..(t.Text.IndexOf(':', StringComparison.Ordinal) + 1)]));
    }

    [Fact]
    public void Sixty_buttons_stand_six_in_a_row_with_ids_of_their_own()
    {
        var cards = Render(new ChatMessage(
            new ButtonsBlock([.. Enumerable.Range(0, 60).Select(n => new ChatButton(Words, $"/incident ack {n}"))]), new ButtonsBlock(new ChatButton("One", "/incident"))));

        var rows = cards.SelectMany(c => c.Body).OfType<ActionSet>().ToList();
        Assert.Equal(11, rows.Count);
        Assert.All(rows, r => Assert.InRange(r.Actions.Count, 1, 6));
        Assert.Equal(61, rows.SelectMany(r => r.Actions).Select(a => a.Id).Distinct().Count());
    }

    [Fact]
    public void Nothing_is_too_much_and_no_character_is_cut_in_two()
    {
        var hostile = string.Concat(Enumerable.Repeat("🔥<a{{&lt;*\0\"", 2000)) + string.Concat(Enumerable.Repeat("🔥", 9001));
        RichText people = new([.. Enumerable.Range(0, 300).Select(n => new MentionSpan(new Person(TeamsPlatform.PlatformName, $"29:{n}{new string('x', 100)}", Words)))]);
        RichText links = new([.. Enumerable.Range(0, 40).Select(n => new LinkSpan("https://example.org/" + new string('a', 100 * n), hostile))]);
        Render(new ChatMessage(
            new HeadingBlock(hostile, 1), new HeadingBlock(""), new Incidents.Chat.TextBlock(hostile), new Incidents.Chat.TextBlock(" \n "), new Incidents.Chat.TextBlock(RichText.Code(hostile)),
            new Incidents.Chat.TextBlock(RichText.Bold(hostile)), new Incidents.Chat.TextBlock(people), new Incidents.Chat.TextBlock(links),
            new FieldsBlock([.. Enumerable.Range(0, 60).Select(n => new ChatField(hostile, (n % 3) switch
            {
                0 => hostile,
                1 => hostile[..700],
                _ => "",
            }))]),
            new FieldsBlock([new ChatField("People", people)]), new ListBlock([.. Enumerable.Repeat((RichText)hostile, 10)]), new ContextBlock(hostile)));
        var random = new Random(3);
        for (var round = 0; round < 300; round++)
            Render(ChatMessage.Of(string.Concat(Enumerable.Range(0, 3000).Select(_ => random.Next(4) == 0 ? " " : "🔥"))[random.Next(2)..]), isWhole: false);
        Assert.Equal("–", ((IncidentBot.Teams.Cards.TextBlock)Render(new ChatMessage()).Single().Body.Single()).Text);
    }

    [Fact]
    public void A_card_that_became_shorter_or_longer_says_so()
    {
        TeamsCards.Keep(MessageCards.Merged.Card);
        Assert.Equal("Now part of the message above.", MessageCards.Merged.Summary);
        foreach (var card in MessageCards.Render(ChatMessage.Of(Words), _ => null))
        {
            var cut = MessageCards.CutOff(card);
            Assert.InRange(Encoding.UTF8.GetByteCount(TeamsCards.Keep(cut.Card)), 1, MessageCards.MostBytes);
            Assert.StartsWith("Shortened.", ((IncidentBot.Teams.Cards.TextBlock)cut.Card.Body[^1]).Text, StringComparison.Ordinal);
        }
    }

    private static List<AdaptiveCard> Render(ChatMessage message, bool isWhole = true)
    {
        var cards = MessageCards.Render(message, _ => null);
        foreach (var card in cards)
        {
            var json = isWhole ? TeamsCards.Keep(card.Card) : JsonSerializer.Serialize(card.Card, IncidentBot.Teams.Schema.TeamsJson.Options);
            Assert.InRange(Encoding.UTF8.GetByteCount(json), 1, MessageCards.MostBytes);
            Assert.InRange(card.Summary.Length, 1, 250);
            if (isWhole)
                Assert.DoesNotContain("\\uFFFD", json, StringComparison.OrdinalIgnoreCase);
            Assert.Equal((card.Card.Msteams!.Entities ?? []).Count, (card.Card.Msteams.Entities ?? []).Count(e => card.Card.Body.Any(b => JsonSerializer.Serialize(b, IncidentBot.Teams.Schema.TeamsJson.Options).Contains(e.Text!, StringComparison.Ordinal))));
        }
        return [.. cards.Select(c => c.Card)];
    }
}
