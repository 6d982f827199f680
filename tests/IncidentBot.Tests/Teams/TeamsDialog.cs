using System.Text.Json.Nodes;

namespace IncidentBot.Tests.Teams;

/// <summary>A dialog as Teams shows it, and what Teams hands back when somebody presses its button.</summary>
public sealed record TeamsDialog(string Title, JsonObject Card)
{
    public static TeamsDialog Of(TeamsAnswer answer)
    {
        Assert.Equal(200, answer.Status);
        var task = JsonNode.Parse(answer.Body)!["task"]!;
        Assert.True(task["type"]!.ToString() == "continue", answer.Body);
        return new TeamsDialog(task["value"]!["title"]!.ToString(), task["value"]!["card"]!["content"]!.AsObject());
    }

    /// <summary>What stands in place of a dialog.</summary>
    public static string MessageOf(TeamsAnswer answer)
    {
        Assert.Equal(200, answer.Status);
        var task = JsonNode.Parse(answer.Body)!["task"]!;
        Assert.True(task["type"]!.ToString() == "message", answer.Body);
        return task["value"]!.ToString();
    }

    public JsonObject Input(string id) => Card["body"]!.AsArray().Single(e => e!["id"]?.ToString() == id)!.AsObject();

    public bool Has(string id) => Card["body"]!.AsArray().Any(e => e!["id"]?.ToString() == id);

    public string? Value(string id) => Input(id)["value"]?.ToString();

    /// <summary>The text right below an input.</summary>
    public string TextBehind(string id)
    {
        var body = Card["body"]!.AsArray();
        return body[body.IndexOf(Input(id)) + 1]!["text"]!.ToString();
    }

    public string FirstText => Card["body"]![0]!["text"]!.ToString();

    /// <summary>What the dialog's own button carries, with the values beside it.</summary>
    public JsonObject Fill(Dictionary<string, string> values)
    {
        var data = Card["actions"]![0]!["data"]!.DeepClone().AsObject();
        foreach (var (name, value) in values)
            data[name] = value;
        return data;
    }
}
