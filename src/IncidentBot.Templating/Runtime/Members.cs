using System.Collections;

namespace IncidentBot.Templating.Runtime;

/// <summary>Members of values, by name. Only plain data has members.</summary>
internal static class Members
{
    public static bool IsMap(object value) => value is ScriptObject or IDictionary<string, object?> or IDictionary;

    public static bool TryGet(TemplateContext context, object owner, string name, out object? value)
    {
        switch (owner)
        {
            case ScriptObject members:
                if (members.TryGetValue(name, out value))
                {
                    return true;
                }

                break;
            case IDictionary<string, object?> map:
                if (map.TryGetValue(name, out value))
                {
                    value = DelegateFunction.Wrap(value);
                    return true;
                }

                break;
            case IDictionary map:
                value = map.Contains(name) ? DelegateFunction.Wrap(map[name]) : null;
                if (value is not null)
                {
                    return true;
                }

                break;
            case ScriptArray { MembersOrNull: { } members } when members.TryGetValue(name, out value):
                return true;
            case DateTime time:
                return DateMembers.TryGet(time, name, out value);
            case TimeSpan span:
                return DateMembers.TryGet(span, name, out value);
            case KeyValuePair<string, object?> pair:
                value = name switch { "key" => pair.Key, "value" => pair.Value, _ => null };
                return name is "key" or "value";
        }

        if (name == "size" && owner is string or ICollection && !IsMap(owner))
        {
            value = Boxed.Int(owner is string text ? text.Length : ((ICollection)owner).Count);
            return true;
        }

        if (name is "empty?")
        {
            value = Boxed.Bool(IsEmpty(owner));
            return true;
        }

        value = null;
        return false;
    }

    public static bool IsEmpty(object? value) => value switch
    {
        null => true,
        string text => text.Length == 0,
        ScriptObject members => members.Count == 0,
        ICollection list => list.Count == 0,
        IEnumerable<object?> list => !list.Any(),
        _ => false,
    };

    /// <summary>False if the owner refuses the change.</summary>
    public static bool TrySet(object owner, string name, object? value)
    {
        switch (owner)
        {
            case ScriptObject members:
                return members.TrySetValue(name, value);
            case ScriptArray array:
                return array.TrySetMember(name, value);
            case IDictionary<string, object?> { IsReadOnly: false } map:
                map[name] = value;
                return true;
            default:
                return false;
        }
    }
}
