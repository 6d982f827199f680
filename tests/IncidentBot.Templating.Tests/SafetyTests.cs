using System.Diagnostics;
using System.Globalization;
using System.Text;
using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating.Tests;

/// <summary>Templates come from users: none may hang, crash or starve the bot.</summary>
public sealed class SafetyTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static TheoryData<string> HostileTemplates() =>
    [
        "{{ for a in 1..100000; for b in 1..100000; for c in 1..100000; end; end; end }}",
        "{{ while true; end }}",
        "{{ x = 'a' * 1000000; o = {}; for i in 1..20000; o['k' + i] = x; end; o | object.format '' | string.size }}",
        "{{ x = 'a' * 1000000; a = [x + '1'] * 1000; b = [x + '1'] * 1000; l = [a] * 200; m = [b] * 200; l == m }}",
        "{{ x = 'a' * 1000000; a = x + '1'; b = x + '2'; l = [a, b] * 500; l | array.sort | array.size }}",
        "{{ x = 'a' * 1000000; l = [x] * 50000; l | array.uniq | array.size }}",
        "{{ x = 'a' * 1000000; l = [x] * 50000; l | array.contains (x + 'b') }}",
        "{{ func f; f; end; f }}",
        "{{ func f(n); f(n - 1); f(n - 1); end; f(1000) }}",
        "{{ func f(n); if n > 0; f(n - 1); f(n - 1); f(n - 1); end; end; f(60) }}",
        "{{ f(x) = f(x) + f(x); f 1 }}",
        "{{ 'x' | string.pad_left 2147483647 }}",
        "{{ 'x' | string.pad_right 1000000000 }}",
        "{{ 'abc' * 2147483647 }}",
        "{{ 2147483647 * 'abc' }}",
        "{{ x = 'abcdefgh'; for i in 1..100000; x = x + x; end }}",
        "{{ x = 'abcdefgh' * 100000; y = []; for i in 1..100000; y = y << (x + i); end }}",
        "{{ x = [1]; for i in 1..100000; x = x + x; end }}",
        "{{ x = [1, 2, 3]; for i in 1..100; x = [x, x]; end; x }}",
        "{{ x = [1, 2, 3]; for i in 1..100; x = [x, x]; end; x | object.to_json }}",
        "{{ x = [1]; y = [1]; for i in 1..100; x = [x, x]; y = [y, y]; end; x == y }}",
        "{{ x = []; x[0] = x; x }}",
        "{{ x = {}; x.x = x; x | object.to_json }}",
        "{{ x = {}; x.x = x; y = {}; y.x = y; [x] == [y] }}",
        "{{ x = []; y = []; x[0] = x; y[0] = y; x == y }}",
        "{{ x = [1]; for y in x; x[x.size] = y; end }}",
        "{{ 1..1000000000000 }}",
        "{{ for i in 1..1000000000000; end }}",
        "{{ 1..9223372036854775807 | array.size }}",
        "{{ 1..9223372036854775807 | array.last }}",
        "{{ x = []; x[2147483647] = 1 }}",
        "{{ [1] * 2147483647 }}",
        "{{ 2147483647 * (1..3) }}",
        "{{ [] | array.insert_at 2147483647 1 }}",
        "{{ 1 << 1048576 << 1048576 << 1048576 }}",
        "{{ x = 3; for i in 1..100000; x = x * x; end; x }}",
        "{{ x = 1 << 1048576; for i in 1..100000; y = x * 3 % 7; end }}",
        "{{ x = 1 << 1000000; for i in 1..100000; x; end }}",
        "{{ x = 1 << 1000000; for i in 1..100000; y = x + ''; end }}",
        "{{ x = [1]; x[1 << 1000000] }}",
        "{{ 1 << (1 << 1000000) }}",
        "{{ 'a' * (1 << 1000000) }}",
        "{{ 1e999999999 }}",
        "{{ 1.5e999999999 }}",
        "{{ 1 | math.format 'N999999999' }}",
        "{{ 1 | object.format 'D999999999' }}",
        "{{ 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' | regex.match '^(a+)+$' }}",
        "{{ for i in 1..1000; 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' | regex.match '^(a+)+$'; end }}",
        "{{ ('a' * 100000) | regex.replace '' 'bbbbbbbbbbbbbbbbbbbb' }}",
        "{{ ('a' * 1000000) | regex.matches '' | array.size }}",
        "{{ ('a ' * 500000) | string.split ' ' | array.size }}",
        "{{ ('a' * 1000000) | string.replace 'a' ('b' * 1000000) }}",
        "{{ x = '{{ x | object.eval_template }}'; x | object.eval_template }}",
        "{{ x = 'x | object.eval'; x | object.eval }}",
        "{{ x = '(' * 100000; x | object.eval }}",
        "{{ x = ('1 + ' * 200000) + '1'; for i in 1..100000; y = x | object.eval; end }}",
        "{{ date.parse '2020-01-01' | date.add_days 1e300 }}",
        "{{ date.parse '2020-01-01' | date.add_years 2147483647 }}",
        "{{ timespan.from_days 1e300 }}",
        "{{ include 'self' }}",
        "{{ include 'twice' }}",
        "{{ a = [3,1,2]; a | array.sort @(do; end) }}",
        "{{ (1..100000) | array.each @(do; 1..100000 | array.each @(do; 1; end) | array.size; end) | array.size }}",
        "{{ x = 1..100000; for i in x; y = x | array.sort; end }}",
        "{{ x = 'k' * 1000000; o = {}; for i in 1..100000; o[x + i] = 1; end }}",
        "{{ string.append = 1; string = 1; array.size.x = 2 }}",
        "{{ func f(x...); f ^x ^x; end; f 1 2 }}",
        "{{ x = 'a' * 1000000; y = ('a' * 1000) + 'b'; for i in 1..100000; z = x | string.contains y; end }}",
        "{{ x = 'a' * 1000000; y = ('a' * 1000) + 'b'; for i in 1..100000; z = x | string.remove_last y; end }}",
        "{{ x = 'é' * 1000000; y = ('é' * 1000) + 'b'; for i in 1..100000; z = string.index_of x y 0 1000000 'InvariantCulture'; end }}",
        "{{ x = ('<=\"' * 300000) + '>'; for i in 1..100000; z = x | html.strip; end }}",
        "{{ x = ('<script' * 100000) + '>'; for i in 1..100000; z = x | html.strip; end }}",
        "{{ x = 'a ' * 500000; for i in 1..100000; z = x | string.truncatewords 1000000; end }}",
        "{{ f = @(do; f | object.eval; end); @f | object.eval }}",
    ];

    [Theory]
    [MemberData(nameof(HostileTemplates))]
    public void A_hostile_template_ends_within_the_limits(string text)
    {
        var clock = Stopwatch.StartNew();
        var (kind, output) = LanguageCase.Run(text, Context(100_000));
        Assert.True(clock.Elapsed < Patience, $"Took {clock.Elapsed}: {kind}");
        Assert.True(output.Length < 3_000_000, $"{output.Length} characters");
    }

    public static TheoryData<string, string, string> Brackets() => new()
    {
        { "(", "1", ")" },
        { "[", "1", "]" },
        { "{a:", "1", "}" },
        { "-", "1", "" },
        { "!", "1", "" },
        { "@", "x", "" },
        { "x[", "1", "]" },
        { "x(", "1", ")" },
        { "x ? ", "1", " : 1" },
        { "1 + (", "1", ")" },
        { "do; ", "1", " end" },
        { "if 1; ", "1", "; end" },
        { "if 1; 1; else ", "1", "" },
        { "for x in [1]; ", "1", "; end" },
        { "case 1; when 1; ", "1", "; end" },
        { "x = ", "1", "" },
        { "$'{", "1", "}'" },
        { "x | ", "y", "" },
        { "", "1", " + 1" },
        { "", "x", ".x" },
        { "", "x", "?.x" },
        { "", "[1]", "[0]" },
        { "", "x", "[1]" },
        { "", "x", "(1)" },
        { "", "f", "(1)" },
        { "", "f", " a: 1" },
        { "", "for x in [1]", " offset: 1" },
        { "", "(f 1)", "(1)" },
        { "", "1", " | f" },
        { "", "1", " ?? 1" },
        { "", "x", " x" },
        { "", "x", " a:1" },
        { "", "for z in [1]", " a" },
        { "1; ", "1", "" },
    };

    [Theory]
    [MemberData(nameof(Brackets))]
    public void A_hundred_thousand_of_anything_do_not_overflow_the_stack(string before, string middle, string after)
    {
        const int Times = 100_000;
        var text = new StringBuilder("{{ x = 1; f(y) = y; ");
        for (var i = 0; i < Times; i++) text.Append(before);
        text.Append(middle);
        for (var i = 0; i < Times; i++) text.Append(after);
        text.Append(" }}");
        // A thread of the size that servers have, not the roomier one of the test runner.
        var thread = new Thread(() => LanguageCase.Run(text.ToString(), Context(1000)), 512 * 1024);
        thread.Start();
        Assert.True(thread.Join(Patience));
    }

    [Fact]
    public void The_culture_and_the_zone_of_the_thread_do_not_show()
    {
        const string Text = "{{ 1234.5 }} {{ 1234567.891 | math.format 'N2' }} {{ 'title i' | string.upcase }} "
            + "{{ date.parse '2026-03-14T09:05:07Z' | date.to_string '%A %d %B %Y %H:%M %z' }} {{ ['b', 'A', 'a'] | array.sort }} "
            + "{{ 'I' | string.downcase }} {{ 'a' < 'B' }} {{ -1.5 | math.abs }} {{ '1.5' | string.to_double }}";
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("tr-TR");
            var turkish = Template.Parse(Text).Render(new TemplateContext());
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            Assert.Equal(Template.Parse(Text).Render(new TemplateContext()), turkish);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Templates_reach_nothing_of_the_runtime_behind_values()
    {
        const string Text = "{{ 'a'.length }}{{ 'a'.get_type }}{{ (1..2).get_type }}{{ x.secret }}{{ x.Secret }}{{ x | object.keys }}{{ x }}";
        var context = new TemplateContext();
        context.CurrentGlobal["x"] = new Holder("hunter2");
        Assert.DoesNotContain("hunter2", Template.Parse(Text).Render(context), StringComparison.Ordinal);
    }

    [Fact]
    public void Built_ins_are_the_same_for_the_next_render_whatever_a_template_does_to_them()
    {
        Assert.Throws<ScriptRuntimeException>(() => Template.Parse("{{ string.upcase = 1 }}").Render(new TemplateContext()));
        Template.Parse("{{ string = 1; date.format = '%Y'; array = null }}").Render(new TemplateContext());
        var text = Template.Parse("{{ 'a' | string.upcase }} {{ date.parse '2026-03-14' }} {{ [1] | array.first }}");
        Assert.Equal("A 14 Mar 2026 1", text.Render(new TemplateContext()));
    }

    [Fact]
    public void A_render_can_be_cancelled_on_the_way()
    {
        using var source = new CancellationTokenSource();
        var context = Context(0);
        context.WorkLimit = 0;
        context.CancellationToken = source.Token;
        context.CurrentGlobal.Import("stop", new Action(source.Cancel));
        var template = Template.Parse("{{ i = 0; while true; i = i + 1; if i == 1000; stop; end; end }}");
        Assert.Throws<ScriptAbortException>(() => template.Render(context));
    }

    [Fact]
    public async Task One_template_renders_many_times_at_once()
    {
        var template = Template.Parse("{{ func f(x); ret x * 2; end; for i in 1..50; f i; ' '; end; [3,1,2] | array.sort }}");
        var expected = template.Render(new TemplateContext());
        var renders = Enumerable.Range(0, 200).Select(_ => Task.Run(() => template.Render(new TemplateContext())));
        Assert.All(await Task.WhenAll(renders), text => Assert.Equal(expected, text));
    }

    private static TemplateContext Context(int loopLimit) => new()
    {
        LoopLimit = loopLimit,
        RegexTimeOut = TimeSpan.FromMilliseconds(200),
        TemplateLoader = new NamedTemplates(new Dictionary<string, string>
        {
            ["self"] = "{{ include 'self' }}",
            ["twice"] = "{{ include 'twice'; include 'twice' }}",
        }),
    };

    private sealed record Holder(string Secret)
    {
        public override string ToString() => "holder";
    }
}
