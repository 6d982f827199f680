using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;
using IncidentBot.Teams;
using IncidentBot.Teams.Cards;
using IncidentBot.Teams.Schema;
using IncidentBot.Tests.Fakes;
using Markdig;
using Markdig.Extensions.EmphasisExtras;

namespace IncidentBot.Tests.Teams;

public sealed partial class CardTextTests
{
    /// <summary>More than Teams reads.</summary>
    private static readonly MarkdownPipeline AnyMarkdown = new MarkdownPipelineBuilder().UsePipeTables().UseEmphasisExtras(EmphasisExtraOptions.Strikethrough).Build();

    [Theory]
    [InlineData("**b** *i* __b__ _i_ ~~s~~ `c` ``` x ``` \\*not\\* C:\\temp\\_x \\")]
    [InlineData("[click](https://evil.example) ![x](http://evil.example/x.png) <https://evil.example> [a]: http://b")]
    [InlineData("# heading\n- item\n+ item\n* item\n1. one\n2) two\n> quote\n---\n===\n```\ncode\n```\n    indented\n| a | b |\n|---|---|\n| c | d |")]
    [InlineData("<b>x</b> <script>alert(1)</script> &amp; &lt; &#42; &copy; a & b; 1 < 2 <- <!-- x -->")]
    [InlineData("<at>Sam</at> <at id=\"0\">Sam</at>")]
    [InlineData("{{DATE(2026-03-02T09:14:00Z,SHORT)}} {{{TIME(2026-03-02T09:14:00Z)}}} {{ x }}")]
    [InlineData("🔥 שלום \u202Eevil\u202C 結帳  two  blanks")]
    public void What_a_person_typed_is_shown_as_it_was_typed(string typed)
    {
        var card = MessageCards.Render(new ChatMessage(new Incidents.Chat.TextBlock(typed), new ListBlock([typed]), new FieldsBlock([new ChatField(typed, typed)])), _ => null)[0];

        Assert.DoesNotContain("<at", TeamsCards.Keep(card.Card), StringComparison.Ordinal);
        Assert.DoesNotContain("{{DATE", TeamsCards.Keep(card.Card), StringComparison.Ordinal);
        Assert.Equal(Bare(typed), Shown(CardText.Escape(typed)));
        Assert.Equal(Bare("• " + typed), Shown(CardText.Render(typed, null, _ => null, "• ")));
    }

    [Fact]
    public void No_mix_of_marks_becomes_markup_in_any_style()
    {
        var random = new Random(11);
        string[] pieces = ["*", "**", "_", "`", "~", "\\", "[", "](", ")", "!", "<", ">", "at>", "/", "&", "amp;", "#", "# ", "- ", "1", ". ", "{", "{DATE(", "|", "\n", "\n\n", " ", "   ", "\t", "a", "word", ".", "\"", "🔥"];
        for (var round = 0; round < 5000; round++)
        {
            var spans = Enumerable.Range(0, random.Next(1, 5)).Select(_ => new TextSpan(
                string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => pieces[random.Next(pieces.Length)])), (TextStyle)random.Next(0, 4))).ToList();
            var markdown = CardText.Render(new RichText([.. spans]), null, _ => null);

            // Blanks at the ends of emphasis are one.
            Assert.Equal(Blanks().Replace(Bare(string.Concat(spans.Select(s => s.Text))), " "), Blanks().Replace(Shown(markdown), " "));
            Assert.DoesNotContain("{{", markdown, StringComparison.Ordinal);
            Assert.DoesNotContain("<at>", markdown, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Emphasis_holds_beside_words_and_marks()
    {
        var text = RichText.Format($"a{RichText.Bold("b*")}c {RichText.Bold("Cause:")}{new TextSpan("(x)", TextStyle.Italic)} {RichText.Code("/incident help")}");

        Assert.Equal("<p>a<strong>b*</strong>c <strong>Cause:</strong><em>(x)</em> <strong>/incident help</strong></p>", Html(CardText.Render(text, null, _ => null)));
    }

    [Fact]
    public void Links_lead_where_they_say_and_only_to_the_web()
    {
        Assert.Equal(
            "<p><a href=\"https://example.org/a%20%28b%29?c=%5Bd%5D&amp;e=_f_\">a ](x) *b*</a></p>",
            Html(Render(new LinkSpan("https://example.org/a (b)?c=[d]&e=_f_", "a ](x) *b*"))));
        Assert.Equal("click (javascript:alert(1))", Render(new LinkSpan("javascript:alert(1)", "click")));
        Assert.Equal("<p><a href=\"https://teams.example/r/1\">#inc-1-a_b</a></p>", Html(CardText.Render(new RichText([new RoomSpan(1, "inc-1-a_b")]), null, n => $"https://teams.example/r/{n}")));
        Assert.Equal("#inc-1-x", Render(new RoomSpan(1, "inc-1-x")).Replace("\u2060", "", StringComparison.Ordinal));
    }

    [Fact]
    public void A_time_names_its_zone_and_leaves_no_function_to_the_reader()
    {
        var at = new DateTimeOffset(2026, 3, 2, 10, 14, 0, TimeSpan.FromHours(1));

        // Microsoft's pages disagree on whether Teams knows {{TIME(…)}}; where it does not, that is what people would read.
        Assert.Equal("2026-03-02 10:14 Europe/Paris (UTC+01:00)", Render(new InstantSpan(at, "Europe/Paris")));
    }

    [Fact]
    public void People_are_mentioned_whatever_their_names_are_and_each_as_themselves()
    {
        Person Somebody(string id, string name) => new(TeamsPlatform.PlatformName, id, name);
        var people = new[] { Somebody("29:1", "Li"), Somebody("29:2", "Li"), Somebody("29:3", "a_b*c* <at>Li</at>"), Somebody("29:4", "[]"), new Person("slack", "U1", "Li_x") };
        var text = new RichText([.. people.Concat(people).Select(p => new MentionSpan(p))]);

        var card = MessageCards.Render(ChatMessage.Of(text), _ => null).Single().Card;

        var shown = ((IncidentBot.Teams.Cards.TextBlock)card.Body[0]).Text;
        var once = "<at>Li</at><at>Li (2)</at><at>a b c &lt;at&gt;Li&lt;/at&gt;</at><at>somebody</at>@Li\\_x";
        Assert.Equal(once + once, shown);
        Assert.Equal(["29:1", "29:2", "29:3", "29:4"], card.Msteams!.Entities!.Select(e => e.Mentioned!.Id));
        Assert.Equal(["Li", "Li", "a_b*c* <at>Li</at>", "[]"], card.Msteams.Entities!.Select(e => e.Mentioned!.Name));
        Assert.All(card.Msteams.Entities!, e => Assert.Contains(e.Text!, shown, StringComparison.Ordinal));
        TeamsCards.Keep(card);
    }

    [Fact]
    public void Buttons_and_dialogs_hand_back_what_they_stand_for_and_nothing_else_is_read()
    {
        var captured = new CapturedMessage(new MessageReference(new Conversation("teams", "19:a;messageid=1"), "1"), new Person("teams", "29:1", "Li"), DateTimeOffset.UnixEpoch, null);
        var reference = new FormReference("capture", 3, captured);
        AdaptiveAction[] actions = [CardAction.Of(new ChatButton("Ack", "/incident ack 1", IsPrimary: true), "Ack", "b1"), CardAction.Of(new ChatButton("Form", OpensForm: reference), "Form", "b2")];
        var json = actions.Select(a => JsonSerializer.SerializeToElement(a, TeamsJson.Options)).ToList();

        Assert.Equal("""{"type":"Action.Execute","verb":"command","data":{"command":"/incident ack 1"},"title":"Ack","id":"b1","style":"positive"}""", json[0].GetRawText());
        Assert.Equal("task/fetch", json[1].GetProperty("data").GetProperty("msteams").GetProperty("type").GetString());
        Assert.Equal(new CardAction("/incident ack 1", null), CardAction.Read(json[0].GetProperty("data")));
        Assert.Equal(new CardAction(null, reference), CardAction.Read(json[1].GetProperty("data")));

        foreach (var foreign in new[] { "null", "1", "\"x\"", "[]", "{}", """{"command":1}""", """{"command":"\ud800"}""", """{"form":{}}""", """{"form":{"formId":null}}""", """{"form":{"formId":1}}""", """{"formContext":{}}""", """{"formContext":1,"\ud800":1}""" })
        {
            var element = JsonDocument.Parse(foreign).RootElement;
            Assert.Null(CardAction.Read(element));
            Assert.Null(FormCard.Read(element));
        }
        Assert.Null(CardAction.Read(default));
        Assert.Null(FormCard.Read(default));
    }

    [Fact]
    public void A_submitted_dialog_gives_back_its_context_and_values()
    {
        var form = new ChatForm(new FormReference("resolution", 7), "T", "Save", null, [new ChoiceInput("kind", "Kind", [new ChatOption("", "None")])]);
        var card = JsonSerializer.SerializeToElement(FormCard.Render(form, new FormContext(form.Reference, "19:a")), TeamsJson.Options);
        var data = card.GetProperty("actions")[0].GetProperty("data").Deserialize<Dictionary<string, object>>()!;
        data["kind"] = card.GetProperty("body")[0].GetProperty("value").GetString()!;
        data["percent"] = 12.5m;
        data["due"] = "2026-03-09";
        data["cause"] = " as typed\n";
        data["msteams"] = new { x = 1 };

        var read = FormCard.Read(JsonSerializer.SerializeToElement(data))!;

        Assert.Equal(new FormContext(form.Reference, "19:a"), read.Context);
        Assert.Equal(new Dictionary<string, string> { ["kind"] = "", ["percent"] = "12.5", ["due"] = "2026-03-09", ["cause"] = " as typed\n" }, read.Values);
    }

    [Fact]
    public void Dialogs_are_answered_in_the_shape_that_Teams_wants()
    {
        Assert.Equal("""{"task":{"type":"message","value":"Saved."}}""", JsonSerializer.Serialize(TaskModuleResponse.Say("Saved."), TeamsJson.Options));
        var shown = JsonSerializer.SerializeToElement(TaskModuleResponse.Show("Title", new AdaptiveCard([])), TeamsJson.Options).GetProperty("task");
        Assert.Equal("continue", shown.GetProperty("type").GetString());
        Assert.Equal(["title", "card", "height", "width"], shown.GetProperty("value").EnumerateObject().Select(p => p.Name));
        Assert.Equal("application/vnd.microsoft.card.adaptive", shown.GetProperty("value").GetProperty("card").GetProperty("contentType").GetString());
        Assert.Equal("AdaptiveCard", shown.GetProperty("value").GetProperty("card").GetProperty("content").GetProperty("type").GetString());
    }

    private static string Render(RichSpan span) => CardText.Render(new RichText([span]), null, _ => null);

    private static string Html(string markdown) => Markdown.ToHtml(markdown, AnyMarkdown).Replace("\u2060", "", StringComparison.Ordinal).TrimEnd();

    /// <summary>What a reader sees; fails where there is more than paragraphs and emphasis.</summary>
    private static string Shown(string markdown)
    {
        var html = Emphasis().Replace(Paragraph().Replace(Html(markdown), "\n"), "");
        Assert.DoesNotContain("<", html, StringComparison.Ordinal);
        return Bare(WebUtility.HtmlDecode(html));
    }

    /// <summary>Without what cannot be seen, and with one line break for several.</summary>
    private static string Bare(string text) => Breaks().Replace(text.Replace("\u2060", "", StringComparison.Ordinal).Replace('\u00A0', ' ').Replace('\t', ' '), "\n").Trim();

    [GeneratedRegex("</?p>")]
    private static partial Regex Paragraph();

    [GeneratedRegex("</?(strong|em)>")]
    private static partial Regex Emphasis();

    [GeneratedRegex(" +")]
    private static partial Regex Blanks();

    [GeneratedRegex(" *\n[ \n]*")]
    private static partial Regex Breaks();
}
