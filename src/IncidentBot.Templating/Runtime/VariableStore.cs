namespace IncidentBot.Templating.Runtime;

/// <summary>Variables of a frame.</summary>
internal sealed class VariableStore
{
    private readonly MemberStore _variables = new();
    private HashSet<string>? _readOnly;

    public bool TryGet(string name, out object? value) => _variables.TryGet(name, out value);

    public bool Contains(string name) => _variables.Contains(name);

    /// <summary>False when the variable is read-only.</summary>
    public bool TrySet(string name, object? value)
    {
        if (_readOnly is not null && _readOnly.Contains(name)) return false;
        _variables.Set(name, value);
        return true;
    }

    public void SetReadOnly(string name) => (_readOnly ??= new HashSet<string>(StringComparer.Ordinal)).Add(name);
}
