using System.Globalization;
using System.Text;
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
