using IncidentBot.Incidents.Postmortems;
using IncidentBot.Tests.Fakes;

namespace IncidentBot.Tests.Postmortems;

/// <summary>What the draft tells of an escalation: one bullet, with who was asked when, who declined, and who acknowledged it.</summary>
public sealed class EscalationCourseTests
{
    [Fact]
    public async Task A_policy_that_went_on_after_silence_and_a_decline_is_one_bullet()
    {
        await using var chat = await StartedAsync(("li", 1), ("teo,ana", 0), ("the hosting company", 0));
        await chat.TypeAsync("maria", "/incident escalate checkout payments fail");
        await chat.PassUntilAsync("2026-03-02T09:27:30Z");
        await chat.TypeAsync("teo", "/incident INC-1 decline 1 No access. I am on a plane.");
        await chat.TypeAsync("ana", "/incident INC-1 ack 1");

        Assert.Equal(
            ["09:16 - Escalated to checkout (asked @li, again at 09:21; then @teo, @ana at 09:26; then the hosting company at 09:28; declined by @teo at 09:28, No access; acknowledged by @ana at 09:29, after 13 min): payments fail"],
            await BulletsAsync(chat));
    }

    [Fact]
    public async Task A_policy_that_nobody_answered_names_all_who_were_asked()
    {
        await using var chat = await StartedAsync(("li", 2), ("teo", 0), ("ana", 0), ("eva", 0), ("the hosting company", 0));
        await chat.TypeAsync("maria", "/incident escalate checkout");
        await chat.PassUntilAsync("2026-03-02T10:30:00Z");

        Assert.Equal(
            ["09:16 - Escalated to checkout (asked @li, 3 times until 09:26; then @teo at 09:31; then @ana at 09:36; then @eva, the hosting company until 09:46; not acknowledged)"],
            await BulletsAsync(chat));
    }

    [Fact]
    public async Task Who_was_asked_several_times_declined_and_came_after_all_is_told_so()
    {
        await using var chat = await StartedAsync(("ana", 0));
        await chat.TypeAsync("maria", "/incident escalate @li which of the 5 hosts is it?");
        await chat.PassUntilAsync("2026-03-02T09:28:00Z");
        await chat.TypeAsync("li", "/incident INC-1 decline 1 busy until 10:30");
        await chat.TypeAsync("li", "/incident INC-1 ack 1");

        Assert.Equal(
            ["09:16 - Escalated to @li (asked 3 times until 2026-03-02 09:26 UTC; declined at 2026-03-02 09:29 UTC, busy until 10:30; acknowledged at 2026-03-02 09:30 UTC, after 14 min): which of the 5 hosts is it?"],
            await BulletsAsync(chat));
    }

    [Fact]
    public async Task Many_who_declined_are_named_and_the_last_one_with_the_reason()
    {
        await using var chat = await StartedAsync(("li", 0), ("teo", 0), ("ana", 0), ("eva", 0), ("sam", 0));
        await chat.TypeAsync("maria", "/incident escalate checkout");
        foreach (var name in new[] { "li", "teo", "ana", "eva", "sam" })
            await chat.TypeAsync(name, $"/incident INC-1 decline 1 {name} is on leave");

        var bullet = Assert.Single(await BulletsAsync(chat));

        Assert.EndsWith("; declined by @li, @teo, @ana, @eva; declined by @sam at 09:21, sam is on leave)", bullet, StringComparison.Ordinal);
        Assert.Equal(1, Sentences.Count(bullet));
    }

    /// <param name="levels">Who is asked, with how often they are asked again.</param>
    private static async Task<TestChat> StartedAsync(params (string Targets, int Repeats)[] levels)
    {
        var settings = new Dictionary<string, string?>();
        foreach (var (i, (targets, repeats)) in levels.Index())
        {
            settings[$"Escalation:Policies:checkout:Levels:{i}:Targets"] = string.Join(',', targets.Split(',').Select(t => t.Contains(' ', StringComparison.Ordinal) ? t : "local:" + t));
            settings[$"Escalation:Policies:checkout:Levels:{i}:Wait"] = "5m";
            settings[$"Escalation:Policies:checkout:Levels:{i}:Repeats"] = $"{repeats}";
        }
        var chat = await TestChat.StartAsync(platform: "local", settings: settings);
        chat.Knows("li");
        await chat.TypeAsync("maria", "/incident start sev4 Checkout is down");
        await chat.DeliverAsync();
        return chat;
    }

    private static async Task<IEnumerable<string>> BulletsAsync(TestChat chat)
    {
        await chat.TypeAsync("maria", "/incident INC-1 resolve");
        var candidates = PostmortemModel.From(await chat.ReadAsync(), chat.Time.GetUtcNow()).Candidates;
        return TimelineSelection.Choose(candidates, int.MaxValue).Bullets
            .Where(b => b.Label.StartsWith("Escalat", StringComparison.Ordinal))
            .Select(b => $"{b.Time} - {b.Label}{(b.Text.Length > 0 ? ": " : "")}{b.Text}");
    }
}
