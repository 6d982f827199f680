using IncidentBot.Incidents.Postmortems;

namespace IncidentBot.Tests.Postmortems;

public sealed class SentencesTests
{
    [Theory]
    [InlineData("One.", 1)]
    [InlineData("One. Two! Three? Four… Five", 5)]
    [InlineData("Took 3.5 s, e.g. Redis was slow, etc. Nothing else", 1)]
    [InlineData("See https://example.org/x. Then wait", 1)]
    [InlineData("He said \"done.\" Then left", 2)]
    [InlineData("It failed (twice.) 3 nodes were hit", 2)]
    [InlineData("*Bold.* _Italic._ End", 3)]
    [InlineData("lower. case goes on", 1)]
    [InlineData("Всё упало. Потом поднялось. Ура", 3)]
    [InlineData("サーバーが落ちた。再起動した。直った", 3)]
    [InlineData("نفد القرص. أعيد التشغيل. انتهى", 3)]
    [InlineData("Asked. @bram came. {{ x }} was empty", 3)]
    public void Sentences_are_told_apart(string text, int count) => Assert.Equal(count, Sentences.Count(text));

    [Fact]
    public void What_follows_the_second_sentence_is_cut_with_an_ellipsis() =>
        Assert.Equal("Ran the plan. Nothing is applied yet. …", Sentences.First("Ran the plan. Nothing is applied yet. The output is saved.", 2));

    [Fact]
    public void Cutting_adds_no_sentence() => Assert.Equal(2, Sentences.Count(Sentences.First("A b. C d. E f. G h.", 2)));

    [Fact]
    public void A_long_text_is_cut_between_words() =>
        Assert.Equal("Looked at the web host …", Words.First("Looked at the web host, then at the database", 5));

    [Fact]
    public void A_word_without_end_is_cut_between_characters()
    {
        var cut = Words.First(string.Concat(Enumerable.Repeat("👩‍💻", 2000)), 20);

        Assert.True(cut.Length <= Words.LongestWord);
        Assert.EndsWith("👩‍💻…", cut, StringComparison.Ordinal);
    }

    [Fact]
    public void Ten_thousand_full_stops_take_no_time() =>
        Assert.InRange(Sentences.Count(string.Concat(Enumerable.Repeat(".')] ", 10_000))), 1, 10_000);
}
