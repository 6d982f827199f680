using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;
using IncidentBot.Teams;
using IncidentBot.Teams.Cards;
using IncidentBot.Tests.Fakes;

namespace IncidentBot.Tests.Teams;

/// <summary>The golden files beside this one are the cards that leave the bot.</summary>
public sealed class WhatPeopleSeeInTeamsTests
{
    private static readonly Person Sam = new(TeamsPlatform.PlatformName, "29:1sam", "Sam O'Neill & Co");

    [Fact]
    public async Task Messages_and_dialogs_look_like_this()
    {
        await using var chat = await TestChat.StartAsync("2026-03-02T09:13:00Z", zone: "Europe/Paris", platform: TeamsPlatform.PlatformName);
        await chat.TypeAsync("maria", "/incident start sev2 Checkout <500> & \"basket\" _slow_ --service checkout --at 09:05 UTC");
        await chat.TypeAsync("maria", "/incident role lead @maria");
        await chat.TypeAsync("li", "/timeline hypothesis the *last* release [v2] broke it:\n- a column is gone\n- <at>Sam O&apos;Neill &amp; Co</at> knows");
        var escalate = chat.Message("maria", "/incident escalate @sam knows the database", TestChat.General, null, null);
        await chat.Dispatcher.HandleAsync(escalate with { Mentions = new Dictionary<string, Person> { ["sam"] = Sam } }, CancellationToken.None);
        await chat.DeliverAsync();
        var messages = chat.Platform.Messages.Where(m => m.Room == "inc-1").Select(m => m.Message).ToList();

        var shown = new List<(string Name, string Json)>();
        shown.Add(("StatusCard", Show(messages.First(m => m.Blocks.Any(b => b is FieldsBlock)))));
        shown.Add(("Escalation", Show(messages.Single(m => m.ToPlainText().Contains("[Acknowledge]", StringComparison.Ordinal)))));
        shown.Add(("Entry", Show(messages.Single(m => m.ToPlainText().StartsWith("Assumption", StringComparison.Ordinal)))));
        shown.Add(("Timeline", Show((await chat.TypeAsync("li", "/timeline show")).Message)));

        var form = (await chat.TypeAsync("maria", "/incident resolve")).Form!;
        var context = new FormContext(form.Reference, "19:abc@thread.tacv2;messageid=1");
        shown.Add(("ResolutionDialog", TeamsCards.Show(FormCard.Render(form, context))));
        var typed = new Dictionary<string, string> { ["users"] = "most", ["cause"] = "a column **was** dropped", ["escalations"] = "none" };
        var answer = await chat.SubmitAsync("maria", form.Reference, typed);
        shown.Add(("ResolutionDialogWithErrors", TeamsCards.Show(FormCard.Render(form, context, typed, answer.FieldErrors))));

        await chat.TypeAsync("maria", "/incident resolve rolled back to release 41");
        await chat.DeliverAsync();
        shown.Add(("Draft", Show(chat.Platform.Messages.Select(m => m.Message).First(m => m.ToPlainText().StartsWith("Postmortem", StringComparison.Ordinal)))));

        Assert.Multiple([.. shown.Select(x => (Action)(() => Golden.Verify(x.Name, x.Json, "json")))]);
    }

    [Fact]
    public void A_dialog_has_an_input_for_every_kind_of_question()
    {
        var form = new ChatForm(
            new FormReference("all", 1), "All inputs", "Save", RichText.Format($"See {new LinkSpan("https://example.org/a b", "the *page*")}."),
            [
                new Incidents.Chat.TextInput("title", "Title", "In a few words.", IsRequired: true),
                new ChoiceInput("kind", "Kind", [new ChatOption("", "Not known"), new ChatOption("a", "A")], IsRequired: true),
                new ChoiceInput("none", "No choice at all", []),
                new Incidents.Chat.NumberInput("percent", "Percent", 0, 100, Value: "12.5"),
                new Incidents.Chat.NumberInput("bad", "Not a number", 0, 100, Value: "many"),
                new Incidents.Chat.DateInput("due", "Due", Value: "2026-03-09"),
                new Incidents.Chat.DateInput("someday", "Due later", Value: "friday"),
                new PersonInput("owner", "Owner", Value: "@teo"),
                new PersonInput("other", "Nobody yet"),
            ]);

        Golden.Verify("AllInputs", TeamsCards.Show(FormCard.Render(form, new FormContext(form.Reference, null), null, new Dictionary<string, string> { ["elsewhere"] = "Something *else* is wrong." })), "json");
    }

    private static string Show(ChatMessage message) => TeamsCards.Show(MessageCards.Render(message, _ => "https://teams.microsoft.com/l/message/19%3Aabc/1"));
}
