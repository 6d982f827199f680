using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace IncidentBot.Tests.Fakes;

/// <summary>What Slack's methods do to the workspace, and what they refuse. https://api.slack.com/methods</summary>
internal sealed class SlackMethods(SlackWorkspace workspace, Func<string> url)
{
    private static readonly string[] FormOnly =
    [
        "users.info", "usergroups.list", "conversations.info", "conversations.list", "conversations.history", "conversations.replies",
        "reactions.get", "files.getUploadURLExternal",
    ];

    public Dictionary<string, Func<JsonObject, JsonObject>> ByName => new()
    {
        ["auth.test"] = _ => new JsonObject
        {
            ["url"] = "https://example.slack.com/", ["team"] = "Example", ["team_id"] = "T1", ["user"] = "incidentbot", ["user_id"] = SlackWorkspace.BotUserId, ["bot_id"] = "B1",
        },
        ["users.info"] = UserInfo,
        ["usergroups.list"] = _ => Groups(),
        ["conversations.create"] = Create,
        ["conversations.info"] = a => new JsonObject { ["channel"] = Describe(Known(a)) },
        ["conversations.list"] = List,
        ["conversations.history"] = History,
        ["conversations.replies"] = Replies,
        ["conversations.invite"] = Invite,
        ["conversations.join"] = Join,
        ["conversations.setTopic"] = SetTopic,
        ["conversations.open"] = OpenDirect,
        ["chat.postMessage"] = Post,
        ["chat.update"] = Update,
        ["chat.postEphemeral"] = PostEphemeral,
        ["views.open"] = OpenView,
        ["views.update"] = UpdateView,
        ["views.publish"] = PublishView,
        ["pins.add"] = Pin,
        ["bookmarks.add"] = AddBookmark,
        ["reactions.get"] = Reactions,
        ["files.getUploadURLExternal"] = UploadUrl,
        ["files.completeUploadExternal"] = CompleteUpload,
    };

    public static bool TakesFormOnly(string method) => FormOnly.Contains(method);

    private JsonObject UserInfo(JsonObject a)
    {
        var m = workspace.Members.GetValueOrDefault(Get(a, "user")) ?? throw new SlackRefusedException("user_not_found");
        return new JsonObject
        {
            ["user"] = new JsonObject
            {
                ["id"] = m.Id, ["name"] = m.Name, ["real_name"] = m.DisplayName, ["tz"] = m.Zone, ["deleted"] = m.IsDeleted, ["is_bot"] = false,
                ["is_restricted"] = m.IsGuest, ["is_stranger"] = m.IsStranger,
                ["profile"] = new JsonObject { ["display_name"] = m.DisplayName, ["real_name"] = m.DisplayName },
            },
        };
    }

    private JsonObject Groups() => new()
    {
        ["usergroups"] = new JsonArray([.. workspace.Groups.Select(g => (JsonNode)new JsonObject
        {
            ["id"] = g.Id, ["handle"] = g.Handle, ["name"] = g.Handle, ["date_delete"] = g.IsOff ? 1 : 0,
            ["users"] = new JsonArray([.. g.Members.Select(m => (JsonNode)m)]),
        })]),
    };

    private JsonObject Create(JsonObject a)
    {
        var name = Get(a, "name");
        if (name.Length > 80)
            throw new SlackRefusedException("invalid_name_maxlength");
        if (name.Length == 0 || name.Any(c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c is not ('-' or '_')))
            throw new SlackRefusedException("invalid_name_specials");
        if (workspace.Channels.Values.Any(c => c.Name == name))
            throw new SlackRefusedException("name_taken");
        var channel = new FakeChannel(workspace.NextId("C"), name, SlackWorkspace.BotUserId, a["is_private"]?.GetValue<bool>() == true, workspace.Now);
        channel.Members.Add(SlackWorkspace.BotUserId);
        workspace.Channels.Add(channel.Id, channel);
        return new JsonObject { ["channel"] = Describe(channel) };
    }

    private JsonObject List(JsonObject a)
    {
        const int page = 3;
        var from = int.Parse(a["cursor"]?.ToString() is { Length: > 0 } cursor ? cursor : "0", CultureInfo.InvariantCulture);
        List<FakeChannel> all;
        lock (workspace.Channels)
            all = [.. workspace.Channels.Values];
        var visible = all
            .Where(c => !c.IsArchived || Get(a, "exclude_archived", "false") != "true")
            .Where(c => !c.IsPrivate || c.Members.Contains(SlackWorkspace.BotUserId))
            .ToList();
        return new JsonObject
        {
            ["channels"] = new JsonArray([.. visible.Skip(from).Take(page).Select(c => (JsonNode)Describe(c))]),
            ["response_metadata"] = new JsonObject { ["next_cursor"] = from + page < visible.Count ? (from + page).ToString(CultureInfo.InvariantCulture) : "" },
        };
    }

    private JsonObject History(JsonObject a)
    {
        var limit = Limit(a, "100");
        var from = int.Parse(a["cursor"]?.ToString() is { Length: > 0 } cursor ? cursor : "0", CultureInfo.InvariantCulture);
        var messages = Joined(a).Messages
            .Where(m => m.Content["thread_ts"] is not { } thread || thread.ToString() == m.Ts)
            .Where(m => IsWithin(a, m.Ts))
            .OrderByDescending(m => m.Ts, StringComparer.Ordinal)
            .ToList();
        var page = Messages(messages.Skip(from).Take(limit), Get(a, "include_all_metadata", "false") == "true");
        page["has_more"] = from + limit < messages.Count;
        page["response_metadata"] = new JsonObject { ["next_cursor"] = from + limit < messages.Count ? (from + limit).ToString(CultureInfo.InvariantCulture) : "" };
        return page;
    }

    private JsonObject Replies(JsonObject a)
    {
        var channel = Joined(a);
        var ts = Get(a, "ts");
        var message = channel.Messages.Find(m => m.Ts == ts) ?? throw new SlackRefusedException("thread_not_found");
        var thread = message.Content["thread_ts"]?.ToString() ?? ts;
        // The parent comes first, whatever is asked for; its replies follow from the earliest on.
        var replies = channel.Messages.Where(m => m.Ts != thread && m.Content["thread_ts"]?.ToString() == thread && IsWithin(a, m.Ts)).OrderBy(m => m.Ts, StringComparer.Ordinal);
        return Messages(channel.Messages.Where(m => m.Ts == thread).Concat(replies).Take(Limit(a, "999")), false);
    }

    private static int Limit(JsonObject a, string otherwise) =>
        int.Parse(Get(a, "limit", otherwise), CultureInfo.InvariantCulture) is >= 1 and <= 999 and var limit ? limit : throw new SlackRefusedException("invalid_limit");

    /// <summary>A ts may come without its six digits; between them they compare as text, as long as their seconds are of one length.</summary>
    private static bool IsWithin(JsonObject a, string ts)
    {
        var equal = Get(a, "inclusive", "false") == "true" ? 0 : 1;
        return (Bound("oldest") is not { } oldest || string.CompareOrdinal(ts, oldest) >= equal)
            && (Bound("latest") is not { } latest || string.CompareOrdinal(latest, ts) >= equal);

        string? Bound(string name) => a[name]?.ToString() is { Length: > 0 } bound ? (bound.Contains('.') ? bound : bound + ".000000") : null;
    }

    private JsonObject Invite(JsonObject a)
    {
        var channel = Joined(a);
        var users = Get(a, "users").Split(',', StringSplitOptions.RemoveEmptyEntries);
        if (users.Length is 0 or > 100)
            throw new SlackRefusedException("too_many_users");
        foreach (var user in users)
        {
            var member = workspace.Members.GetValueOrDefault(user);
            if ((user == SlackWorkspace.BotUserId ? "cant_invite_self"
                : member is null ? "user_not_found"
                : channel.Members.Contains(user) ? "already_in_channel"
                : member.IsDeleted || member.IsStranger ? "cant_invite"
                : member.IsGuest ? "user_is_restricted" : null) is { } code)
            {
                throw new SlackRefusedException(code);
            }
        }
        channel.Members.UnionWith(users);
        return new JsonObject { ["channel"] = Describe(channel) };
    }

    private JsonObject Join(JsonObject a)
    {
        var channel = Known(a);
        if (channel.IsPrivate)
            throw new SlackRefusedException("channel_not_found");
        if (channel.IsArchived)
            throw new SlackRefusedException("is_archived");
        channel.Members.Add(SlackWorkspace.BotUserId);
        return new JsonObject { ["channel"] = Describe(channel) };
    }

    private JsonObject SetTopic(JsonObject a)
    {
        var channel = Joined(a);
        if (Get(a, "topic").Length > 250)
            throw new SlackRefusedException("too_long");
        channel.Topic = Get(a, "topic");
        return [];
    }

    private JsonObject OpenDirect(JsonObject a)
    {
        var user = Get(a, "users");
        if (!workspace.Members.TryGetValue(user, out var member))
            throw new SlackRefusedException("user_not_found");
        if (member.IsDeleted)
            throw new SlackRefusedException("user_disabled");
        return new JsonObject { ["channel"] = new JsonObject { ["id"] = Direct(user).Id } };
    }

    private JsonObject Post(JsonObject a)
    {
        var channel = Get(a, "channel") is ['U', ..] user && workspace.Members.ContainsKey(user) ? Direct(user) : Joined(a);
        CheckMessage(a);
        var ts = workspace.NextTs();
        var content = (JsonObject)a.DeepClone();
        content["ts"] = ts;
        content["user"] = SlackWorkspace.BotUserId;
        channel.Messages.Add(new FakeMessage(ts, content));
        return new JsonObject { ["channel"] = channel.Id, ["ts"] = ts };
    }

    private JsonObject Update(JsonObject a)
    {
        var channel = Joined(a);
        CheckMessage(a);
        var message = channel.Messages.Find(m => m.Ts == Get(a, "ts")) ?? throw new SlackRefusedException("message_not_found");
        if (message.Content["user"]?.ToString() != SlackWorkspace.BotUserId)
            throw new SlackRefusedException("cant_update_message");
        foreach (var (name, value) in a)
            message.Content[name] = value?.DeepClone();
        message.Updates++;
        return new JsonObject { ["channel"] = channel.Id, ["ts"] = message.Ts };
    }

    private JsonObject PostEphemeral(JsonObject a)
    {
        var channel = Joined(a);
        CheckMessage(a);
        if (!channel.Members.Contains(Get(a, "user")))
            throw new SlackRefusedException("user_not_in_channel");
        channel.Ephemerals.Add((Get(a, "user"), (JsonObject)a.DeepClone()));
        return new JsonObject { ["message_ts"] = workspace.NextTs() };
    }

    private JsonObject OpenView(JsonObject a)
    {
        if (workspace.UseTrigger(a["trigger_id"]?.ToString()) is { } code)
            throw new SlackRefusedException(code);
        CheckView(a);
        var view = new FakeView(workspace.NextId("V"), (JsonObject)a["view"]!.DeepClone());
        workspace.Modals.Add(view);
        return Describe(view);
    }

    private JsonObject UpdateView(JsonObject a)
    {
        CheckView(a);
        var view = workspace.Modals.Find(v => v.Id == Get(a, "view_id")) ?? throw new SlackRefusedException("not_found");
        if (a["hash"] is { } hash && hash.ToString() != view.Hash)
            throw new SlackRefusedException("hash_conflict");
        view.Definition = (JsonObject)a["view"]!.DeepClone();
        view.Hash += "1";
        return Describe(view);
    }

    private JsonObject PublishView(JsonObject a)
    {
        CheckView(a);
        workspace.Homes[Get(a, "user_id")] = (JsonObject)a["view"]!.DeepClone();
        return [];
    }

    private JsonObject Pin(JsonObject a)
    {
        var channel = Joined(a);
        var ts = Get(a, "timestamp");
        if (channel.Messages.TrueForAll(m => m.Ts != ts))
            throw new SlackRefusedException("message_not_found");
        if (channel.Pins.Contains(ts))
            throw new SlackRefusedException("already_pinned");
        channel.Pins.Add(ts);
        return [];
    }

    private JsonObject AddBookmark(JsonObject a)
    {
        if (!workspace.Channels.TryGetValue(Get(a, "channel_id"), out var channel))
            throw new SlackRefusedException("channel_not_found");
        channel.Bookmarks.Add((JsonObject)a.DeepClone());
        return [];
    }

    private JsonObject Reactions(JsonObject a)
    {
        var message = Joined(a).Messages.Find(m => m.Ts == Get(a, "timestamp")) ?? throw new SlackRefusedException("message_not_found");
        var reactions = message.Reactions.GroupBy(r => r.Emoji).Select(g => (JsonNode)new JsonObject { ["name"] = g.Key, ["count"] = g.Count() });
        return new JsonObject { ["type"] = "message", ["message"] = new JsonObject { ["ts"] = message.Ts, ["reactions"] = new JsonArray([.. reactions]) } };
    }

    private JsonObject UploadUrl(JsonObject a)
    {
        var id = workspace.NextId("F");
        workspace.Uploads[id] = (Get(a, "filename"), "");
        return new JsonObject { ["upload_url"] = $"{url()}/upload/{id}", ["file_id"] = id };
    }

    private JsonObject CompleteUpload(JsonObject a)
    {
        var channel = workspace.Channels.GetValueOrDefault(Get(a, "channel_id")) ?? throw new SlackRefusedException("channel_not_found");
        var shared = new JsonArray();
        foreach (var file in a["files"]!.AsArray())
        {
            var id = file!["id"]!.ToString();
            var (name, content) = workspace.Uploads[id];
            channel.Files.Add(new FakeFile(id, name, content));
            shared.Add(new JsonObject { ["id"] = id, ["name"] = name, ["title"] = file["title"]?.ToString() ?? name, ["size"] = Encoding.UTF8.GetByteCount(content) });
        }
        workspace.Say(channel, SlackWorkspace.BotUserId, "", with: m => m["files"] = shared);
        return [];
    }

    private static void CheckMessage(JsonObject a)
    {
        if (a["text"]?.ToString() is not { Length: > 0 } text)
            throw new SlackRefusedException("no_text");
        if (text.Length >= 4000)
            throw new SlackRefusedException("msg_too_long");
        if (SlackLimits.OfBlocks(a["blocks"], 50) is { Count: > 0 } faults)
            throw new SlackRefusedException(faults.Contains("msg_blocks_too_long") ? "msg_blocks_too_long" : "invalid_blocks", faults);
    }

    private static void CheckView(JsonObject a)
    {
        if (SlackLimits.OfView(a["view"]) is { Count: > 0 } faults)
            throw new SlackRefusedException("invalid_arguments", faults);
    }

    private FakeChannel Direct(string user)
    {
        var id = "D" + user;
        if (!workspace.Channels.TryGetValue(id, out var direct))
        {
            workspace.Channels[id] = direct = new FakeChannel(id, id, user, isPrivate: true, workspace.Now);
            direct.Members.UnionWith([user, SlackWorkspace.BotUserId]);
        }
        return direct;
    }

    private FakeChannel Known(JsonObject a) => workspace.Channels.GetValueOrDefault(Get(a, "channel")) ?? throw new SlackRefusedException("channel_not_found");

    /// <summary>A channel that the bot is in; of a private one it does not learn that there is one.</summary>
    private FakeChannel Joined(JsonObject a)
    {
        var channel = Known(a);
        if (!channel.Members.Contains(SlackWorkspace.BotUserId))
            throw new SlackRefusedException(channel.IsPrivate ? "channel_not_found" : "not_in_channel");
        return channel.IsArchived ? throw new SlackRefusedException("is_archived") : channel;
    }

    private static JsonObject Messages(IEnumerable<FakeMessage> messages, bool withMetadata) => new()
    {
        ["messages"] = new JsonArray([.. messages.Select(m =>
        {
            var content = m.Content.DeepClone();
            if (!withMetadata)
                content.AsObject().Remove("metadata");
            return content;
        })]),
    };

    private static JsonObject Describe(FakeChannel c) => new()
    {
        ["id"] = c.Id, ["name"] = c.Name, ["creator"] = c.Creator, ["created"] = c.CreatedAt.ToUnixTimeSeconds(), ["is_archived"] = c.IsArchived, ["is_private"] = c.IsPrivate,
        ["is_member"] = c.Members.Contains(SlackWorkspace.BotUserId),
    };

    private static JsonObject Describe(FakeView view) => new() { ["view"] = new JsonObject { ["id"] = view.Id, ["hash"] = view.Hash } };

    private static string Get(JsonObject a, string name, string? otherwise = null) =>
        a[name]?.ToString() ?? otherwise ?? throw new SlackRefusedException("invalid_arguments", [$"missing required field: {name}"]);
}
