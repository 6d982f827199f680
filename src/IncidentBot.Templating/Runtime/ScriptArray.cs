using System.Collections;

namespace IncidentBot.Templating.Runtime;

/// <summary>A list of the template language. It may carry members besides its items.</summary>
public sealed class ScriptArray : IList<object?>, IReadOnlyList<object?>
{
    private readonly List<object?> _items;
    private ScriptObject? _members;

    public ScriptArray() => _items = [];

    public ScriptArray(int capacity) => _items = new List<object?>(capacity);

    public ScriptArray(IEnumerable<object?> items) => _items = [.. items];

    public ScriptArray(IEnumerable items) => _items = [.. items.Cast<object?>()];

    public int Count => _items.Count;

    /// <summary>Whether templates are forbidden to change the list.</summary>
    public bool IsReadOnly { get; set; }

    /// <summary>Whether <c>object.kind</c> calls the list a range: it was worked out by a function such as <c>array.map</c>.</summary>
    internal bool IsIterator { get; init; }

    /// <summary>Null outside of the list when read; grows it when written after its end.</summary>
    public object? this[int index]
    {
        get => index >= 0 && index < _items.Count ? _items[index] : null;
        set
        {
            if (index < 0) return;
            while (_items.Count <= index) _items.Add(null);
            _items[index] = value;
        }
    }

    public void Add(object? item) => _items.Add(item);

    public void AddRange(IEnumerable<object?> items) => _items.AddRange(items);

    public void Insert(int index, object? item) => _items.Insert(index, item);

    public void RemoveAt(int index) => _items.RemoveAt(index);

    public bool Remove(object? item) => _items.Remove(item);

    public void Clear() => _items.Clear();

    public bool Contains(object? item) => _items.Contains(item);

    public int IndexOf(object? item) => _items.IndexOf(item);

    public void CopyTo(object?[] array, int arrayIndex) => _items.CopyTo(array, arrayIndex);

    public IEnumerator<object?> GetEnumerator()
    {
        // By index: a template may add to the list while it goes through it.
        for (var i = 0; i < _items.Count; i++) yield return _items[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>A copy; with <paramref name="deep"/> of the objects and lists inside as well.</summary>
    public ScriptArray Clone(bool deep) => new(deep ? _items.Select(CloneDeep) : _items)
    {
        IsReadOnly = IsReadOnly,
        _members = _members?.Clone(deep),
    };

    internal static object? CloneDeep(object? value)
    {
        // An object may hold itself.
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        return value switch
        {
            ScriptObject members => members.Clone(true),
            ScriptArray items => items.Clone(true),
            _ => value,
        };
    }

    /// <summary>The members besides the items.</summary>
    internal IEnumerable<KeyValuePair<string, object?>> Members() => _members ?? [];

    internal bool TryGetMember(string name, out object? value)
    {
        value = null;
        return _members is not null && _members.TryGetValue(name, out value);
    }

    internal bool SetMember(string name, object? value) => (_members ??= new ScriptObject()).TrySetValue(name, value);
}
