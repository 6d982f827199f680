using System.Text.Json;
using IncidentBot.Incidents.Chat;
using IncidentBot.Teams.Schema;

namespace IncidentBot.Teams.Cards;

/// <summary>What a button of a message hands back: the command it stands for, or the form that it opens.</summary>
public sealed record CardAction(string? Command, FormReference? Form)
{
    /// <summary>The verb of every button that stands for a command.</summary>
    public const string Verb = "command";

    /// <param name="id">Unique in the card.</param>
    public static AdaptiveAction Of(ChatButton button, string title, string id)
    {
        var style = button.IsPrimary ? "positive" : null;
        return button.OpensForm is { } form
            ? new SubmitAction(title, new FetchData(new TaskFetch(), form)) { Id = id, Style = style }
            : new ExecuteAction(title, Verb, new CommandData(button.Command ?? "")) { Id = id, Style = style };
    }

    /// <summary>Null for data that is not ours.</summary>
    public static CardAction? Read(JsonElement data)
    {
        var properties = ReadAs<Dictionary<string, JsonElement>>(data) ?? [];
        if (properties.TryGetValue("command", out var json) && ReadAs<string>(json) is { } command)
            return new CardAction(command, null);
        return properties.TryGetValue("form", out json) && ReadAs<FormReference>(json) is { FormId: not null } form ? new CardAction(null, form) : null;
    }

    /// <summary>Null where it cannot be read.</summary>
    internal static T? ReadAs<T>(JsonElement json)
        where T : class
    {
        try
        {
            return json.Deserialize<T>(TeamsJson.Options);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException)
        {
            // InvalidOperationException: a half of a surrogate pair, which JSON can spell and no text can hold.
            return null;
        }
    }

    private sealed record CommandData(string Command);

    private sealed record FetchData(TaskFetch Msteams, FormReference Form);

    /// <summary>What makes Teams ask for a dialog instead of submitting.</summary>
    private sealed record TaskFetch
    {
        public string Type { get; } = "task/fetch";
    }
}
