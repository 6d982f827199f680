namespace IncidentBot.Incidents.Chat;

/// <summary>A platform did not do what it was asked. The message may be shown: it holds no secret and no text of a person.</summary>
public sealed class ChatPlatformException : Exception
{
    public ChatPlatformException(string message, bool isTransient, TimeSpan? retryAfter = null, Exception? innerException = null)
        : base(message, innerException)
    {
        IsTransient = isTransient;
        RetryAfter = retryAfter;
    }

    /// <summary>Whether the same call may succeed later.</summary>
    public bool IsTransient { get; }

    /// <summary>Whether the message that was to be updated is not there any more: somebody deleted it.</summary>
    public bool IsMessageGone { get; init; }

    /// <summary>Whether it only waits for an incident's room that is being made: nothing was asked of the platform yet, and nothing is wrong.</summary>
    public bool AwaitsRoom { get; init; }

    /// <summary>How long the platform asked to wait.</summary>
    public TimeSpan? RetryAfter { get; }
}
