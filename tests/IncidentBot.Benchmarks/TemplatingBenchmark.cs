using System.Globalization;
using IncidentBot.Templating;
using IncidentBot.Templating.Runtime;

namespace IncidentBot.Benchmarks;

/// <summary>What a template of 77 lines and a timeline of 200 entries cost: parsing, rendering, and many renders at once.</summary>
internal static class TemplatingBenchmark
{
    private const int Entries = 200;
    private const int Times = 2000;

    /// <summary>What the Scriban library 7.2.6 was measured at, with a template and a timeline of this size, on another day.</summary>
    private static readonly (TimeSpan Time, double Bytes) _libraryParse = (TimeSpan.FromMicroseconds(139), 188e3);
    private static readonly (TimeSpan Time, double Bytes) _libraryRender = (TimeSpan.FromMilliseconds(2.7), 1.8e6);

    private static readonly string[] _kinds = ["note", "action", "hypothesis", "misleading", "escalated", "detected", "resolved"];
    private static readonly string[] _people = ["maria", "li", "sam", "noor"];

    public static async Task RunAsync()
    {
        var text = ReadTemplate();
        var template = Template.Parse(text, "template.sbn");
        if (template.HasErrors)
            throw new InvalidOperationException(string.Join('\n', template.Messages));
        var model = Model();
        var output = Render(template, model);

        var parse = await Cost.OfAsync(Times, () => Template.Parse(text, "template.sbn"));
        var render = await Cost.OfAsync(Times, () => Render(template, model));
        // The same words without any template: what no engine can beat.
        var lines = output.Split('\n');
        var byHand = await Cost.OfAsync(Times, () => string.Join('\n', lines));

        var table = new MarkdownTable(
            $"templating: {text.AsSpan().Count('\n')} lines, {Entries} entries, {output.Length:N0} characters of output",
            "", "median", "p99", "allocated", "to joining the lines of the output", "time, to the library's figure", "allocated, to the library's");
        Add("parse", parse, _libraryParse);
        Add("render", render, _libraryRender);
        table.Print();
        PrintConcurrency(template, model, render);

        void Add(string what, Cost cost, (TimeSpan Time, double Bytes) library) => table.Add(
            what,
            MarkdownTable.Milliseconds(cost.Median),
            MarkdownTable.Milliseconds(cost.Time.At(0.99)),
            MarkdownTable.Kibibytes(cost.Bytes),
            MarkdownTable.Ratio(cost.Median.TotalMilliseconds, byHand.Median.TotalMilliseconds),
            MarkdownTable.Ratio(cost.Median.TotalMilliseconds, library.Time.TotalMilliseconds),
            MarkdownTable.Ratio(cost.Bytes, library.Bytes));
    }

    /// <summary>One parsed template, as many renders at once as there are cores.</summary>
    private static void PrintConcurrency(Template template, ScriptObject model, Cost alone)
    {
        var expected = Render(template, model);
        var start = TimeProvider.System.GetTimestamp();
        Parallel.For(0, Times, _ =>
        {
            if (Render(template, model) != expected)
                throw new InvalidOperationException("Two renders at the same time came out differently.");
        });
        var each = TimeProvider.System.GetElapsedTime(start) / Times;
        Console.WriteLine();
        Console.WriteLine($"{Environment.ProcessorCount} at once: one render every {MarkdownTable.Milliseconds(each)}, {MarkdownTable.Ratio(alone.Median / each, 1)} of the rate of one after the other");
    }

    private static string Render(Template template, ScriptObject model)
    {
        var context = new TemplateContext { LoopLimit = 100_000, NewLine = "\n" };
        context.PushGlobal(model);
        return template.Render(context);
    }

    private static string ReadTemplate()
    {
        using var stream = typeof(TemplatingBenchmark).Assembly.GetManifestResourceStream("template.sbn")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static ScriptObject Model()
    {
        var start = new DateTime(2026, 3, 2, 9, 5, 0, DateTimeKind.Utc);
        var entries = new ScriptArray();
        for (var i = 0; i < Entries; i++)
        {
            var time = start.AddMinutes(6 * i);
            entries.Add(new ScriptObject
            {
                ["number"] = i + 1,
                ["kind"] = _kinds[i % _kinds.Length],
                ["time"] = time,
                ["day"] = time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                ["author"] = _people[i % _people.Length],
                ["text"] = $"  Looked at replica {i} of the checkout database and restarted its connection pool; errors went down to {i % 17} in a minute.",
            });
        }
        var tasks = new ScriptArray();
        for (var i = 0; i < 8; i++)
        {
            tasks.Add(new ScriptObject
            {
                ["text"] = $"Alert on pool use over 80 % in cell {i}",
                ["owner"] = _people[i % _people.Length],
                ["due"] = start.AddDays(7 + i),
                ["state"] = i % 3 == 0 ? "done" : "open",
            });
        }
        return new ScriptObject
        {
            ["incident"] = new ScriptObject
            {
                ["key"] = "INC-7",
                ["title"] = "Checkout answers <500>",
                ["severity"] = "sev1",
                ["is_drill"] = false,
                ["declared_by"] = "maria",
                ["start"] = start,
                ["end"] = start.AddHours(21),
                ["services"] = new ScriptArray { "payments", "checkout" },
                ["percent"] = 30,
                ["experience"] = "Every third order failed with an error page.",
                ["root_cause"] = "Release 42 opened a connection for each request and never gave it back, so that after forty minutes of the daily peak the pool of every replica was empty and all later requests waited until they timed out.",
                ["fix"] = "Rolled back to release 41 and restarted the replicas one after the other.",
            },
            ["days"] = new ScriptArray { "2026-03-02", "2026-03-03" },
            ["entries"] = entries,
            ["tasks"] = tasks,
        };
    }
}
