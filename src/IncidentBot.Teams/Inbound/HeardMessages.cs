using IncidentBot.Incidents.Chat;

namespace IncidentBot.Teams.Inbound;

/// <summary>The latest messages that the bot heard, since a reaction names its message and does not hold its text. A restart forgets them.</summary>
internal sealed class HeardMessages
{
    private const int Most = 1000;

    private readonly Lock _lock = new();
    private readonly Dictionary<MessageReference, (CapturedMessage Message, string Text)> _heard = [];
    private readonly Queue<MessageReference> _order = [];

    public void Add(CapturedMessage message, string text)
    {
        lock (_lock)
        {
            if (!_heard.ContainsKey(message.Source))
                _order.Enqueue(message.Source);
            _heard[message.Source] = (message, text);
            if (_order.Count > Most)
                _heard.Remove(_order.Dequeue());
        }
    }

    public (CapturedMessage Message, string Text)? Find(MessageReference message)
    {
        lock (_lock)
            return _heard.TryGetValue(message, out var known) ? known : null;
    }
}
