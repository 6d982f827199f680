using IncidentBot.Cli;

namespace IncidentBot.Tests.Cli;

public sealed class TranscriptTests
{
    [Fact]
    public void Messages_are_read_with_their_line_numbers_and_the_rest_is_skipped()
    {
        const string text = "\uFEFF# a comment\r\n\r\n2026-03-02T09:14:00Z @maria /incident start sev2 Checkout\r\n2026-03-02T10:15:10+01:00 @li 👍\r\n";

        var messages = Transcript.Parse(text, "x").ToList();

        Assert.Equal(
            [
                new TranscriptMessage(3, DateTimeOffset.Parse("2026-03-02T09:14:00Z", null), "maria", "/incident start sev2 Checkout"),
                new TranscriptMessage(4, DateTimeOffset.Parse("2026-03-02T10:15:10+01:00", null), "li", "👍"),
            ],
            messages);
    }

    [Theory]
    [InlineData("2026-03-02T09:14:00 @maria hello", "no ISO 8601 time with an offset")]
    [InlineData("2026-13-02T09:14:00Z @maria hello", "no ISO 8601 time with an offset")]
    [InlineData("2026-03-02T09:14:00Z maria hello", "<time> <@user> <text>")]
    [InlineData("hello", "<time> <@user> <text>")]
    public void A_line_that_is_no_message_is_named_with_file_line_and_reason(string line, string reason)
    {
        var fault = Assert.Throws<TranscriptException>(() => Transcript.Parse("# first\n" + line, "x.transcript").ToList());

        Assert.StartsWith("x.transcript(2): ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_UTF_8_is_told()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, [0x32, 0xFF, 0xFE]);

        var fault = await Assert.ThrowsAsync<TranscriptException>(() => Transcript.ReadAsync(file, CancellationToken.None));

        Assert.Contains("not UTF-8 text (byte 1)", fault.Message, StringComparison.Ordinal);
        File.Delete(file);
    }
}
