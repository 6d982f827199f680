using IncidentBot.Incidents.Chat;

namespace IncidentBot.Incidents.Commands;

/// <summary>
/// What goes back to the person in the same request, visible to that person only.
/// <see cref="Form"/> is to be opened beside it; <see cref="FieldErrors"/> (input name to fault) keep a submitted form open.
/// </summary>
/// <param name="ShownIn">The room that shows what was recorded; who is there needs no answer besides.</param>
public sealed record CommandAnswer(
    ChatMessage Message,
    bool IsRefused = false,
    int? IncidentNumber = null,
    ChatForm? Form = null,
    IReadOnlyDictionary<string, string>? FieldErrors = null,
    Conversation? ShownIn = null)
{
    public static CommandAnswer Of(RichText text, int? incidentNumber = null) => new(ChatMessage.Of(text), IncidentNumber: incidentNumber);

    public static CommandAnswer Refused(RichText reason) => new(ChatMessage.Of(reason), IsRefused: true);
}
