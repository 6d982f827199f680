using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;

namespace IncidentBot.Teams.Inbound;

/// <summary>The latest messages that the bot heard, since a reaction names its message and does not hold its text. A restart forgets them.</summary>
internal sealed class HeardMessages
{
    private const int Most = 1000;

    private readonly Lock _lock = new();
    private readonly Dictionary<MessageReference, HeardMessage> _heard = [];
    private readonly Queue<MessageReference> _order = [];

    public void Add(HeardMessage heard)
    {
        lock (_lock)
        {
            if (!_heard.ContainsKey(heard.Message.Source))
                _order.Enqueue(heard.Message.Source);
            _heard[heard.Message.Source] = heard;
            if (_order.Count > Most)
                _heard.Remove(_order.Dequeue());
        }
    }

    /// <summary>It was edited; deleted, it has no text.</summary>
    public void Edit(MessageReference message, string text)
    {
        lock (_lock)
        {
            if (_heard.TryGetValue(message, out var heard))
                _heard[message] = heard with { Text = text };
        }
    }

    public HeardMessage? Find(MessageReference message)
    {
        lock (_lock)
            return _heard.GetValueOrDefault(message);
    }
}

/// <param name="Where">With the thread.</param>
internal sealed record HeardMessage(CapturedMessage Message, Conversation Where, string Text);
