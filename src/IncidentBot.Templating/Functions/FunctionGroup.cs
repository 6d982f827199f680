using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Functions;

/// <summary>Helps a group of built-ins to write down its functions.</summary>
internal static class FunctionGroup
{
    public static ScriptObject Frozen(this ScriptObject group)
    {
        group.IsReadOnly = true;
        return group;
    }

    /// <summary>Adds a function. Its method name is used in messages about null arguments.</summary>
    public static ScriptObject Define(
        this ScriptObject group,
        string name,
        string methodName,
        BuiltinBody body,
        params BuiltinParameter[] parameters)
    {
        group.SetValue(name, new BuiltinFunction(methodName, body, parameters), false);
        return group;
    }

    public static BuiltinParameter Value(string name) => new(name, ArgumentKind.Any);

    public static BuiltinParameter OptionalAny(string name) => new(name, ArgumentKind.Any, true);

    public static BuiltinParameter Text(string name) => new(name, ArgumentKind.Text);

    public static BuiltinParameter RequiredText(string name) => new(name, ArgumentKind.RequiredText);

    public static BuiltinParameter OptionalText(string name, string? standard = null) =>
        new(name, ArgumentKind.Text, true, standard);

    public static BuiltinParameter Int(string name) => new(name, ArgumentKind.Int);

    public static BuiltinParameter OptionalInt(string name, int standard) => new(name, ArgumentKind.Int, true, standard);

    public static BuiltinParameter Number(string name) => new(name, ArgumentKind.Double);

    public static BuiltinParameter OptionalBool(string name) => new(name, ArgumentKind.Bool, true, Values.Box(false));

    public static BuiltinParameter List(string name) => new(name, ArgumentKind.List);

    public static BuiltinParameter IndexedList(string name) => new(name, ArgumentKind.IndexedList);

    public static BuiltinParameter ListOrItem(string name) => new(name, ArgumentKind.ListOrItem);

    public static BuiltinParameter Dictionary(string name) => new(name, ArgumentKind.Dictionary);
}
