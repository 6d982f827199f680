using System.Globalization;
using System.Text.Json;
using IncidentBot.Templating.Parsing;
using IncidentBot.Templating.Runtime;
using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating.Tests;

/// <summary>One recorded template: what it prints, or the errors it has.</summary>
internal sealed class TemplateCase(JsonElement json)
{
    public string Name => Text("name");

    public string Template => Text("template");

    public string Tier => Text("tier");

    public string Expected => Text("expected");

    public static IReadOnlyList<TemplateCase> Read(string path) =>
        [.. File.ReadLines(path).Where(line => line.Length > 0).Select(line => new TemplateCase(JsonDocument.Parse(line).RootElement))];

    /// <summary>What the engine makes of the case, in the form of <see cref="Expected"/>.</summary>
    public string Run()
    {
        var template = Templating.Template.Parse(Template, "text");
        if (template.HasErrors)
        {
            return string.Join("\n", template.Messages);
        }

        try
        {
            return template.Render(MakeContext());
        }
        catch (ScriptRuntimeException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>Null if the engine does what was recorded; else what it did.</summary>
    public string? Difference()
    {
        var actual = Run();
        return Same(actual, Expected) ? null : actual;
    }

    // The last blank of a line of messages is not recorded.
    private bool Same(string actual, string expected) => actual == expected || Text("expect") != "output" && actual.TrimEnd() == expected.TrimEnd();

    public TemplateContext MakeContext()
    {
        var context = new TemplateContext { NewLine = "\n" };
        if (json.TryGetProperty("includes", out var includes) && includes.ValueKind == JsonValueKind.Object)
        {
            context.TemplateLoader = new Includes(includes);
        }

        if (json.TryGetProperty("options", out var options) && options.ValueKind == JsonValueKind.Object)
        {
            foreach (var option in options.EnumerateObject())
            {
                Apply(context, option.Name, option.Value);
            }
        }

        if (json.TryGetProperty("model", out var model) && model.ValueKind == JsonValueKind.Object)
        {
            context.PushGlobal((ScriptObject)ToValue(model)!);
        }

        return context;
    }

    private static void Apply(TemplateContext context, string name, JsonElement value)
    {
        switch (name)
        {
            case "loop_limit":
                context.LoopLimit = value.GetInt32();
                break;
            case "recursive_limit":
                context.RecursiveLimit = value.GetInt32();
                break;
            case "object_recursion_limit":
                context.ObjectRecursionLimit = value.GetInt32();
                break;
            case "limit_to_string":
                context.LimitToString = value.GetInt32();
                break;
            case "strict_variables":
                context.StrictVariables = value.GetBoolean();
                break;
            case "relaxed_member_access":
                context.EnableRelaxedMemberAccess = value.GetBoolean();
                break;
            case "auto_indent":
                context.AutoIndent = value.GetBoolean();
                break;
            case "culture":
                context.PushCulture(CultureInfo.GetCultureInfo(value.GetString()!));
                break;
            case "cancel_before_render":
                context.CancellationToken = new CancellationToken(canceled: true);
                break;
            default:
                throw new InvalidOperationException($"Unknown option {name}");
        }
    }

    internal static object? ToValue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => ToObject(value),
        JsonValueKind.Array => new ScriptArray(value.EnumerateArray().Select(ToValue)),
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number when value.TryGetInt32(out var small) => small,
        JsonValueKind.Number when value.TryGetInt64(out var large) => large,
        JsonValueKind.Number => value.GetDouble(),
        _ => null,
    };

    private static ScriptObject ToObject(JsonElement value)
    {
        var result = new ScriptObject();
        foreach (var member in value.EnumerateObject())
        {
            result[member.Name] = ToValue(member.Value);
        }

        return result;
    }

    private string Text(string name) => json.GetProperty(name).GetString()!;

    public override string ToString() => Name;

    private sealed class Includes(JsonElement texts) : ITemplateLoader
    {
        public string? GetPath(TemplateContext context, SourceSpan callerSpan, string templateName) => templateName;

        public string? Load(TemplateContext context, SourceSpan callerSpan, string templatePath) =>
            texts.TryGetProperty(templatePath, out var text) ? text.GetString() : null;
    }
}
