using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;

namespace IncidentBot.Benchmarks;

/// <summary>A platform that nothing is sent to: what is measured ends with the commit.</summary>
internal sealed class QuietPlatform : IChatPlatform
{
    public const string PlatformName = "quiet";

    public string Name => PlatformName;

    public ChatCapabilities Capabilities => ChatCapabilities.CreateRooms;

    public Task<string> PostAsync(Conversation conversation, ChatMessage message, DeliveryKey key, CancellationToken cancellationToken) => throw Sent();

    public Task UpdateAsync(Conversation conversation, string messageId, ChatMessage message, CancellationToken cancellationToken) => throw Sent();

    private static InvalidOperationException Sent() => new("The outbox is not started, so nothing can be sent.");
}
