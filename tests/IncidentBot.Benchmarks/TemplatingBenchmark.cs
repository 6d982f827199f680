using System.Text.Json;
using IncidentBot.Templating;
using IncidentBot.Templating.Runtime;
using IncidentBot.Templating.Tests;

namespace IncidentBot.Benchmarks;

/// <summary>
/// What the largest template of the language's cases costs, a postmortem of 77 lines, with a timeline of 200 entries: parsing,
/// rendering, and many renders at once.
/// </summary>
internal static class TemplatingBenchmark
{
    private const string Case = "own-pm-full-200-over-limit";
    private const int Times = 2000;

    /// <summary>What the Scriban library 7.2.6 was measured at with this template and these entries, on another day.</summary>
    private static readonly (TimeSpan Time, double Bytes) _libraryParse = (TimeSpan.FromMicroseconds(139), 188e3);
    private static readonly (TimeSpan Time, double Bytes) _libraryRender = (TimeSpan.FromMilliseconds(2.7), 1.8e6);

    public static async Task RunAsync()
    {
        var (text, model) = ReadCase();
        var template = Template.Parse(text, Case);
        if (template.HasErrors)
            throw new InvalidOperationException(string.Join('\n', template.Messages));
        var output = Render(template, model);

        var parse = await Cost.OfAsync(Times, () => Template.Parse(text, Case));
        var render = await Cost.OfAsync(Times, () => Render(template, model));
        // The same words without any template: what no engine can beat.
        var lines = output.Split('\n');
        var byHand = await Cost.OfAsync(Times, () => string.Join('\n', lines));

        var table = new MarkdownTable(
            $"templating: {text.AsSpan().Count('\n')} lines, 200 entries, {output.Length:N0} characters of output",
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
        // Takes what the template assigns: the model is shared.
        context.PushGlobal(new ScriptObject());
        return template.Render(context);
    }

    private static (string Text, ScriptObject Model) ReadCase()
    {
        using var stream = typeof(TemplatingBenchmark).Assembly.GetManifestResourceStream("cases.jsonl")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.GetProperty("name").GetString() == Case)
                return (json.RootElement.GetProperty("template").GetString()!, (ScriptObject)PlainData.From(json.RootElement.GetProperty("model"))!);
        }
        throw new InvalidOperationException($"There is no case {Case}.");
    }
}
