using System.Globalization;
using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;

namespace IncidentBot.Cli;

/// <summary>A chat that is over: nobody reads what is posted, and there are no rooms but the one that was recorded.</summary>
internal sealed class TranscriptPlatform : IChatPlatform
{
    public const string PlatformName = "transcript";

    private int _lastMessage;

    public string Name => PlatformName;

    public ChatCapabilities Capabilities => ChatCapabilities.None;

    public Task<string> PostAsync(Conversation conversation, ChatMessage message, DeliveryKey key, CancellationToken cancellationToken) =>
        Task.FromResult(Interlocked.Increment(ref _lastMessage).ToString(CultureInfo.InvariantCulture));

    public Task UpdateAsync(Conversation conversation, string messageId, ChatMessage message, CancellationToken cancellationToken) => Task.CompletedTask;
}
