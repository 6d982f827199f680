using System.Collections;
using System.Globalization;
using IncidentBot.Templating.Runtime;
using static IncidentBot.Templating.Functions.FunctionGroup;

namespace IncidentBot.Templating.Functions;

/// <summary>The <c>object</c> functions. Those about code and about JSON have files of their own.</summary>
internal static class ObjectFunctions
{
    private const int LongestPrecision = 1000;

    public static ScriptObject Create() => new ScriptObject()
        .Define("default", "Default", Default, Value("value"), Value("default"))
        .Define("eval", "Eval", EvaluateFunctions.Eval, Value("value"))
        .Define("eval_template", "EvalTemplate", EvaluateFunctions.EvalTemplate, Value("value"))
        .Define("format", "Format", Format, Value("value"), Text("format"), OptionalText("culture"))
        .Define("from_json", "FromJson", JsonFunctions.FromJson, Text("json"))
        .Define("has_key", "HasKey", HasKey, Dictionary("value"), Text("key"))
        .Define("has_value", "HasValue", HasValue, Dictionary("value"), Text("key"))
        .Define("keys", "Keys", Keys, Value("value"))
        .Define("kind", "Kind", Kind, Value("value"))
        .Define("size", "Size", Size, Value("value"))
        .Define("to_json", "ToJson", JsonFunctions.ToJson, Value("value"))
        .Define("typeof", "Typeof", TypeOf, Value("value"))
        .Define("values", "Values", MemberValues, Value("value"))
        .Frozen();

    /// <summary>A value in a .NET format. Also behind <c>math.format</c>.</summary>
    internal static string Format(in BuiltinCall call, IFormattable value, string? format, string? culture)
    {
        // "N999999999" asks for a billion digits.
        if (format is { Length: > 1 } && char.IsAsciiLetter(format[0]) && !format.AsSpan(1).ContainsAnyExceptInRange('0', '9')
            && (!int.TryParse(format.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var precision)
                || precision > LongestPrecision))
        {
            throw call.Error($"The precision of the format `{format}` exceeds `{LongestPrecision}`.");
        }

        if (value is System.Numerics.BigInteger big) call.Context.ChargeText(in big);
        return StringFunctions.Limited(in call, value.ToString(format, CultureOf(in call, culture)));
    }

    /// <summary>A value that has no format, for a message.</summary>
    internal static string? Shown(in BuiltinCall call) =>
        call[0] is IConvertible value ? value.ToString(CultureInfo.InvariantCulture) : Values.ToText(call.Context, call[0]);

    /// <summary>A culture by its name; that of the render without one, and the invariant one for an empty name.</summary>
    internal static CultureInfo CultureOf(in BuiltinCall call, string? name) =>
        name is null ? call.Context.CurrentCulture : CultureInfo.GetCultureInfo(name);

    /// <summary>The value, or another one when it is null or an empty string.</summary>
    /// <example><c>{{ "" | object.default "nobody" }} {{ 0 | object.default 1 }}</c> gives <c>nobody 0</c></example>
    private static object? Default(in BuiltinCall call) => call[0] is null or "" ? call[1] : call[0];

    /// <summary>A number or a time in a .NET format; an object as it is printed, with its strings bare.</summary>
    /// <example><c>{{ 255 | object.format "X4" }} {{ 1523 | object.format "N1" "de-DE" }}</c> gives <c>00FF 1.523,0</c></example>
    private static object? Format(in BuiltinCall call)
    {
        switch (call[0])
        {
            case null:
                return string.Empty;
            case ScriptObject members:
                var parts = new List<string>();
                var length = 0L;
                foreach (var (name, value) in members)
                {
                    var part = $"{name}: {Values.ToText(call.Context, value)}";
                    length += part.Length + 2;
                    call.Context.Charge(part.Length + 16, call.Node);
                    // Before the parts are joined, and before they fill the memory.
                    if (call.Context.LimitToString > 0 && length > call.Context.LimitToString) throw StringFunctions.TooLong(in call);
                    parts.Add(part);
                }

                return StringFunctions.Limited(in call, $"{{{string.Join(", ", parts)}}}");
            case IFormattable formattable:
                return Format(in call, formattable, call.Text(1) ?? string.Empty, call.Text(2));
            default:
                throw call.Error($"Unexpected `{Shown(in call)}`. Must be a formattable object");
        }
    }

    /// <summary>Whether an object has a member.</summary>
    /// <example><c>{{ {owner: null} | object.has_key "owner" }} {{ {} | object.has_key "owner" }}</c> gives <c>true false</c></example>
    private static object? HasKey(in BuiltinCall call) => Values.Box(
        call[0] is { } target && call.Text(1) is { } key && Values.ToSequence(target)!.Any(p => KeyOf(p) == key));

    /// <summary>Whether an object has a member that is not null.</summary>
    /// <example><c>{{ {owner: null} | object.has_value "owner" }} {{ {owner: "ann"} | object.has_value "owner" }}</c> gives <c>false true</c></example>
    private static object? HasValue(in BuiltinCall call) => Values.Box(
        call[0] is { } target && call.Text(1) is { } key
        && Values.ToSequence(target)!.Any(p => KeyOf(p) == key && ValueOf(p) is not null));

    /// <summary>The names of the members.</summary>
    /// <example><c>{{ {id: 7, title: "down"} | object.keys }}</c> gives <c>["id", "title"]</c></example>
    private static object? Keys(in BuiltinCall call) =>
        new ScriptArray(MembersOf(call[0]).Select(pair => (object?)KeyOf(pair)));

    /// <summary>The kind of a value, finer than <c>object.typeof</c>.</summary>
    /// <example><c>{{ 1 | object.kind }} {{ 1.5 | object.kind }} {{ 1..3 | object.kind }}</c> gives <c>int double range</c></example>
    private static object? Kind(in BuiltinCall call) => call[0] is { } value ? TypeNames.Kind(value) : null;

    /// <summary>The number of characters, items or members; 0 for what has none.</summary>
    /// <example><c>{{ {a: 1, b: 2} | object.size }} {{ "four" | object.size }} {{ 12345 | object.size }}</c> gives <c>2 4 0</c></example>
    private static object? Size(in BuiltinCall call) => call[0] switch
    {
        string text => Values.Box(text.Length),
        IEnumerable items => Values.Box(Members.Size(items)),
        _ => Values.Box(0),
    };

    /// <summary>The type of a value: string, boolean, number, array, iterator or object.</summary>
    /// <example><c>{{ 1.5 | object.typeof }} {{ [1] | object.typeof }} {{ {} | object.typeof }}</c> gives <c>number array object</c></example>
    private static object? TypeOf(in BuiltinCall call) => TypeNames.TypeOf(call[0]);

    /// <summary>The values of the members.</summary>
    /// <example><c>{{ {id: 7, title: "down"} | object.values }}</c> gives <c>[7, "down"]</c></example>
    private static object? MemberValues(in BuiltinCall call) => new ScriptArray(MembersOf(call[0]).Select(ValueOf));

    private static IEnumerable<object?> MembersOf(object? value) => value switch
    {
        _ when Members.IsDictionary(value) => Values.ToSequence(value)!,
        string text => [new KeyValuePair<string, object?>("size", text.Length)],
        ScriptArray array => [SizeOf(array), .. array.Members().Select(pair => (object?)pair)],
        IEnumerable items => [SizeOf(items)],
        DateTime or TimeSpan => TimeMembers.All(value).Select(pair => (object?)pair),
        KeyValuePair<string, object?> pair =>
            [new KeyValuePair<string, object?>("key", pair.Key), new KeyValuePair<string, object?>("value", pair.Value)],
        _ => [],
    };

    private static KeyValuePair<string, object?> SizeOf(IEnumerable items) => new("size", Values.Box(Members.Size(items)));

    private static string? KeyOf(object? pair) => pair is KeyValuePair<string, object?> p ? p.Key : null;

    private static object? ValueOf(object? pair) => pair is KeyValuePair<string, object?> p ? p.Value : null;
}
