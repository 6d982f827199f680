using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Functions;

/// <summary>The globals that every template sees.</summary>
internal static class BuiltinFunctions
{
    public static readonly ScriptObject Global = Make();

    private static ScriptObject Make()
    {
        var global = new ScriptObject { ["empty"] = EmptyValue.Instance };
        global.IsReadOnly = true;
        return global;
    }
}
