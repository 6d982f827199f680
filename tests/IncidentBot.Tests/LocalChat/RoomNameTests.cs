using IncidentBot.LocalChat;

namespace IncidentBot.Tests.LocalChat;

public sealed class RoomNameTests
{
    [Theory]
    [InlineData("Checkout answers 500", "inc-7-checkout-answers-500")]
    [InlineData("  ---  ", "inc-7")]
    [InlineData("🔥🔥🔥", "inc-7")]
    [InlineData("Zahlung schlägt fehl", "inc-7-zahlung-schlagt-fehl")]
    [InlineData("Оплата не работает", "inc-7-оплата-не-работает")]
    [InlineData("決済エラー", "inc-7-決済エラー")]
    [InlineData("भुगतान विफल", "inc-7-भुगतान-विफल")]
    [InlineData("users can't pay!", "inc-7-users-cant-pay")]
    [InlineData("<script>alert(1)</script>", "inc-7-script-alert-1-script")]
    [InlineData("../../etc/passwd", "inc-7-etc-passwd")]
    public void A_room_is_named_after_number_and_title(string title, string expected) =>
        Assert.Equal(expected, RoomName.ForIncident(7, title));

    [Theory]
    [InlineData("a")]
    [InlineData("word and ")]
    [InlineData("𝒜")]
    [InlineData("𠮷")]
    public void A_name_is_never_longer_than_80_characters_nor_broken(string part)
    {
        var name = RoomName.ForIncident(7, string.Concat(Enumerable.Repeat(part, 200)));
        Assert.InRange(name.Length, 1, 80);
        Assert.False(name.EndsWith('-'));
        Assert.DoesNotContain('\uFFFD', System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(name)));
    }

    [Fact]
    public void A_name_that_is_taken_gets_a_number_within_the_length()
    {
        var name = new string('x', 80);
        var free = RoomName.Free(name, taken => taken == name || taken.EndsWith("-2", StringComparison.Ordinal));
        Assert.Equal(new string('x', 78) + "-3", free);
    }
}
