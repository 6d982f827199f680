using System.Collections;

namespace IncidentBot.Templating.Parsing;

/// <summary>The messages of one parse, in the order in which they were found.</summary>
public sealed class LogMessageBag : IReadOnlyList<LogMessage>
{
    private readonly List<LogMessage> _messages = [];

    public int Count => _messages.Count;

    /// <summary>Whether one of them keeps the template from being rendered.</summary>
    public bool HasErrors { get; private set; }

    public LogMessage this[int index] => _messages[index];

    public IEnumerator<LogMessage> GetEnumerator() => _messages.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>One message a line.</summary>
    public override string ToString() => string.Join('\n', _messages);

    internal void Add(LogMessage message)
    {
        _messages.Add(message);
        HasErrors |= message.Type == ParserMessageType.Error;
    }
}
