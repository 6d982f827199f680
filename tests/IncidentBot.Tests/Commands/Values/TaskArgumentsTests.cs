using System.Globalization;
using IncidentBot.Incidents.Commands.Values;

namespace IncidentBot.Tests.Commands.Values;

public sealed class TaskArgumentsTests
{
    // A Wednesday.
    private static readonly DateTimeOffset Now = Zones.Instant("2022-11-16T17:50:00Z");

    [Theory]
    [InlineData("Empty the folder by itself @teo due 2022-11-30", "Empty the folder by itself", "teo", "2022-11-30")]
    [InlineData("Alert below 10% of disk free @bram due friday", "Alert below 10% of disk free", "bram", "2022-11-18")]
    [InlineData("Alert on failing builds, and add metrics @ines due in 2 weeks", "Alert on failing builds, and add metrics", "ines", "2022-11-30")]
    [InlineData("Go through the rota @alma", "Go through the rota", "alma", null)]
    [InlineData("Go through the rota due tomorrow @alma", "Go through the rota", "alma", "2022-11-17")]
    [InlineData("Go through the rota due tomorrow", "Go through the rota", null, "2022-11-17")]
    [InlineData("Go through the rota Due: next friday, @alma.", "Go through the rota", "alma", "2022-11-18")]
    [InlineData("Go through the rota", "Go through the rota", null, null)]
    [InlineData("Pay the bill due to vendor @li", "Pay the bill due to vendor", "li", null)]
    [InlineData("Pay the bill due to vendor @li due friday", "Pay the bill due to vendor", "li", "2022-11-18")]
    [InlineData("Send due notices", "Send due notices", null, null)]
    [InlineData("Fix alerts due to 500s", "Fix alerts due to 500s", null, null)]
    [InlineData("Move what is due friday to the end of the month", "Move what is due friday to the end of the month", null, null)]
    [InlineData("Pay what is due", "Pay what is due", null, null)]
    [InlineData("Ask @sam about it", "Ask @sam about it", null, null)]
    [InlineData("Ask @sam about it @li", "Ask @sam about it", "li", null)]
    [InlineData("Ask @sam @li due friday", "Ask @sam", "li", "2022-11-18")]
    [InlineData("Ask @sam due friday @li", "Ask @sam", "li", "2022-11-18")]
    [InlineData("Mail a@b.example due friday", "Mail a@b.example", null, "2022-11-18")]
    [InlineData("First line\n  second \"line\" @li\ndue friday", "First line\n  second \"line\"", "li", "2022-11-18")]
    public void Owner_and_due_date_are_read_from_the_end(string typed, string text, string? owner, string? due)
    {
        Assert.True(TaskArguments.TryParse(typed, Now, Zones.Paris, out var task, out var refusal), refusal?.Reason);
        Assert.Equal(text, task.Text);
        Assert.Equal(owner, task.Owner?.Name);
        Assert.Equal(due is null ? null : DateOnly.Parse(due, CultureInfo.InvariantCulture), task.Due);
    }

    [Theory]
    [InlineData("Pay due 2022-11-31", "“2022-11-31” is not a date")]
    [InlineData("Pay due 30.11.2022 @li", "“30.11.2022” is not a date")]
    [InlineData("Pay due fridy", "did you mean friday?")]
    [InlineData("Pay due on friday", "“on friday” is not a date")]
    [InlineData("Pay due friday noon", "“friday noon” is not a date")]
    [InlineData("Pay due 2022-11-15", "has passed")]
    [InlineData("@li due friday", "The task has no text.")]
    [InlineData(" ", "The task has no text.")]
    public void A_bad_due_date_or_a_missing_text_is_refused(string typed, string reason)
    {
        Assert.False(TaskArguments.TryParse(typed, Now, Zones.Paris, out _, out var refusal));
        Assert.Contains(reason, refusal.Reason, StringComparison.Ordinal);
        Assert.Contains("for example", refusal.Reason, StringComparison.Ordinal);
    }
}
