using System.Text.Json;
using IncidentBot.Incidents.Chat;
using IncidentBot.Slack.Api;

namespace IncidentBot.Slack.Blocks;

/// <summary>What a button hands back: the command it stands for, or the form that it opens.</summary>
public sealed record ButtonValue(string? Command, FormReference? Form)
{
    public static ButtonValue Of(ChatButton button) => new(button.Command, button.OpensForm);

    public string ToJson() => JsonSerializer.Serialize(this, SlackJson.Options);

    /// <summary>Null for what is no value of ours.</summary>
    public static ButtonValue? Read(string? json)
    {
        try
        {
            return string.IsNullOrEmpty(json) ? null : JsonSerializer.Deserialize<ButtonValue>(json, SlackJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
