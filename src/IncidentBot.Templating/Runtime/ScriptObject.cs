using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace IncidentBot.Templating.Runtime;

#pragma warning disable CA1710 // The name is the one of the Scriban library.

/// <summary>
/// An object of a template: members in the order they were set. Values are plain data: null, bool, numbers, string,
/// <see cref="DateTime"/> (UTC), <see cref="TimeSpan"/>, <see cref="ScriptObject"/>, <see cref="ScriptArray"/>, delegates,
/// and dictionaries and lists of these.
/// </summary>
public sealed class ScriptObject : IDictionary<string, object?>
{
    private readonly OrderedDictionary<string, object?> _members;
    private HashSet<string>? _readOnly;

    public ScriptObject() : this(0)
    {
    }

    public ScriptObject(int capacity) => _members = new OrderedDictionary<string, object?>(capacity, StringComparer.Ordinal);

    public int Count => _members.Count;

    /// <summary>Whether the whole object refuses changes.</summary>
    public bool IsReadOnly { get; set; }

    public ICollection<string> Keys => _members.Keys;

    public ICollection<object?> Values => _members.Values;

    [AllowNull]
    public object this[string key]
    {
        get => _members.GetValueOrDefault(key)!;
        set => SetValue(key, value);
    }

    object? IDictionary<string, object?>.this[string key]
    {
        get => _members.GetValueOrDefault(key);
        set => SetValue(key, value);
    }

    public bool TryGetValue(string key, out object? value) => _members.TryGetValue(key, out value);

    public bool ContainsKey(string key) => _members.ContainsKey(key);

    /// <summary>Sets a member, whether or not templates may change it.</summary>
    public void SetValue(string member, object? value, bool readOnly = false)
    {
        _members[member] = DelegateFunction.Wrap(value);
        if (readOnly)
        {
            SetReadOnly(member);
        }
    }

    public void Add(string key, object? value) => SetValue(key, value);

    /// <summary>Makes a function of the host callable by its name. Its parameters must be plain data.</summary>
    public void Import(string name, Delegate function) => SetValue(name, function);

    internal bool CanWrite(string member) => !IsReadOnly && _readOnly?.Contains(member) != true;

    internal bool TrySetValue(string member, object? value)
    {
        if (!CanWrite(member))
        {
            return false;
        }

        _members[member] = value;
        return true;
    }

    internal void SetReadOnly(string member) => (_readOnly ??= new HashSet<string>(StringComparer.Ordinal)).Add(member);

    public bool Remove(string key) => CanWrite(key) && _members.Remove(key);

    public void Clear() => _members.Clear();

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _members.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    void ICollection<KeyValuePair<string, object?>>.Add(KeyValuePair<string, object?> item) => SetValue(item.Key, item.Value);

    bool ICollection<KeyValuePair<string, object?>>.Contains(KeyValuePair<string, object?> item) =>
        _members.TryGetValue(item.Key, out var value) && Equals(value, item.Value);

    void ICollection<KeyValuePair<string, object?>>.CopyTo(KeyValuePair<string, object?>[] array, int arrayIndex) =>
        ((ICollection<KeyValuePair<string, object?>>)_members).CopyTo(array, arrayIndex);

    bool ICollection<KeyValuePair<string, object?>>.Remove(KeyValuePair<string, object?> item) => Remove(item.Key);
}
