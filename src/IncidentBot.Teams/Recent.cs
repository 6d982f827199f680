using System.Diagnostics.CodeAnalysis;

namespace IncidentBot.Teams;

/// <summary>The latest values by their keys; for more than so many keys the oldest is dropped.</summary>
internal sealed class Recent<TValue>(int most)
{
    private readonly Dictionary<string, TValue> _values = [];
    private readonly Queue<string> _keys = [];
    private readonly Lock _lock = new();

    public bool TryGet(string key, [MaybeNullWhen(false)] out TValue value)
    {
        lock (_lock)
            return _values.TryGetValue(key, out value);
    }

    public void Set(string key, TValue value)
    {
        lock (_lock)
        {
            if (_values.TryAdd(key, value))
                _keys.Enqueue(key);
            else
                _values[key] = value;
            if (_keys.Count > most)
                _values.Remove(_keys.Dequeue());
        }
    }
}
