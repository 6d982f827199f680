using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using IncidentBot.Incidents.Reminders;
using IncidentBot.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentBot.Tests.Slack;

/// <summary>The Block Kit of requests for help and of reminders, as it leaves the bot.</summary>
public sealed partial class WhatPeopleAreAskedInSlackTests
{
    [Fact]
    public async Task Requests_and_reminders_look_like_this()
    {
        await using var bot = await RunningSlackBot.StartAsync(
            AskedAndRemindedTests.AddOnCall,
            ("Slack:AnnouncementChannel", "status"), ("Reminders:DetectionAfter", "0"), ("Reminders:CommanderAfter", "0"), ("Reminders:ImpactAfter", "0"), ("Reminders:QuietAfter", "0"),
            ("Escalation:Policies:database:Levels:0:Targets", "slack:" + AskedAndRemindedTests.Lee), ("Escalation:Policies:database:Levels:1:Targets", $"slack:{AskedAndRemindedTests.Zoe},vendor hotline"));
        await AskedAndRemindedTests.LearnedAsync(bot.Services, "Lee Ng", "Zoe", "vendor hotline");
        var status = bot.Workspace.AddChannel("status");
        await bot.Services.GetRequiredService<ReminderDispatcher>().PrepareAsync(CancellationToken.None);
        var shown = new List<(string Name, JsonNode Json)>();
        var room = await bot.DeclareAsync("Checkout <500> & \"basket\" --service checkout");
        await bot.TypeAsync("/incident escalate database payments &lt;fail&gt;", room);
        await bot.DeliverAsync();
        var first = Last(room, "asks for your help");
        Keep("RequestInRoom", first);
        Keep("RequestToPerson", bot.DirectOf(AskedAndRemindedTests.Lee).Messages[^1]);

        await bot.PassAsync(TimeSpan.FromMinutes(5));
        Keep("RequestOfLevel2", Last(room, "asks for your help"));
        Keep("RequestAskedAgainBelow", first);
        await bot.PassAsync(TimeSpan.FromMinutes(5));
        Keep("NobodyAnswered", Last(room, "nobody has acknowledged"));
        var direct = bot.DirectOf(AskedAndRemindedTests.Zoe);
        await bot.PressAsync(direct.Messages[^1], "Acknowledge", direct, AskedAndRemindedTests.Zoe);
        await bot.DeliverAsync();
        Keep("AcknowledgedInRoom", Last(room, "Acknowledged by"));
        Keep("AcknowledgedToPerson", direct.Messages[^1]);

        await bot.PassAsync(TimeSpan.FromMinutes(50));
        Keep("ReminderOfUpdate", Last(room, "heard nothing"));
        await bot.TypeAsync($"/incident task Test migrations on a copy <@{RunningSlackBot.Li}|li> due 2026-03-05", room);
        await bot.TypeAsync("/incident resolve rolled back", room);
        await bot.PassAsync(TimeSpan.FromMinutes(61));
        Keep("PromptForMissingParts", Last(room, "lacks"));
        await bot.PassAsync(TimeSpan.FromDays(1));
        direct = bot.DirectOf(RunningSlackBot.Li);
        Keep("ReminderOfTask", direct.Messages[^1]);
        await bot.PressAsync(direct.Messages[^1], "New date", direct, RunningSlackBot.Li);
        shown.Add(("NewDateModal", bot.Workspace.Modals[^1].Definition));
        await bot.TypeAsync("/incident start sev4 Trying it out --drill");
        await bot.PassAsync(TimeSpan.FromDays(6));
        Keep("Digest", Last(status, "what is left to do"));

        Assert.Empty(bot.Slack.Refusals);
        Assert.Multiple([.. shown.Select(s => (Action)(() => Golden.Verify(s.Name, Steady(s.Json) + "\n", "json")))]);

        void Keep(string name, FakeMessage message) => shown.Add((name, message.Content["blocks"]!.DeepClone()));
    }

    private static FakeMessage Last(FakeChannel channel, string text) => channel.Messages.Last(m => m.Text.Contains(text, StringComparison.Ordinal));

    /// <summary>Without what differs from run to run: ids, and the second in which Slack took a message.</summary>
    private static string Steady(JsonNode json) =>
        Instant().Replace(ChannelId().Replace(json.ToJsonString(SlackWorkspace.Readable), "C1"), "<!date^0^");

    [GeneratedRegex(@"\bC\d{8}\b")]
    private static partial Regex ChannelId();

    [GeneratedRegex(@"<!date\^\d+\^")]
    private static partial Regex Instant();
}
