using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;

namespace IncidentBot.LocalChat.Http;

/// <summary>What the dispatcher answered, for the person who asked only.</summary>
public sealed record AnswerView(
    ChatMessage Message, bool IsRefused, int? Incident, ChatForm? Form, IReadOnlyDictionary<string, string>? FieldErrors)
{
    public static AnswerView Of(CommandAnswer answer) =>
        new(answer.Message, answer.IsRefused, answer.IncidentNumber, answer.Form, answer.FieldErrors);
}

/// <summary>One of the two: ordinary text was kept as a message, a command was answered.</summary>
public sealed record PostedView(MessageView? Message, AnswerView? Answer);

public sealed record SampleView(string Room);
