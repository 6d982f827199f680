using System.Diagnostics;
using System.Text;
using Xunit.Abstractions;

namespace IncidentBot.Templating.Tests;

/// <summary>
/// Templates that nobody would write, made by breaking those of the cases. Seeded and counted: a failure comes back at the
/// next run. The environment variable FUZZ_TEMPLATES sets another count for a longer run, FUZZ_SEED another beginning.
/// </summary>
[Collection(nameof(Alone))]
public sealed class FuzzTests(ITestOutputHelper output)
{
    private static readonly int Seed = Setting("FUZZ_SEED", 20260314);
    private static readonly int Templates = Setting("FUZZ_TEMPLATES", 40_000);

    /// <summary>No template may take longer; generous, since the machine does other things too.</summary>
    private static readonly TimeSpan LongestRender = TimeSpan.FromSeconds(20);

    /// <summary>What the runtime keeps for itself (compiled code, pooled buffers), and not more with more templates.</summary>
    private const long MostGrowth = 64 << 20;

    private static readonly string[] Fragments =
    [
        "{{", "}}", "{%{", "}%}", "-", "~", "(", ")", "[", "]", "{", "}", "|", "||", "@", "^", "$", "$0", "$$", "$\"", "\"", "'", "`", "#",
        "##", ";", "\n", ":", "?", "?.", "..", "..<", "...", "=", "+=", "++", "//", "%", "<<", "1e9", "0x", "1_0", "99999999999999999999", "-1",
        "null", "empty", "this", "do; ", "end", "else", "when 1", "if x", "for i in 1..99", "while true", "func f(x)", "f(f)", "ret", "break",
        "capture x", "with o", "wrap f", "import o", "readonly x", "tablerow i in a", "case x", "include 'x'", "array.sort", "array.each @f",
        "string.pad_left 99999999", "'x' * 99999999", "1 << 1000000", "regex.match '(a+)+$'", "object.to_json", "object.eval", "date.now",
        "math.format 'N99999999'", "x.y.z", "x[0]", "x = ", "é", "\0", "\u2028",
    ];

    [Fact]
    public void A_broken_template_ends_in_output_or_in_one_of_the_two_documented_errors()
    {
        var sources = (LanguageCase.FindShared() is { } path ? LanguageCase.Read(path) : LanguageCase.ReadOwn()).ToList();
        var random = new Random(Seed);
        var outcomes = new Dictionary<string, int>();
        var held = 0L;
        var clock = Stopwatch.StartNew();
        for (var count = 0; count < Templates; count++)
        {
            var origin = sources[random.Next(sources.Count)];
            var text = Break(origin.Source, random, sources);
            var started = clock.Elapsed;
            try
            {
                var (kind, _) = LanguageCase.Run(text, origin.CreateContext());
                outcomes[kind] = outcomes.GetValueOrDefault(kind) + 1;
            }
            catch (Exception e)
            {
                Assert.Fail($"{e}\nafter {count} templates, from {origin.Name}:\n{text}");
            }

            Assert.True(clock.Elapsed - started < LongestRender, $"Took {clock.Elapsed - started}, from {origin.Name}:\n{text}");
            if (count == Templates / 4) held = GC.GetTotalMemory(forceFullCollection: true);
        }

        var growth = GC.GetTotalMemory(forceFullCollection: true) - held;
        output.WriteLine(
            $"{Templates} templates from seed {Seed} in {clock.Elapsed.TotalSeconds:0} s: "
            + string.Join(", ", outcomes.OrderBy(o => o.Key).Select(o => $"{o.Value} {o.Key}")) + $"; {growth / 1024} KiB more held than after a quarter of them");
        Assert.InRange(growth, long.MinValue, MostGrowth);
    }

    /// <summary>The parser must not depend on the end of a template being in any particular place.</summary>
    [Fact]
    public void A_template_cut_off_anywhere_is_parsed()
    {
        foreach (var source in LanguageCase.ReadOwn().Where(c => c.Source.Length < 600).Take(60))
        {
            for (var length = 0; length < source.Source.Length; length++)
            {
                var template = Template.Parse(source.Source[..length], "text");
                Assert.All(template.Messages, message => Assert.NotEmpty(message.ToString()));
            }
        }
    }

    private static int Setting(string name, int usual) => int.TryParse(Environment.GetEnvironmentVariable(name), out var value) ? value : usual;

    private static string Break(string text, Random random, List<LanguageCase> sources)
    {
        var result = new StringBuilder(text);
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            var at = random.Next(result.Length + 1);
            var length = Math.Min(random.Next(1, 12), result.Length - at);
            switch (random.Next(6))
            {
                case 0:
                    result.Remove(at, length);
                    break;
                case 1:
                    result.Insert(at, result.ToString(at, length));
                    break;
                case 2:
                    result.Insert(at, (char)random.Next(1, 0x180));
                    break;
                case 3:
                    var other = sources[random.Next(sources.Count)].Source;
                    var from = random.Next(other.Length + 1);
                    result.Insert(at, other.AsSpan(from, Math.Min(random.Next(40), other.Length - from)));
                    break;
                default:
                    result.Insert(at, Fragments[random.Next(Fragments.Length)]);
                    break;
            }
        }

        return result.ToString();
    }

    /// <summary>What other tests hold at the same time would count as growth.</summary>
    [CollectionDefinition(nameof(Alone), DisableParallelization = true)]
    public sealed class Alone;
}
