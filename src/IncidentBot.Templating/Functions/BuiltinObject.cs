using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Functions;

/// <summary>
/// The names that every template knows. The groups of functions are shared by all renders and cannot be changed; only
/// <c>date</c>, whose format a template may set, is made for each context.
/// </summary>
internal sealed class BuiltinObject : ScriptObject
{
    private static readonly ScriptObject Array = ArrayFunctions.Create();
    private static readonly ScriptObject Html = HtmlFunctions.Create();
    private static readonly ScriptObject Math = MathFunctions.Create();
    private static readonly ScriptObject Objects = ObjectFunctions.Create();
    private static readonly ScriptObject Regex = RegexFunctions.Create();
    private static readonly ScriptObject Strings = StringFunctions.Create();
    private static readonly ScriptObject TimeSpans = TimeSpanFunctions.Create();

    public BuiltinObject()
    {
        SetValue("include", IncludeFunctions.Include, false);
        SetValue("include_join", IncludeFunctions.IncludeJoin, false);
        SetValue("array", Array, false);
        SetValue("date", Date, false);
        SetValue("html", Html, false);
        SetValue("math", Math, false);
        SetValue("object", Objects, false);
        SetValue("regex", Regex, false);
        SetValue("string", Strings, false);
        SetValue("timespan", TimeSpans, false);
    }

    public DateFunctions Date { get; } = new();
}
