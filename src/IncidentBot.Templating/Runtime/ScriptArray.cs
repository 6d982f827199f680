using System.Collections;

namespace IncidentBot.Templating.Runtime;

/// <summary>A list of a template. It may carry members beside its items, as in <c>x = []; x.name = 1</c>.</summary>
public sealed class ScriptArray : IList<object?>, IList, IReadOnlyList<object?>
{
    private readonly List<object?> _items;
    private ScriptObject? _members;

    public ScriptArray() => _items = [];

    public ScriptArray(int capacity) => _items = new List<object?>(capacity);

    public ScriptArray(IEnumerable<object?> items) => _items = [.. items];

    public int Count => _items.Count;

    public bool IsReadOnly { get; set; }

    bool IList.IsFixedSize => false;

    bool ICollection.IsSynchronized => false;

    object ICollection.SyncRoot => _items;

    public object? this[int index]
    {
        get => _items[index];
        set => _items[index] = value;
    }

    public void Add(object? item) => _items.Add(DelegateFunction.Wrap(item));

    public void Insert(int index, object? item) => _items.Insert(index, item);

    public void RemoveAt(int index) => _items.RemoveAt(index);

    public bool Remove(object? item) => _items.Remove(item);

    public void Clear() => _items.Clear();

    public bool Contains(object? item) => _items.Contains(item);

    public int IndexOf(object? item) => _items.IndexOf(item);

    public void CopyTo(object?[] array, int arrayIndex) => _items.CopyTo(array, arrayIndex);

    internal ScriptObject? MembersOrNull => _members;

    internal object? GetMember(string name) => name == "size" ? Boxed.Int(Count) : _members?.TryGetValue(name, out var value) == true ? value : null;

    internal bool TrySetMember(string name, object? value) =>
        !IsReadOnly && name != "size" && (_members ??= new ScriptObject()).TrySetValue(name, value);

    /// <summary>Sets an item; an index past the end extends the array with nulls, one before its start is ignored.</summary>
    internal bool TrySetAt(int index, object? value)
    {
        if (IsReadOnly)
        {
            return false;
        }

        if (index < 0)
        {
            return true;
        }

        while (_items.Count <= index)
        {
            _items.Add(null);
        }

        _items[index] = value;
        return true;
    }

    internal void AddRange(IEnumerable<object?> items) => _items.AddRange(items);

    public IEnumerator<object?> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();

    int IList.Add(object? value)
    {
        Add(value);
        return Count - 1;
    }

    void ICollection.CopyTo(Array array, int index) => ((ICollection)_items).CopyTo(array, index);

    void IList.Remove(object? value) => _items.Remove(value);
}
