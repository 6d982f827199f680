using IncidentBot.EndToEnd.Tests.Running;

namespace IncidentBot.EndToEnd.Tests.Templates;

/// <summary>Somebody edits the template while the bot runs.</summary>
public sealed class OwnTemplateTests
{
    [Fact]
    public async Task An_edit_counts_at_the_next_draft_a_broken_one_is_told_in_the_room_and_a_mended_one_counts_again()
    {
        using var folder = new TemporaryFolder();
        var template = folder.Write("own.sbn", "# Ours, first: {{ incident.key }}");
        await using var bot = await BotProcess.StartAsync(null, "env", $"Postmortem__TemplatePath={template}");
        var incident = await bot.Chat.DeclareAsync();

        await bot.Chat.CommandAsync("/incident resolve rolled back", incident.Room);
        await DraftSaysAsync("Ours, first: INC-1");

        folder.Write("own.sbn", "# Ours, second: {{ resolution.root_cause }}");
        await bot.Chat.CommandAsync("/incident cause a leak", incident.Room);
        await DraftSaysAsync("Ours, second: a leak");

        folder.Write("own.sbn", "# Ours\n\t{{ for x in }} @maria <!channel> `*");
        await bot.Chat.CommandAsync("/incident fix mended the leak", incident.Room);
        var draft = await DraftSaysAsync("The own template failed, so the built-in one is used");
        Assert.Contains("Duration: ", draft, StringComparison.Ordinal);
        Assert.Contains($"{template}(2,", draft, StringComparison.Ordinal);
        Assert.Contains("\n    {{ for x in }} @maria <!channel> `*", draft, StringComparison.Ordinal);

        folder.Write("own.sbn", "# Ours, third: {{ resolution.fix }}");
        await bot.Chat.CommandAsync("/incident improve watch for leaks", incident.Room);
        draft = await DraftSaysAsync("Ours, third: mended the leak");
        Assert.DoesNotContain("failed", draft, StringComparison.Ordinal);

        File.Delete(template);
        await bot.Chat.CommandAsync("/incident task watch it @li due tomorrow", incident.Room);
        Assert.Contains($"{template}(1,1) : error : Could not find file", await DraftSaysAsync("The own template failed"), StringComparison.Ordinal);

        Task<string> DraftSaysAsync(string text) => Eventually.GetAsync(
            $"the draft says \"{text}\"",
            async () => (await bot.Chat.ReadRoomAsync(incident.Room)).LastOrDefault(m => m.Author is null && m.Text.Contains(text, StringComparison.Ordinal))?.Text);
    }
}
