namespace IncidentBot.Templating.Runtime;

/// <summary>Variables of a frame.</summary>
internal sealed class VariableStore : MemberStore
{
    private HashSet<string>? _readOnly;

    /// <summary>False when the variable is read-only.</summary>
    public bool TrySet(string name, object? value)
    {
        if (_readOnly is not null && _readOnly.Contains(name)) return false;
        Set(name, value);
        return true;
    }

    public void SetReadOnly(string name) => (_readOnly ??= new HashSet<string>(StringComparer.Ordinal)).Add(name);
}
