using System.Collections;
using System.Numerics;

namespace IncidentBot.Templating.Runtime;

/// <summary>The names that messages, <c>object.kind</c> and <c>object.typeof</c> give to values.</summary>
internal static class TypeNames
{
    public static string Kind(object? value) => value switch
    {
        null => "null",
        bool => "bool",
        int => "int",
        long => "long",
        BigInteger => "bigint",
        double => "double",
        float => "float",
        decimal => "decimal",
        byte => "byte",
        sbyte => "sbyte",
        short => "short",
        ushort => "ushort",
        uint => "uint",
        ulong => "ulong",
        char => "Char",
        string => "string",
        DateTime or DateTimeOffset => "DateTime",
        TimeSpan => "TimeSpan",
        ScriptRange or LazySequence or ScriptArray { IsIterator: true } => "range",
        KeyValuePair<string, object?> => "KeyValuePair<string, Object>",
        ScriptFunction => "function",
        ScriptObject or IDictionary or IReadOnlyDictionary<string, object?> => "object",
        IEnumerable => "array",
        _ => "object",
    };

    /// <summary>The coarser name of <c>object.typeof</c>.</summary>
    public static string? TypeOf(object? value) => value switch
    {
        null => null,
        bool => "boolean",
        string => "string",
        // A character counts as one, as it is a primitive of the runtime.
        char => "number",
        ScriptRange or LazySequence or ScriptArray { IsIterator: true } => "iterator",
        ScriptObject or IDictionary or IReadOnlyDictionary<string, object?> => "object",
        IEnumerable => "array",
        _ when Numbers.IsNumber(value) => "number",
        _ => "object",
    };
}
