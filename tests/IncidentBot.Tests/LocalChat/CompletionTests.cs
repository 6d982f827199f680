using IncidentBot.LocalChat.Http;

namespace IncidentBot.Tests.LocalChat;

public sealed class CompletionTests
{
    [Theory]
    [InlineData("[sev1..sev4] <title> [--service NAME]… [--at TIME]", "sev1 sev2 sev3 sev4 --service --at")]
    [InlineData("investigating|identified|monitoring [text]", "investigating identified monitoring")]
    [InlineData("[at TIME] [by monitoring|engineer|customer|other] <how>", "monitoring engineer customer other")]
    [InlineData("commander|comms|scribe @user", "commander comms scribe")]
    [InlineData("<text>", "")]
    public void The_words_of_the_usage_that_can_be_completed(string usage, string expected) =>
        Assert.Equal(expected, string.Join(' ', CompletionView.OptionsOf(usage)));

    [Fact]
    public void Every_command_is_offered() => Assert.Contains(CompletionView.All, c => c is { Group: "timeline", Name: "misleading" });
}
