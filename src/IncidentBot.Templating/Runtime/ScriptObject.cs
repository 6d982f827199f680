using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace IncidentBot.Templating.Runtime;

// The name is that of the Scriban library.
#pragma warning disable CA1710

/// <summary>An object of the template language: named values in the order in which they were set.</summary>
public class ScriptObject : IDictionary<string, object?>, IReadOnlyDictionary<string, object?>
{
    private readonly MemberStore _members = new();
    private HashSet<string>? _readOnly;

    public int Count => _members.Count;

    /// <summary>Whether templates are forbidden to change any member.</summary>
    public bool IsReadOnly { get; set; }

    /// <summary>What a call of the object itself does, as in <c>date "2026-03-14"</c>.</summary>
    internal virtual ScriptFunction? AsFunction => null;

    public ICollection<string> Keys => _members.Names();

    public ICollection<object?> Values => _members.Values();

    IEnumerable<string> IReadOnlyDictionary<string, object?>.Keys => _members.Names();

    IEnumerable<object?> IReadOnlyDictionary<string, object?>.Values => _members.Values();

    /// <summary>Null for a member that is not there.</summary>
    [AllowNull]
    public object this[string key]
    {
        get => (TryGetValue(key, out var value) ? value : null)!;
        set => _members.Set(key, value);
    }

    /// <summary>Sets a member, whether or not it is read-only to templates.</summary>
    public void SetValue(string member, object? value, bool readOnly)
    {
        _members.Set(member, value);
        if (readOnly) SetReadOnly(member, true);
    }

    /// <summary>Forbids templates to change a member, or allows it again.</summary>
    public void SetReadOnly(string member, bool readOnly)
    {
        if (readOnly) (_readOnly ??= new HashSet<string>(StringComparer.Ordinal)).Add(member);
        else _readOnly?.Remove(member);
    }

    /// <summary>Makes a delegate callable as a function of the template language.</summary>
    public void Import(string member, Delegate function)
    {
        ArgumentNullException.ThrowIfNull(function);
        SetValue(member, new DelegateFunction(function), true);
    }

    /// <summary>Copies the members of another dictionary.</summary>
    public void Import(IReadOnlyDictionary<string, object?> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        foreach (var (name, value) in members) _members.Set(name, value);
    }

    /// <summary>Whether a template may set a member.</summary>
    public virtual bool CanWrite(string member) => !IsReadOnly && (_readOnly is null || !_readOnly.Contains(member));

    /// <summary>Adds a member at the end.</summary>
    /// <exception cref="ArgumentException">The object has a member of that name.</exception>
    public void Add(string key, object? value)
    {
        if (_members.Contains(key)) throw new ArgumentException($"The object has a member `{key}` already.", nameof(key));
        _members.Set(key, value);
    }

    public bool Contains(string member) => _members.Contains(member);

    public bool ContainsKey(string key) => _members.Contains(key);

    public virtual bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value) => _members.TryGet(key, out value);

    public bool Remove(string key) => _members.Remove(key);

    public void Clear() => _members.Clear();

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _members.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    void ICollection<KeyValuePair<string, object?>>.Add(KeyValuePair<string, object?> item) => Add(item.Key, item.Value);

    bool ICollection<KeyValuePair<string, object?>>.Contains(KeyValuePair<string, object?> item) =>
        _members.TryGet(item.Key, out var value) && Equals(value, item.Value);

    void ICollection<KeyValuePair<string, object?>>.CopyTo(KeyValuePair<string, object?>[] array, int arrayIndex) =>
        Snapshot().CopyTo(array, arrayIndex);

    bool ICollection<KeyValuePair<string, object?>>.Remove(KeyValuePair<string, object?> item) =>
        _members.TryGet(item.Key, out var value) && Equals(value, item.Value) && _members.Remove(item.Key);

    /// <summary>A copy; with <paramref name="deep"/> of the objects and lists inside as well.</summary>
    public virtual ScriptObject Clone(bool deep)
    {
        var clone = new ScriptObject { IsReadOnly = IsReadOnly };
        foreach (var (name, value) in _members) clone._members.Set(name, deep ? ScriptArray.CloneDeep(value) : value);
        if (_readOnly is not null) clone._readOnly = new HashSet<string>(_readOnly, StringComparer.Ordinal);
        return clone;
    }

    internal bool TrySetValue(string member, object? value)
    {
        if (!CanWrite(member)) return false;
        _members.Set(member, value);
        return true;
    }

    /// <summary>The members in a shape that survives changes made while they are read.</summary>
    internal KeyValuePair<string, object?>[] Snapshot() => [.. _members];
}
