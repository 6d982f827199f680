namespace IncidentBot.Templating.Runtime;

/// <summary>Variables of a frame. Most have a handful, where looking through them is cheaper than hashing.</summary>
internal sealed class VariableStore
{
    private const int LinearLimit = 8;
    private string[] _names = new string[4];
    private object?[] _values = new object?[4];
    private Dictionary<string, int>? _index;
    private HashSet<string>? _readOnly;
    private int _count;

    public bool TryGet(string name, out object? value)
    {
        var at = Find(name);
        value = at < 0 ? null : _values[at];
        return at >= 0;
    }

    public bool Contains(string name) => Find(name) >= 0;

    /// <summary>False when the variable is read-only.</summary>
    public bool TrySet(string name, object? value)
    {
        if (_readOnly is not null && _readOnly.Contains(name)) return false;
        var at = Find(name);
        if (at >= 0)
        {
            _values[at] = value;
            return true;
        }

        if (_count == _names.Length)
        {
            Array.Resize(ref _names, _count * 2);
            Array.Resize(ref _values, _count * 2);
        }

        _names[_count] = name;
        _values[_count] = value;
        _index?.Add(name, _count);
        _count++;
        if (_count > LinearLimit && _index is null)
        {
            _index = new Dictionary<string, int>(StringComparer.Ordinal);
            for (var i = 0; i < _count; i++) _index.Add(_names[i], i);
        }

        return true;
    }

    public void SetReadOnly(string name) => (_readOnly ??= new HashSet<string>(StringComparer.Ordinal)).Add(name);

    private int Find(string name)
    {
        if (_index is not null) return _index.TryGetValue(name, out var at) ? at : -1;
        for (var i = 0; i < _count; i++)
        {
            if (ReferenceEquals(_names[i], name) || _names[i] == name) return i;
        }

        return -1;
    }
}
