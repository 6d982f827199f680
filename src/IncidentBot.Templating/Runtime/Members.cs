using System.Collections;
using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating.Runtime;

/// <summary>Members of values: those of plain data and of times, and nothing of any other CLR object.</summary>
internal static class Members
{
    public static bool IsDictionary(object? value) =>
        value is ScriptObject or IReadOnlyDictionary<string, object?> or IDictionary<string, object?> or IDictionary;

    /// <summary>Whether <c>x == empty</c>; a string never is.</summary>
    public static bool IsEmpty(object? value) => value switch
    {
        EmptyObject => true,
        null or string => false,
        ICollection collection => collection.Count == 0,
        IReadOnlyCollection<KeyValuePair<string, object?>> members => members.Count == 0,
        IEnumerable<object?> items => !items.Any(),
        IEnumerable items => !items.Cast<object?>().Any(),
        _ => false,
    };

    public static bool TryGet(TemplateContext context, object target, string name, out object? value)
    {
        if (target is ScriptObject own && own.TryGetValue(name, out value)) return true;
        if (name == ScriptMemberExpression.EmptyProperty)
        {
            value = Values.Box(target is string text ? text.Length == 0 : IsEmpty(target));
            return true;
        }

        switch (target)
        {
            case ScriptObject:
                break;
            case ScriptArray array:
                if (array.TryGetMember(name, out value)) return true;
                if (name == "size")
                {
                    value = Values.Box(array.Count);
                    return true;
                }

                break;
            case string word when name == "size":
                value = Values.Box(word.Length);
                return true;
            case IReadOnlyDictionary<string, object?> members:
                return members.TryGetValue(name, out value);
            case IDictionary<string, object?> members:
                return members.TryGetValue(name, out value);
            case IDictionary dictionary:
                value = dictionary.Contains(name) ? dictionary[name] : null;
                return value is not null || dictionary.Contains(name);
            case KeyValuePair<string, object?> pair when name is "key" or "value":
                value = name == "key" ? pair.Key : pair.Value;
                return true;
            case DateTime date:
                return TimeMembers.TryGet(date, name, out value);
            case DateTimeOffset date:
                return TimeMembers.TryGet(date.UtcDateTime, name, out value);
            case TimeSpan span:
                return TimeMembers.TryGet(span, name, out value);
            case IEnumerable items when name == "size" && target is not string:
                value = Values.Box(Size(items));
                return true;
        }

        value = null;
        return false;
    }

    /// <summary>Sets a member; false when the target has none or forbids it.</summary>
    public static bool TrySet(object target, string name, object? value, out bool isReadOnly)
    {
        isReadOnly = false;
        switch (target)
        {
            case ScriptObject own:
                isReadOnly = !own.TrySetValue(name, value);
                return !isReadOnly;
            case ScriptArray array:
                isReadOnly = array.IsReadOnly || !array.SetMember(name, value);
                return !isReadOnly;
            case IDictionary<string, object?> { IsReadOnly: false } members:
                members[name] = value;
                return true;
            default:
                isReadOnly = IsDictionary(target);
                return false;
        }
    }

    public static int Size(IEnumerable items)
    {
        if (items is ScriptRange range) return range.Count;
        var sequence = items as IEnumerable<object?> ?? items.Cast<object?>();
        return sequence.TryGetNonEnumeratedCount(out var count) ? count : sequence.Count();
    }
}
