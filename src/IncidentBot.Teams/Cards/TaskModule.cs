using System.Text.Json.Serialization;
using IncidentBot.Teams.Schema;

namespace IncidentBot.Teams.Cards;

/// <summary>
/// The answer to <c>task/fetch</c> and <c>task/submit</c>; an empty answer closes the dialog.
/// https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/task-modules/task-modules-bots
/// </summary>
public sealed record TaskModuleResponse(TaskModuleTask Task)
{
    /// <summary>Shows a card, in a new dialog or in place of the one that is open.</summary>
    public static TaskModuleResponse Show(string title, AdaptiveCard card) => new(new TaskModuleContinue(new TaskModuleTaskInfo(title, card.ToAttachment())));

    /// <summary>Says something in place of the dialog, and nothing else. Plain text.</summary>
    public static TaskModuleResponse Say(string text) => new(new TaskModuleMessage(text));
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(TaskModuleContinue), "continue")]
[JsonDerivedType(typeof(TaskModuleMessage), "message")]
public abstract record TaskModuleTask;

public sealed record TaskModuleContinue(TaskModuleTaskInfo Value) : TaskModuleTask;

public sealed record TaskModuleMessage(string Value) : TaskModuleTask;

/// <param name="Height"><c>small</c>, <c>medium</c> or <c>large</c>, as is <paramref name="Width"/>.</param>
public sealed record TaskModuleTaskInfo(string Title, Attachment Card, string Height = "large", string Width = "medium");
