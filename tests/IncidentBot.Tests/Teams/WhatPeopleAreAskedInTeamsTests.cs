using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using IncidentBot.Incidents.Reminders;
using IncidentBot.Tests.Fakes;
using IncidentBot.Tests.Fakes.Teams;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentBot.Tests.Teams;

/// <summary>The cards of requests for help and of reminders, as they leave the bot; this time of a drill.</summary>
public sealed class WhatPeopleAreAskedInTeamsTests
{
    private const string Status = "19:status@thread.tacv2";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task Requests_and_reminders_look_like_this()
    {
        await using var bot = await RunningTeamsBot.StartWholeAsync(
            ("Teams:AnnouncementConversation", Status), ("IncidentBot:TimeZone", "Europe/Paris"),
            ("Reminders:DetectionAfter", "0"), ("Reminders:CommanderAfter", "0"), ("Reminders:ImpactAfter", "0"), ("Reminders:QuietAfter", "0"),
            ("Escalation:Policies:database:Levels:0:Targets", "teams:29:1LiWei"), ("Escalation:Policies:database:Levels:1:Targets", "teams:29:1Teo,vendor hotline"));
        var status = bot.Teams.AddChannel("status");
        await bot.SayAsync("@IncidentBot incident help");
        await bot.DeliverAsync();
        await bot.RestartAsync();
        await Slack.AskedAndRemindedTests.LearnedAsync(bot.Services, "Li Wei", "Teo", "vendor hotline");
        await bot.Services.GetRequiredService<ReminderDispatcher>().PrepareAsync(CancellationToken.None);
        var shown = new List<(string Name, JsonNode Json)>();
        var thread = await bot.DeclareAsync("Checkout <500> & \"basket\" --service checkout --drill");
        await bot.SayAsync("@IncidentBot incident escalate database payments *fail*", status, thread: thread);
        await bot.DeliverAsync();
        var first = Last(status, "asks for your help");
        Keep("RequestInRoom", first);
        Keep("RequestToPerson", bot.Teams.AddPersonal(bot.Li).Messages[^1]);

        await bot.PassAsync(TimeSpan.FromMinutes(5));
        Keep("RequestOfLevel2", Last(status, "asks for your help"));
        Keep("RequestAskedAgainBelow", first);
        await bot.PassAsync(TimeSpan.FromMinutes(5));
        Keep("NobodyAnswered", Last(status, "nobody has acknowledged"));
        var own = bot.Teams.AddPersonal(bot.Teo);
        await bot.PressAsync("Acknowledge", own, bot.Teo);
        await bot.DeliverAsync();
        Keep("AcknowledgedInRoom", Last(status, "Acknowledged by"));
        Keep("AcknowledgedToPerson", own.Messages[^1]);

        await bot.PassAsync(TimeSpan.FromMinutes(50));
        Keep("ReminderOfUpdate", Last(status, "heard nothing"));
        await bot.SayAsync(
            "@IncidentBot incident task Test migrations on a copy <at>Li Wei</at> due 2026-03-05", status, thread: thread, change: a => a["entities"]!.AsArray().Add((JsonNode)RunningTeamsBot.MentionOf(bot.Li.Id, "Li Wei")));
        await bot.SayAsync("@IncidentBot incident resolve rolled back", status, thread: thread);
        await bot.PassAsync(TimeSpan.FromMinutes(61));
        Keep("PromptForMissingParts", Last(status, "lacks"));
        await bot.PassAsync(TimeSpan.FromDays(1));
        own = bot.Teams.AddPersonal(bot.Li);
        Keep("ReminderOfTask", own.Messages[^1]);
        var dialog = (await bot.OpenAsync("New date", own, bot.Li)).Card;
        TeamsCards.Keep(dialog.ToJsonString());
        shown.Add(("NewDateDialog", dialog));
        await bot.SayAsync("@IncidentBot incident start sev4 Search is slow");
        await bot.PassAsync(TimeSpan.FromDays(6));
        Keep("Digest", Last(status, "what is left to do"));

        Assert.Empty(bot.Teams.Refusals);
        Assert.Multiple([.. shown.Select(s => (Action)(() => Golden.Verify(s.Name, s.Json.ToJsonString(Readable) + "\n", "json")))]);

        void Keep(string name, FakeTeamsMessage message) =>
            shown.Add((name, new JsonObject { ["summary"] = message.Content["summary"]!.ToString(), ["card"] = message.Content["attachments"]![0]!["content"]!.DeepClone() }));
    }

    private static FakeTeamsMessage Last(FakeConversation place, string text) => place.Messages.LastOrDefault(m => m.Text.Contains(text, StringComparison.Ordinal))
        ?? throw new InvalidOperationException($"Nobody reads \"{text}\", but: {string.Join("\n---\n", place.Messages.Select(m => m.Text))}");
}
