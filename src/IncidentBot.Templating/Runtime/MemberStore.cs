using System.Collections;

namespace IncidentBot.Templating.Runtime;

/// <summary>
/// Named values in the order in which they were set. Most objects of a template have a handful of members, and looking
/// through those takes less time and memory than any hash table; larger ones get an index.
/// </summary>
internal class MemberStore : IEnumerable<KeyValuePair<string, object?>>
{
    private const int LinearLimit = 8;
    private string[] _names = [];
    private object?[] _values = [];
    private Dictionary<string, int>? _index;

    public int Count { get; private set; }

    public bool TryGet(string name, out object? value)
    {
        var at = Find(name);
        value = at < 0 ? null : _values[at];
        return at >= 0;
    }

    public bool Contains(string name) => Find(name) >= 0;

    public void Set(string name, object? value)
    {
        var at = Find(name);
        if (at >= 0)
        {
            _values[at] = value;
            return;
        }

        if (Count == _names.Length)
        {
            // Most functions have one or two parameters.
            var size = Count == 0 ? 2 : Count * 2;
            Array.Resize(ref _names, size);
            Array.Resize(ref _values, size);
        }

        _names[Count] = name;
        _values[Count] = value;
        _index?.Add(name, Count);
        Count++;
        if (Count > LinearLimit && _index is null) MakeIndex();
    }

    public bool Remove(string name)
    {
        var at = Find(name);
        if (at < 0) return false;
        Count--;
        Array.Copy(_names, at + 1, _names, at, Count - at);
        Array.Copy(_values, at + 1, _values, at, Count - at);
        _names[Count] = null!;
        _values[Count] = null;
        if (_index is not null) MakeIndex();
        return true;
    }

    public void Clear()
    {
        Count = 0;
        _names = [];
        _values = [];
        _index = null;
    }

    public string[] Names() => _names[..Count];

    public object?[] Values() => _values[..Count];

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        for (var i = 0; i < Count; i++) yield return new KeyValuePair<string, object?>(_names[i], _values[i]);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int Find(string name)
    {
        if (_index is not null) return _index.TryGetValue(name, out var at) ? at : -1;
        var names = _names;
        for (var i = 0; i < Count && i < names.Length; i++)
        {
            if (ReferenceEquals(names[i], name) || (names[i].Length == name.Length && names[i] == name)) return i;
        }

        return -1;
    }

    private void MakeIndex()
    {
        _index = new Dictionary<string, int>(Count * 2);
        for (var i = 0; i < Count; i++) _index.Add(_names[i], i);
    }
}
