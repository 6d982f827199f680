using System.Text.Json;
using IncidentBot.Incidents.Postmortems;
using IncidentBot.Incidents.Postmortems.Templates;
using IncidentBot.Templating;
using IncidentBot.Templating.Runtime;
using IncidentBot.Templating.Syntax;

namespace IncidentBot.Cli;

/// <summary><c>render TEMPLATE --data FILE.json</c>.</summary>
internal static class RenderTemplate
{
    public static async Task<int> RunAsync(FileInfo templateFile, FileInfo? dataFile, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        if (TemplateText.Read(templateFile.ToString(), out var fault) is not { } text)
            return await RefuseAsync($"{templateFile}: cannot be read: {fault}");
        ScriptObject data = [];
        if (dataFile is not null && ReadData(dataFile.ToString(), out fault) is { } read)
            data = read;
        if (fault is not null)
            return await RefuseAsync(fault);
        var template = Template.Parse(text, templateFile.ToString());
        if (template.HasErrors)
            return await RefuseAsync(string.Join('\n', template.Messages.Select(m => TemplateMessage.Of(m, text).ToText(withCaret: true))));
        try
        {
            var context = new TemplateContext
            {
                LoopLimit = PostmortemRenderer.LoopLimit, TemplateLoader = new NoOtherTemplates(), CancellationToken = cancellationToken,
            };
            context.PushGlobal(data);
            await output.WriteAsync(template.Render(context));
            return ExitCodes.Success;
        }
        catch (ScriptRuntimeException failure)
        {
            await errors.WriteLineAsync(TemplateMessage.Of(failure, text).ToText(withCaret: true));
            return ExitCodes.Incomplete;
        }

        async Task<int> RefuseAsync(string why)
        {
            await errors.WriteLineAsync(why);
            return ExitCodes.Usage;
        }
    }

    private static ScriptObject? ReadData(string path, out string? fault)
    {
        if (TemplateText.Read(path, out var unreadable) is not { } json)
        {
            fault = $"{path}: cannot be read: {unreadable}";
            return null;
        }
        try
        {
            using var document = JsonDocument.Parse(json);
            fault = document.RootElement.ValueKind == JsonValueKind.Object
                ? null
                : $"{path}: the data must be a JSON object, for example {{\"name\": \"value\"}}.";
            return ToScript(document.RootElement) as ScriptObject;
        }
        catch (JsonException e)
        {
            // The message ends with the place, counted from 0.
            fault = $"{path}({e.LineNumber + 1},{e.BytePositionInLine + 1}) : error : This is no JSON: {e.Message.Split(" LineNumber:")[0]}";
            return null;
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
                return element.TryGetInt32(out var small) ? small : element.TryGetInt64(out var large) ? (object)large : element.GetDouble();
            case JsonValueKind.True or JsonValueKind.False:
                return element.GetBoolean();
            default:
                return null;
        }
    }
}
