using IncidentBot.Incidents.Commands.Values;

namespace IncidentBot.Tests.Commands.Values;

public sealed class PersonReferenceTests
{
    [Theory]
    [InlineData("@bram you hold the rights", "bram", true, "you hold the rights")]
    [InlineData("@bram, please join", "bram", true, "please join")]
    [InlineData("@bram: please join", "bram", true, "please join")]
    [InlineData("@jean-luc.o_1", "jean-luc.o_1", true, "")]
    [InlineData("@bram.", "bram", true, "")]
    [InlineData("@Zoë", "Zoë", true, "")]
    [InlineData("@李雷 请看", "李雷", true, "请看")]
    [InlineData("\"Database team\" disk full", "Database team", false, "disk full")]
    [InlineData("“Database team”, disk full", "Database team", false, "disk full")]
    [InlineData(" @\"Jane Doe\" help", "Jane Doe", true, "help")]
    [InlineData("bram, please", "bram", false, "please")]
    [InlineData("bram", "bram", false, "")]
    public void A_person_is_taken_and_the_reason_stays(string typed, string name, bool isMention, string rest)
    {
        var reader = new ArgumentReader(typed);

        Assert.True(PersonReference.TryRead(reader, out var person, out var refusal), refusal?.Reason);
        Assert.Equal(new PersonReference(name, isMention), person);
        Assert.Equal(rest, reader.Rest);
    }

    [Theory]
    [InlineData("", "It is not said who")]
    [InlineData("@", "“@” is not a name")]
    [InlineData("@a/b", "“@a/b” is not a name")]
    [InlineData("@li's", "“@li's” is not a name")]
    [InlineData(", now", "“,” is not a name")]
    [InlineData("\"Database team", "has no closing quote")]
    [InlineData("@\"Jane", "has no closing quote")]
    [InlineData("\" \" now", "is empty")]
    public void What_is_no_name_is_refused_and_nothing_is_taken(string typed, string reason)
    {
        var reader = new ArgumentReader(typed);

        Assert.False(PersonReference.TryRead(reader, out _, out var refusal));
        Assert.Contains(reason, refusal.Reason, StringComparison.Ordinal);
        Assert.Contains("for example", refusal.Reason, StringComparison.Ordinal);
        Assert.Equal(typed.Trim(), reader.Rest);
    }
}
