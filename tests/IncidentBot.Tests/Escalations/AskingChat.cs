using IncidentBot.Incidents.Chat;
using IncidentBot.Tests.Fakes;

namespace IncidentBot.Tests.Escalations;

/// <summary>An incident in whose room people ask for help, and nothing else is reminded of.</summary>
internal static class AskingChat
{
    public static readonly Dictionary<string, string?> Checkout = new()
    {
        ["Escalation:Policies:checkout:Levels:0:Targets:0"] = "local:li",
        ["Escalation:Policies:checkout:Levels:0:Wait"] = "5m",
        ["Escalation:Policies:checkout:Levels:0:Repeats"] = "1",
        ["Escalation:Policies:checkout:Levels:1:Targets:0"] = "local:teo",
        ["Escalation:Policies:checkout:Levels:1:Targets:1"] = "local:ana",
        ["Escalation:Policies:checkout:Levels:1:Wait"] = "10m",
        ["Escalation:Policies:checkout:PageOn"] = "sev1",
    };

    public static List<FakeChatPlatform.PostedMessage> Answerable(TestChat chat, string room) =>
        [.. chat.Platform.Messages.Where(m => m.Room == room && m.Message.Blocks.OfType<ButtonsBlock>().Any(b => b.Buttons.Any(x => x.Label == "Acknowledge")))];

    public static async Task<TestChat> StartedAsync(Dictionary<string, string?>? settings = null)
    {
        var chat = await TestChat.StartAsync(platform: "local", settings: settings);
        chat.Platform.Capabilities |= ChatCapabilities.DirectMessages;
        chat.Platform.Personal.UnionWith(["li", "teo", "ana"]);
        chat.Knows("li", "teo", "ana");
        await chat.TypeAsync("maria", "/incident start sev2 Checkout is down");
        await chat.DeliverAsync();
        // What else it reminds of is not what these tests are about.
        await chat.TypeAsync("maria", "/incident snooze 24h", key: "snooze");
        chat.Time.Advance(TimeSpan.FromMinutes(-1));
        return chat;
    }
}
