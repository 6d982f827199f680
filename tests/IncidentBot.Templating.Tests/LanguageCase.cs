using System.Globalization;
using System.Text.Json;
using IncidentBot.Templating.Runtime;
using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating.Tests;

/// <summary>One case of the language: a template, what it is given, and what must come out.</summary>
internal sealed class LanguageCase(JsonElement json)
{
    public string Name { get; } = json.GetProperty("name").GetString()!;

    public string Source { get; } = json.GetProperty("template").GetString()!;

    public string Expected { get; } = json.GetProperty("expected").GetString() ?? string.Empty;

    /// <summary>output, parse-error or runtime-error.</summary>
    public string Expect { get; } = json.GetProperty("expect").GetString()!;

    public static IEnumerable<LanguageCase> Read(string path) =>
        File.ReadLines(path)
            .Where(line => line.Length > 0)
            .Select(line => new LanguageCase(JsonDocument.Parse(line).RootElement));

    /// <summary>All the cases of the repository.</summary>
    public static IEnumerable<LanguageCase> ReadOwn() =>
        Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Cases"), "*.jsonl").Order().SelectMany(Read);

    /// <summary>The cases beside the repository, which its licence keeps out of it; null where they are not at hand.</summary>
    public static string? FindShared()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "scriban", "cases.jsonl");
            if (File.Exists(path)) return path;
        }

        return null;
    }

    /// <summary>Renders the case and describes the difference to what is expected; null when there is none.</summary>
    public string? Check()
    {
        var (kind, text) = Run(Source, CreateContext());
        return kind == Expect && text == Expected
            ? null
            : $"{Name}: expected {Expect}\n{Expected}\nbut got {kind}\n{text}\n";
    }

    public static (string Kind, string Text) Run(string source, TemplateContext context)
    {
        var template = Template.Parse(source, "text");
        if (template.HasErrors) return ("parse-error", template.Messages.ToString());
        try
        {
            return ("output", template.Render(context));
        }
        catch (ScriptRuntimeException e)
        {
            return ("runtime-error", e.Message);
        }
    }

    public TemplateContext CreateContext()
    {
        var context = new TemplateContext { NewLine = "\n" };
        if (json.TryGetProperty("model", out var model) && model.ValueKind == JsonValueKind.Object)
            context.PushGlobal((ScriptObject)PlainData.From(model)!);
        else
            context.PushGlobal(new ScriptObject());
        if (json.TryGetProperty("includes", out var includes) && includes.ValueKind == JsonValueKind.Object)
            context.TemplateLoader = new NamedTemplates(includes.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!));
        if (json.TryGetProperty("options", out var options) && options.ValueKind == JsonValueKind.Object)
        {
            foreach (var option in options.EnumerateObject()) Apply(context, option.Name, option.Value);
        }

        return context;
    }

    private static void Apply(TemplateContext context, string option, JsonElement value)
    {
        switch (option)
        {
            case "loop_limit": context.LoopLimit = value.GetInt32(); break;
            case "recursive_limit": context.RecursiveLimit = value.GetInt32(); break;
            case "object_recursion_limit": context.ObjectRecursionLimit = value.GetInt32(); break;
            case "limit_to_string": context.LimitToString = value.GetInt32(); break;
            case "strict_variables": context.StrictVariables = value.GetBoolean(); break;
            case "relaxed_member_access": context.EnableRelaxedMemberAccess = value.GetBoolean(); break;
            case "auto_indent": context.AutoIndent = value.GetBoolean(); break;
            case "culture": context.PushCulture(CultureInfo.GetCultureInfo(value.GetString()!)); break;
            case "cancel_before_render" when value.GetBoolean(): context.CancellationToken = new CancellationToken(true); break;
            default: throw new InvalidDataException($"Unknown option {option}");
        }
    }
}
