using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Timeline;
using IncidentBot.Tests.Fakes;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.Tests.Timeline;

public sealed class CaptureMessageTests
{
    private static readonly DateTimeOffset SaidAt = new(2026, 3, 2, 9, 10, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_message_becomes_an_entry_with_its_own_author_time_and_link()
    {
        await using var chat = await StartedAsync();

        var answer = await chat.DoAsync("maria", Capture(chat, "the pool is empty"), "inc-1");

        var entry = Assert.Single((await chat.ReadAsync()).Entries, e => e.Source is not null);
        Assert.Equal("li", entry.Author.Name);
        Assert.Equal(SaidAt, entry.OccurredAt);
        Assert.Equal("https://example.com/m1", entry.Link);
        Assert.Equal("the pool is empty", entry.Text);
        Assert.Contains("Recorded as #2 of INC-1", answer.Message.ToPlainText(), StringComparison.Ordinal);
        await chat.DeliverAsync();
        Assert.Contains(chat.Platform.TextsIn("inc-1"), t => t.Contains("by li · message (https://example.com/m1)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_message_is_captured_once_and_again_after_it_was_removed()
    {
        await using var chat = await StartedAsync();
        await chat.DoAsync("maria", Capture(chat, "x"), "inc-1");

        var again = await chat.DoAsync("sam", Capture(chat, "x"), "inc-1");
        Assert.Contains("already, as #2", again.Message.ToPlainText(), StringComparison.Ordinal);

        await chat.DoAsync("maria", new FollowRemoval(Source(chat)), "inc-1");
        await chat.DoAsync("sam", Capture(chat, "x"), "inc-1");
        var entries = (await chat.ReadAsync()).Entries;
        Assert.Equal(3, Assert.Single(entries, e => e is { Source: not null, IsRemoved: false }).Number);
    }

    [Fact]
    public async Task A_later_edit_of_the_message_is_a_revision_and_a_deletion_a_mark()
    {
        await using var chat = await StartedAsync();
        await chat.DoAsync("maria", Capture(chat, "first"), "inc-1");

        await chat.DoAsync("li", new FollowEdit(Source(chat), "first", "second"), "inc-1");
        await chat.DoAsync("li", new FollowEdit(Source(chat), "first", "second"), "inc-1");
        var edited = (await chat.ReadAsync()).Entries.Single(e => e.Source is not null);
        Assert.Equal("second", edited.Text);
        Assert.Equal("first", Assert.Single(edited.Revisions).EarlierText);

        await chat.DoAsync("li", new FollowRemoval(Source(chat)), "inc-1");
        await using var db = chat.Store.Read();
        var removed = await db.Entries.Include(e => e.Revisions).SingleAsync(e => e.Source != null);
        Assert.True(removed.IsRemoved);
        Assert.Equal(["first", "second"], removed.Revisions.Select(r => r.EarlierText));
    }

    [Fact]
    public async Task A_message_of_no_timeline_changes_nothing()
    {
        await using var chat = await StartedAsync();

        var answer = await chat.DoAsync("li", new FollowRemoval(Source(chat)), "inc-1");

        Assert.False(answer.IsRefused);
        Assert.Single((await chat.ReadAsync()).Entries);
    }

    [Fact]
    public async Task Where_no_incident_is_the_answer_says_so_and_nothing_is_recorded()
    {
        await using var chat = await TestChat.StartAsync();

        var answer = await chat.DoAsync("maria", Capture(chat, "x"));

        Assert.True(answer.IsRefused);
        Assert.Contains("No incident is open", answer.Message.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_form_offers_the_text_and_the_time_of_the_message_and_takes_both_as_corrected()
    {
        await using var chat = await StartedAsync();
        var opened = await chat.Dispatcher.OpenCaptureFormAsync(
            new Conversation(chat.Platform.Name, "inc-1"), chat.Somebody("maria"), Message(chat), "restarted it", "Europe/Paris", CancellationToken.None);
        var form = opened.Form!;
        Assert.Equal("2026-03-02 10:10 Europe/Paris", form.Inputs.Single(i => i.Name == "at").Value);
        Assert.Equal("restarted it", form.Inputs.Single(i => i.Name == "text").Value);

        var wrong = await chat.SubmitAsync("maria", form.Reference, new() { ["kind"] = "rumour", ["at"] = "tomorrow", ["text"] = " " });
        Assert.Equal(["at", "kind", "text"], wrong.FieldErrors!.Keys.Order());

        await chat.SubmitAsync("maria", form.Reference, new() { ["kind"] = "action", ["at"] = "09:12", ["text"] = "restarted the gateway" });
        var entry = (await chat.ReadAsync()).Entries.Single(e => e.Source is not null);
        Assert.Equal((EntryKind.Action, "restarted the gateway", "li"), (entry.Kind, entry.Text, entry.Author.Name));
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 9, 12, 0, TimeSpan.Zero), entry.OccurredAt);
    }

    [Theory]
    [InlineData("2026-03-02T08:14:00Z", "Asia/Shanghai", "2026-03-02 16:14 Asia/Shanghai")]
    [InlineData("2026-03-02T08:14:00Z", "Etc/UTC", "2026-03-02 08:14 UTC")]
    // A zone that times cannot be typed with, and the hour that comes twice.
    [InlineData("2026-03-02T08:14:00Z", "EST5EDT", "2026-03-02 08:14 UTC")]
    [InlineData("2025-10-26T00:30:00Z", "Europe/Berlin", "2025-10-26 00:30 UTC")]
    [InlineData("2025-10-26T01:30:00Z", "Europe/Berlin", "2025-10-26 01:30 UTC")]
    public async Task The_time_that_the_form_offers_means_the_same_in_every_zone(string saidAt, string zone, string offered)
    {
        await using var chat = await StartedAsync();
        var at = DateTimeOffset.Parse(saidAt, System.Globalization.CultureInfo.InvariantCulture);
        var opened = await chat.Dispatcher.OpenCaptureFormAsync(
            new Conversation(chat.Platform.Name, "inc-1"), chat.Somebody("maria"), Message(chat) with { SaidAt = at }, "restarted it", zone, CancellationToken.None);

        Assert.Equal(offered, opened.Form!.Inputs.Single(i => i.Name == "at").Value);
        await chat.SubmitAsync("maria", opened.Form.Reference, new() { ["kind"] = "action", ["at"] = offered, ["text"] = "restarted it" });
        Assert.Equal(at, (await chat.ReadAsync()).Entries.Single(e => e.Source is not null).OccurredAt);
    }

    private static async Task<TestChat> StartedAsync()
    {
        var chat = await TestChat.StartAsync();
        await chat.TypeAsync("maria", "/incident start sev2 Checkout answers 500");
        await chat.DeliverAsync();
        return chat;
    }

    private static MessageReference Source(TestChat chat) => new(new Conversation(chat.Platform.Name, "inc-1"), "m1");

    private static CapturedMessage Message(TestChat chat) => new(Source(chat), chat.Somebody("li"), SaidAt, "https://example.com/m1");

    private static CaptureMessage Capture(TestChat chat, string text) => new(Message(chat), EntryKind.Note, SaidAt, text);
}
