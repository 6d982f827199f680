using System.Globalization;
using System.Text.Json.Nodes;
using IncidentBot.EndToEnd.Tests.Running;
using IncidentBot.Tests.Fakes;

namespace IncidentBot.EndToEnd.Tests.Slack;

/// <summary>What goes out during a whole incident, judged by the types that Slack publishes.</summary>
[Collection(AloneCollection.Name)]
public sealed class SlackPayloadTests
{
    /// <summary>Not methods of the Web API: an upload's bytes.</summary>
    private static readonly string[] NotJudged = ["files.upload"];

    [JudgeFact]
    public async Task Every_call_and_every_answer_of_a_whole_incident_is_of_the_types_that_Slack_publishes()
    {
        await using var session = await SlackSession.StartAsync();
        await RunIncidentAsync(session);
        using var folder = new TemporaryFolder();
        var files = session.Slack.Calls.Where(c => !NotJudged.Contains(c.Method)).Select(c => (c.Method, Args: (JsonNode)Typed(c)))
            .Concat(session.Answers.Select(a => (Method: a.Kind, Args: a.Body)))
            .DistinctBy(c => c.Method + c.Args.ToJsonString())
            .Select((c, n) => folder.Write(
                string.Create(CultureInfo.InvariantCulture, $"{n:D3}-{c.Method}.json"), new JsonObject { ["method"] = c.Method, ["args"] = c.Args.DeepClone() }.ToJsonString()))
            .ToArray();

        var run = await Judges.Slack.RunAsync("check-payload.mjs", files);

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        string[] expected =
        [
            "auth.test", "bookmarks.add", "chat.postEphemeral", "chat.postMessage", "chat.update", "conversations.create", "conversations.history", "conversations.invite",
            "conversations.list", "conversations.setTopic", "files.completeUploadExternal", "files.getUploadURLExternal", "pins.add", "reactions.get", "response_url",
            "users.info", "views.open", "views.publish", "ack.slash_command", "ack.view_submission",
        ];
        Assert.All(expected, method => Assert.True(Array.Exists(files, f => f.EndsWith($"-{method}.json", StringComparison.Ordinal)), $"{method} was not seen."));
    }

    private static async Task RunIncidentAsync(SlackSession session)
    {
        await session.TypeAsync("/incident help");
        await session.TypeAsync("/incident");
        await session.TypeAsync("/incident start");
        var declare = session.Slack.Workspace.Modals[^1];
        await session.SubmitAsync(declare, new() { ["title"] = "" });
        await session.SubmitAsync(declare, new() { ["title"] = "Checkout <!channel> answers 500 & more", ["services"] = "checkout" });
        var room = await Eventually.GetAsync("the channel is there", () => Task.FromResult(FindRoom(session)));
        foreach (var command in new[]
        {
            "/incident detected at 10m ago by monitoring error-rate alert fired", "/incident impact --users 30% customers see an error page", "/incident severity sev1 all of them",
            $"/incident role commander <@{SlackSession.Li}|li>", "/timeline hypothesis the last release broke it", "/timeline misleading restarted the gateway",
            $"/incident escalate <@{SlackSession.Li}|li> knows the database", "/incident status identified", "/incident update Half of the servers are back", "/timeline show", "/incident show",
            "/incident bogus", "/timeline edit 99 nothing", "/incident list",
        })
        {
            await session.TypeAsync(command, room);
        }
        await session.TypeAsync("/incident ack", room, SlackSession.Li);

        var said = session.Slack.Workspace.Say(room, SlackSession.Li, "the <https://example.com|graphs> look bad");
        await session.ReactAsync("Ev1", room, said);
        await session.SendEventAsync("Ev2", new JsonObject
        {
            ["type"] = "reaction_removed", ["user"] = SlackSession.Maria, ["reaction"] = "pushpin", ["item_user"] = SlackSession.Li, ["event_ts"] = "1700000002.000100",
            ["item"] = new JsonObject { ["type"] = "message", ["channel"] = room.Id, ["ts"] = said.Ts },
        });
        // Nothing is going on there, which only the one who reacted is told.
        await session.ReactAsync("Ev3", session.Status, session.Slack.Workspace.Say(session.Status, SlackSession.Li, "hello"));
        await session.SendEventAsync("Ev4", new JsonObject { ["type"] = "app_home_opened", ["user"] = SlackSession.Maria, ["channel"] = "D1", ["tab"] = "home", ["event_ts"] = "1" });
        await session.InteractAsync("ack", new JsonObject
        {
            ["type"] = "message_action", ["callback_id"] = "add_to_timeline", ["channel"] = new JsonObject { ["id"] = room.Id, ["name"] = room.Name },
            ["message"] = said.Content.DeepClone(), ["response_url"] = session.Slack.NewResponseUrl(),
        });
        await session.SubmitAsync(session.Slack.Workspace.Modals[^1], []);
        await session.Bot.DrainOutboxAsync();
        await PressAllButtonsAsync(session, room);

        await session.TypeAsync("/incident resolve rolled the release back", room);
        await session.SubmitAsync(session.Slack.Workspace.Modals[^1], new() { ["cause"] = "a column was dropped", ["fix"] = "rolled back", ["improvements"] = "check migrations" });
        await session.TypeAsync($"/incident task Add a check <@{SlackSession.Li}|li> due friday", room);
        await session.TypeAsync("/incident task list", room);
        await session.TypeAsync("/incident postmortem", room);
        await session.Bot.DrainOutboxAsync();
        await Eventually.HoldsAsync("the home tab is shown", () => Task.FromResult(session.Slack.CallsOf("views.publish").Count > 0));
    }

    /// <summary>Every button that the channel shows, once.</summary>
    private static async Task PressAllButtonsAsync(SlackSession session, FakeChannel room)
    {
        var values = room.Messages.SelectMany(m => m.Content["blocks"]?.AsArray() ?? [])
            .Where(b => b!["type"]!.ToString() == "actions")
            .SelectMany(b => b!["elements"]!.AsArray())
            .Select(e => e!["value"]!.ToString()).Distinct().ToList();
        Assert.NotEmpty(values);
        foreach (var value in values)
        {
            await session.InteractAsync("ack", new JsonObject
            {
                ["type"] = "block_actions", ["channel"] = new JsonObject { ["id"] = room.Id, ["name"] = room.Name }, ["response_url"] = session.Slack.NewResponseUrl(),
                ["actions"] = new JsonArray(new JsonObject { ["type"] = "button", ["action_id"] = "1.0", ["block_id"] = "b", ["value"] = value }),
            });
        }
        await Eventually.HoldsAsync("the presses are answered", () => Task.FromResult(session.Slack.CallsOf("response_url").Count > 0));
    }

    private static FakeChannel? FindRoom(SlackSession session)
    {
        lock (session.Slack.Workspace.Channels)
            return session.Slack.Workspace.Channels.Values.FirstOrDefault(c => c.Creator == SlackWorkspace.BotUserId && c.Messages.Count > 0);
    }

    /// <summary>A form has words only; Slack's types say numbers and booleans.</summary>
    private static JsonObject Typed(SlackCall call)
    {
        var typed = new JsonObject();
        foreach (var (name, value) in call.Arguments)
        {
            typed[name] = value is JsonValue word && word.TryGetValue<string>(out var text)
                ? text is "true" or "false" ? text == "true"
                : name is "limit" or "length" ? int.Parse(text, CultureInfo.InvariantCulture)
                : text
                : value?.DeepClone();
        }
        return typed;
    }
}
