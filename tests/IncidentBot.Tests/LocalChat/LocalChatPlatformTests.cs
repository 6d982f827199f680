using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;

namespace IncidentBot.Tests.LocalChat;

public sealed class LocalChatPlatformTests(RunningChat chat) : IClassFixture<RunningChat>
{
    [Fact]
    public async Task The_same_key_posts_once()
    {
        var room = await RoomAsync();
        var key = RunningChat.NewId();
        var first = await chat.Platform.PostAsync(room, ChatMessage.Of("once"), Key(key), CancellationToken.None);
        var second = await chat.Platform.PostAsync(room, ChatMessage.Of("once"), Key(key), CancellationToken.None);
        Assert.Equal(first, second);
        Assert.Equal(["once"], await chat.ReadTextsAsync(room.Id));
    }

    [Fact]
    public async Task An_update_keeps_the_place_of_the_message()
    {
        var room = await RoomAsync();
        var first = await chat.Platform.PostAsync(room, ChatMessage.Of("first"), Key(RunningChat.NewId()), CancellationToken.None);
        await chat.Platform.PostAsync(room, ChatMessage.Of("second"), Key(RunningChat.NewId()), CancellationToken.None);
        await chat.Platform.UpdateAsync(room, first, ChatMessage.Of("first, corrected"), CancellationToken.None);
        Assert.Equal(["first, corrected", "second"], await chat.ReadTextsAsync(room.Id));
    }

    [Fact]
    public async Task The_same_key_gives_the_same_room_and_another_one_a_free_name()
    {
        var request = new RoomRequest(4711, "Same title", false, new Conversation("local", "general"), Maria, ChatMessage.Of(""));
        var first = await chat.Platform.CreateRoomAsync(request, Key("key-1"), CancellationToken.None);
        var again = await chat.Platform.CreateRoomAsync(request, Key("key-1"), CancellationToken.None);
        var other = await chat.Platform.CreateRoomAsync(request, Key("key-2"), CancellationToken.None);
        Assert.Equal(new Conversation("local", "inc-4711-same-title"), first.Conversation);
        Assert.Equal(first, again);
        Assert.Equal("inc-4711-same-title-2", other.Conversation.Id);
    }

    [Fact]
    public async Task What_is_not_there_cannot_help_by_another_try()
    {
        var nowhere = new Conversation("local", "nowhere");
        var fault = await Assert.ThrowsAsync<ChatPlatformException>(
            () => chat.Platform.PostAsync(nowhere, ChatMessage.Of("x"), Key(RunningChat.NewId()), CancellationToken.None));
        Assert.False(fault.IsTransient);
        await Assert.ThrowsAsync<ChatPlatformException>(() => chat.Platform.SetTopicAsync(nowhere, "x", CancellationToken.None));
        await Assert.ThrowsAsync<ChatPlatformException>(
            () => chat.Platform.UpdateAsync(new Conversation("local", "general"), "999999", ChatMessage.Of("x"), CancellationToken.None));
    }

    [Fact]
    public async Task A_file_is_offered_once_and_never_shown_as_a_page()
    {
        var room = await RoomAsync();
        var key = Key(RunningChat.NewId());
        await chat.Platform.UploadFileAsync(room, "postmortem.html", "<script>alert(1)</script>", key, CancellationToken.None);
        await chat.Platform.UploadFileAsync(room, "postmortem.html", "<script>alert(1)</script>", key, CancellationToken.None);
        var history = await chat.GetAsync($"/rooms/{room.Id}/messages?person=maria");
        var message = Assert.Single(history.GetProperty("messages").EnumerateArray());
        var url = message.GetProperty("file").GetProperty("url").GetString();
        using var response = await chat.Http.GetAsync($"{url}?person=maria");
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("application/octet-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("<script>alert(1)</script>", await response.Content.ReadAsStringAsync());
    }

    private static Person Maria => new("local", "maria", "maria");

    private async Task<Conversation> RoomAsync() => new("local", await chat.NewRoomAsync());

    private static DeliveryKey Key(string value) => new(value, MayBeRepeated: false, DateTimeOffset.UnixEpoch);
}
