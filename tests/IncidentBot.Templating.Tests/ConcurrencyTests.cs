using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Tests;

/// <summary>A parsed template is shared by all the requests that need it.</summary>
public sealed class ConcurrencyTests
{
    private const int Threads = 8;
    private const int Rounds = 50;

    private const string Text =
        """
        {{~ func line(text, width = 10); ret text | string.pad_right width; end ~}}
        {{~ double(x) = x * 2 ~}}
        {{~ for item in items ~}}
        {{ for.index }}: {{ line item.name }}|{{ item.count | double }}{{ if for.last }}.{{ else }},{{ end }}
        {{~ total = total + item.count ~}}
        {{~ end ~}}
        {{ capture all }}{{ for item in items reversed }}{{ item.name }}{{ end }}{{ end }}{{ all | string.upcase }} {{ total }}
        {{ $"{owner.name ?? "nobody"}: {[1, 2] | array.each do; ret $0 + start; end}" }}
        """;

    [Fact]
    public void One_template_renders_the_same_in_many_threads_at_once()
    {
        var template = Template.Parse(Text, "text");
        Assert.False(template.HasErrors, template.Messages.ToString());
        var expected = Enumerable.Range(0, Threads).Select(i => template.Render(Context(i))).ToArray();
        Assert.Equal(Threads, expected.Distinct().Count());

        var outputs = new string[Threads, Rounds];
        using var start = new Barrier(Threads);
        var threads = Enumerable.Range(0, Threads).Select(i => new Thread(() => RenderAll(i))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        for (var i = 0; i < Threads; i++)
        {
            for (var round = 0; round < Rounds; round++) Assert.Equal(expected[i], outputs[i, round]);
        }

        void RenderAll(int i)
        {
            start.SignalAndWait();
            for (var round = 0; round < Rounds; round++) outputs[i, round] = template.Render(Context(i));
        }
    }

    private static TemplateContext Context(int number)
    {
        var items = new ScriptArray();
        for (var i = 0; i <= number; i++) items.Add(new ScriptObject { ["name"] = $"item{i}", ["count"] = i + number });
        var context = new TemplateContext { NewLine = "\n" };
        context.PushGlobal(new ScriptObject
        {
            ["items"] = items,
            ["total"] = 0,
            ["start"] = number,
            ["owner"] = new ScriptObject { ["name"] = number % 2 == 0 ? "Ada" : null },
        });
        return context;
    }
}
