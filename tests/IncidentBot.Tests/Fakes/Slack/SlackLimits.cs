using System.Text.Json.Nodes;

namespace IncidentBot.Tests.Fakes;

/// <summary>Slack's limits of Block Kit, as its reference states them; what breaks one is named. https://api.slack.com/reference/block-kit</summary>
public static class SlackLimits
{
    private static readonly string[] InputTypes = ["plain_text_input", "number_input", "static_select", "datepicker", "users_select"];

    /// <param name="most">50 in a message, 100 in a view.</param>
    public static List<string> OfBlocks(JsonNode? blocks, int most)
    {
        var faults = new List<string>();
        if (blocks is null)
            return faults;
        var list = blocks.AsArray();
        if (list.Count > most)
            faults.Add($"no more than {most} items allowed");
        var ids = list.Select(b => Text(b, "block_id")).OfType<string>().ToList();
        if (ids.Distinct().Count() != ids.Count || ids.Any(i => i.Length is 0 or > 255))
            faults.Add("block_id");
        foreach (var block in list)
            OfBlock(block!, faults);
        if (most == 50 && list.Sum(b => b!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }).Length) > 13_200)
            faults.Add("msg_blocks_too_long");
        return faults;
    }

    public static List<string> OfView(JsonNode? view)
    {
        if (view is not JsonObject)
            return ["missing view"];
        var faults = OfBlocks(view["blocks"], 100);
        if (Text(view, "type") == "home")
            return faults;
        Plain(view["title"], 24, "title", faults);
        if (view["submit"] is { } submit)
            Plain(submit, 24, "submit", faults);
        else if (view["blocks"]!.AsArray().Any(b => Text(b, "type") == "input"))
            faults.Add("submit is required");
        if (view["close"] is { } close)
            Plain(close, 24, "close", faults);
        if (Text(view, "private_metadata") is { Length: > 3000 })
            faults.Add("private_metadata");
        if (Text(view, "callback_id") is { Length: 0 or > 255 })
            faults.Add("callback_id");
        return faults;
    }

    private static void OfBlock(JsonNode block, List<string> faults)
    {
        var type = Text(block, "type");
        switch (type)
        {
            case "section":
                var fields = block["fields"]?.AsArray();
                if (block["text"] is null && fields is null)
                    faults.Add("section without text");
                if (block["text"] is { } text)
                    Of(text, 3000, "section", faults);
                if (fields is { Count: 0 or > 10 })
                    faults.Add("fields");
                foreach (var field in fields ?? [])
                    Of(field, 2000, "field", faults);
                break;
            case "header":
                Plain(block["text"], 150, "header", faults);
                break;
            case "actions":
                var elements = block["elements"]!.AsArray();
                if (elements.Count is 0 or > 25 || elements.Select(e => Text(e, "action_id")).Distinct().Count() != elements.Count)
                    faults.Add("actions");
                foreach (var element in elements)
                    OfElement(element!, faults);
                break;
            case "context":
                if (block["elements"]!.AsArray().Count is 0 or > 10)
                    faults.Add("context");
                foreach (var element in block["elements"]!.AsArray())
                    Of(element, 3000, "context", faults);
                break;
            case "input":
                Plain(block["label"], 2000, "label", faults);
                if (block["hint"] is { } hint)
                    Plain(hint, 2000, "hint", faults);
                if (!InputTypes.Contains(Text(block["element"], "type")))
                    faults.Add("input element");
                OfElement(block["element"]!, faults);
                break;
            case "divider":
                break;
            default:
                faults.Add($"unsupported type: {type}");
                break;
        }
    }

    private static void OfElement(JsonNode element, List<string> faults)
    {
        if (Text(element, "action_id") is { Length: 0 or > 255 })
            faults.Add("action_id");
        switch (Text(element, "type"))
        {
            case "button":
                Plain(element["text"], 75, "button", faults);
                if (Text(element, "value") is { Length: > 2000 })
                    faults.Add("button value");
                if (Text(element, "style") is { } style and not ("primary" or "danger"))
                    faults.Add($"style {style}");
                break;
            case "plain_text_input":
                var max = element["max_length"]?.GetValue<int>() ?? 3000;
                if (max is < 1 or > 3000 || Text(element, "initial_value") is { } initial && initial.Length > max)
                    faults.Add("plain_text_input");
                break;
            case "static_select":
                var options = element["options"]!.AsArray();
                if (options.Count is 0 or > 100)
                    faults.Add("options");
                foreach (var option in options)
                {
                    Plain(option!["text"], 75, "option", faults);
                    if (Text(option, "value") is null or { Length: 0 or > 150 })
                        faults.Add("option value must be 1 to 150 characters");
                }
                if (element["initial_option"] is { } chosen && !options.Any(o => JsonNode.DeepEquals(o, chosen)))
                    faults.Add("initial_option is none of the options");
                break;
            case "number_input" or "datepicker" or "users_select":
                break;
            case var other:
                faults.Add($"unsupported element: {other}");
                break;
        }
    }

    private static void Plain(JsonNode? text, int most, string what, List<string> faults)
    {
        if (Text(text, "type") != "plain_text")
            faults.Add($"{what} is no plain_text");
        Of(text, most, what, faults);
    }

    private static void Of(JsonNode? text, int most, string what, List<string> faults)
    {
        if (Text(text, "text") is not { } value || string.IsNullOrWhiteSpace(value))
            faults.Add($"{what} has no text");
        else if (value.Length > most)
            faults.Add($"{what} must be less than {most + 1} characters");
    }

    private static string? Text(JsonNode? node, string name) => node?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
