using System.Text.Json;
using IncidentBot.Incidents.Postmortems;
using IncidentBot.Templating;
using IncidentBot.Templating.Runtime;
using IncidentBot.Templating.Syntax;

namespace IncidentBot.Cli;

/// <summary><c>render TEMPLATE --data FILE.json</c>.</summary>
internal static class RenderTemplate
{
    public static async Task<int> RunAsync(FileInfo templateFile, FileInfo? dataFile, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        string text;
        ScriptObject data;
        try
        {
            text = await File.ReadAllTextAsync(templateFile.FullName, cancellationToken);
            data = dataFile is null ? [] : Convert(await File.ReadAllBytesAsync(dataFile.FullName, cancellationToken), dataFile);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            await errors.WriteLineAsync(fault.Message);
            return ExitCodes.Usage;
        }
        var template = Template.Parse(text, templateFile.ToString());
        if (template.HasErrors)
        {
            foreach (var message in template.Messages)
                await errors.WriteLineAsync(message.ToString());
            return ExitCodes.Usage;
        }
        try
        {
            var context = new TemplateContext { LoopLimit = PostmortemRenderer.LoopLimit, CancellationToken = cancellationToken };
            context.PushGlobal(data);
            await output.WriteAsync(template.Render(context));
            return ExitCodes.Success;
        }
        catch (ScriptRuntimeException fault)
        {
            await errors.WriteLineAsync(fault.Message);
            return ExitCodes.Incomplete;
        }
    }

    private static ScriptObject Convert(byte[] json, FileInfo file)
    {
        using var document = Parse(json, file);
        return ToScript(document.RootElement) as ScriptObject
            ?? throw new JsonException($"{file}: the data must be a JSON object, for example {{\"name\": \"value\"}}.");
    }

    private static JsonDocument Parse(byte[] json, FileInfo file)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException fault)
        {
            throw new JsonException($"{file}({fault.LineNumber + 1},{fault.BytePositionInLine + 1}): no JSON: {fault.Message}");
        }
    }

    private static object? ToScript(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new ScriptObject();
                foreach (var member in element.EnumerateObject())
                    members[member.Name] = ToScript(member.Value);
                return members;
            case JsonValueKind.Array:
                var items = new ScriptArray();
                foreach (var item in element.EnumerateArray())
                    items.Add(ToScript(item));
                return items;
            case JsonValueKind.String:
                return element.GetString();
            case JsonValueKind.Number:
                return element.TryGetInt32(out var small) ? small : element.TryGetInt64(out var large) ? large : element.GetDouble();
            case JsonValueKind.True or JsonValueKind.False:
                return element.GetBoolean();
            default:
                return null;
        }
    }
}
