using System.Globalization;
using System.Text;
using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;
using IncidentBot.Tests.Fakes;

namespace IncidentBot.Tests.Chat;

/// <summary>The golden files beside this one show, without markup, what appears in the rooms and what a person is answered.</summary>
public sealed class WhatPeopleSeeTests
{
    [Fact]
    public async Task An_outage_from_the_declaration_to_the_tasks()
    {
        await using var chat = await TestChat.StartAsync("2026-03-02T09:13:00Z");
        var log = new StringBuilder();
        foreach (var (user, text) in new[]
        {
            ("maria", "/incident start sev2 Checkout answers 500 --service checkout --at 09:05 UTC"),
            ("maria", "/incident detected at 09:12 by monitoring error-rate alert fired"),
            ("maria", "/incident impact --users 30% payments fail <script> & @here"),
            ("maria", "/incident role lead @maria"),
            ("li", "/timeline hypothesis the new release leaks connections"),
            ("li", "/timeline misleading restarted the payment gateway, errors went on"),
            ("maria", "/incident escalate @sam you know the database"),
            ("sam", "/incident ack"),
            ("maria", "/incident severty sev1"),
            ("maria", "/timeline edit 5 release 42 leaks connections"),
            ("maria", "/incident status identified release 42"),
            ("maria", "/incident update payments will work again within 20 minutes"),
            ("maria", "/incident resolve rolled back to release 41"),
            ("sam", "/incident INC-1 cause Release 42 opened a connection for each request and never closed it."),
            ("li", "/incident INC-1 task Raise an alert at 80% of the connections @li due friday"),
            ("maria", "/incident INC-1 due next monday"),
            ("maria", "/incident INC-1 waive fix"),
            ("maria", "/incident INC-1 waive fix the release is thrown away"),
            ("maria", "/incident INC-1 waive cause nobody knows"),
            ("li", "/incident list all"),
            ("li", "/timeline INC-1 show"),
        })
        {
            var answer = await chat.TypeAsync(user, text);
            await chat.DeliverAsync();
            log.AppendLine(CultureInfo.InvariantCulture, $"> @{user} {text}").AppendLine().AppendLine(answer.Message.ToPlainText()).AppendLine();
        }
        foreach (var room in new[] { TestChat.General, "inc-1" })
        {
            log.AppendLine(CultureInfo.InvariantCulture, $"# {room}").AppendLine();
            // The draft has golden files of its own.
            foreach (var text in chat.Platform.TextsIn(room).Where(t => !t.StartsWith("Postmortem", StringComparison.Ordinal)))
                log.AppendLine(text).AppendLine();
        }

        Golden.Verify("outage", log.ToString());
    }

    [Fact]
    public async Task A_night_with_requests_and_reminders()
    {
        const int Day = 24 * 60;
        await using var chat = await TestChat.StartAsync("2026-03-03T01:12:00Z", "Europe/Paris", platform: "local", settings: new()
        {
            ["Escalation:Policies:checkout:Levels:0:Targets"] = "local:li",
            ["Escalation:Policies:checkout:Levels:0:Repeats"] = "1",
            ["Escalation:Policies:checkout:Levels:1:Targets"] = "local:teo,payments vendor",
            ["Escalation:Policies:checkout:Levels:2:Targets"] = "local:ana",
            ["Escalation:Policies:checkout:PageOn"] = "sev1",
        });
        chat.Platform.Capabilities |= ChatCapabilities.DirectMessages;
        chat.Platform.AnnouncementConversation = new Conversation(chat.Platform.Name, "announcements");
        chat.Knows("li", "teo", "ana", "sam");
        await chat.Reminders.PrepareAsync(CancellationToken.None);
        var log = new StringBuilder();
        var seen = 0;
        foreach (var (minutes, user, room, text) in new[]
        {
            (0, "maria", TestChat.General, "/incident start sev1 Checkout answers 500"),
            (12, "teo", "teo", "/incident INC-1 decline 1 no access to production"),
            (1, "ana", "ana", "/incident INC-1 ack 1"),
            (1, "maria", "inc-1", "/incident escalate @sam is it the database?"),
            (10, "maria", "inc-1", "/incident role commander @maria"),
            (12, "maria", "inc-1", "/incident snooze 1h"),
            (20, "ana", "inc-1", "/timeline action restarted the gateway"),
            (100, "maria", "inc-1", "/incident task Alert on slow payments @li due friday"),
            (0, "maria", "inc-1", "/incident resolve rolled back to release 41"),
            (3 * Day, "li", "li", "/incident INC-1 task done 1"),
            (4 * Day, "maria", "inc-1", "/incident show"),
        })
        {
            await PassingTime.PassAsync(chat.Reminders, chat.Time, chat.Time.Advance, ShowNewAsync, TimeSpan.FromMinutes(minutes));
            var answer = await chat.TypeAsync(user, text, room);
            log.AppendLine(CultureInfo.InvariantCulture, $"> {Clock()} @{user} {text}").AppendLine().AppendLine(answer.Message.ToPlainText()).AppendLine();
            await ShowNewAsync();
        }
        foreach (var room in new[] { "inc-1", "li", "teo", "ana", "sam" })
        {
            log.AppendLine(CultureInfo.InvariantCulture, $"# {room}, in the end").AppendLine();
            foreach (var text in chat.Platform.TextsIn(room).Where(IsShort))
                log.AppendLine(text).AppendLine();
        }

        Golden.Verify("a-night-with-reminders", log.ToString());

        async Task ShowNewAsync()
        {
            await chat.DeliverAsync();
            foreach (var message in chat.Platform.Messages.Skip(seen).Where(m => IsShort(m.Message.ToPlainText())))
                log.AppendLine(CultureInfo.InvariantCulture, $"{Clock()} in {message.Room}:").AppendLine().AppendLine(message.Message.ToPlainText()).AppendLine();
            seen = chat.Platform.Messages.Count;
        }

        string Clock() => ZonedTime.Format(chat.Time.GetUtcNow(), ZonedTime.Zone("Europe/Paris"))[..16];

        static bool IsShort(string text) => !text.StartsWith("Postmortem", StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_help()
    {
        await using var chat = await TestChat.StartAsync();
        var log = new StringBuilder();
        foreach (var text in new[] { "/incident help", "/incident help task", "/incident help times", "/incident help escalte" })
            log.AppendLine(CultureInfo.InvariantCulture, $"> {text}").AppendLine().AppendLine((await chat.TypeAsync("maria", text)).Message.ToPlainText()).AppendLine();

        Golden.Verify("help", log.ToString());
    }

    [Fact]
    public async Task The_form_of_the_resolution()
    {
        await using var chat = await TestChat.StartAsync();
        await chat.TypeAsync("maria", "/incident start sev2 Checkout answers 500");
        var form = (await chat.TypeAsync("maria", "/incident resolve")).Form!;
        var log = new StringBuilder().AppendLine(form.Title).AppendLine().AppendLine(form.Intro!.ToPlainText()).AppendLine();
        foreach (var input in form.Inputs)
            log.AppendLine(CultureInfo.InvariantCulture, $"{input.Label}{(input is ChoiceInput choice ? $" [{string.Join(", ", choice.Options.Select(o => o.Label))}]" : "")}").AppendLine(CultureInfo.InvariantCulture, $"    {input.Hint}");

        Golden.Verify("resolution-form", log.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"[{form.Submit}]").ToString());
    }
}
