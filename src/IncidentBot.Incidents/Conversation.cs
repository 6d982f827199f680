namespace IncidentBot.Incidents;

/// <summary>A channel, thread or room of a chat platform. <see cref="Id"/> is the platform's own id (kept verbatim).</summary>
public sealed record Conversation(string Platform, string Id)
{
    /// <summary><c>platform:id</c>; read back by <see cref="Parse"/>.</summary>
    public override string ToString() => $"{Platform}:{Id}";

    public static Conversation Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return new Conversation(text[..colon], text[(colon + 1)..]);
    }
}
