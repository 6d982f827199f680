namespace IncidentBot.Incidents.Chat;

/// <summary>A message of a platform, by the platform's own id.</summary>
public sealed record MessageReference(Conversation Conversation, string MessageId)
{
    /// <summary><c>platform:conversation/message</c>; read back by <see cref="Parse"/>.</summary>
    public override string ToString() => $"{Conversation}/{MessageId}";

    public static MessageReference Parse(string text)
    {
        var slash = text.LastIndexOf('/');
        return new MessageReference(Conversation.Parse(text[..slash]), text[(slash + 1)..]);
    }
}

/// <summary>Something that was said in chat and may become a timeline entry.</summary>
/// <param name="Author">Who said it.</param>
/// <param name="SaidAt">When.</param>
/// <param name="Link">Shows the message to whoever may see it; null where the platform gives none.</param>
public sealed record CapturedMessage(MessageReference Source, Person Author, DateTimeOffset SaidAt, string? Link);
