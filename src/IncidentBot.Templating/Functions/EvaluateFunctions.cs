using IncidentBot.Templating.Runtime;
using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating.Functions;

/// <summary>
/// Code that a template makes at run time, for the <c>object</c> functions. It runs in the same context and under the same
/// limits as the template, so it can do nothing that the template could not do itself.
/// </summary>
internal static class EvaluateFunctions
{
    /// <summary>Parsing costs about this many times the work of reading the characters.</summary>
    private const int ParseCost = 16;

    /// <summary>
    /// The value of an expression that is written in a text, or of the last of several statements; the result of a function;
    /// any other value itself.
    /// </summary>
    /// <example><c>{{ n = 20; "n * 2 + 2" | object.eval }}</c> gives <c>42</c></example>
    public static object? Eval(in BuiltinCall call)
    {
        if (call[0] is not string text) return ValueOf(in call);
        var template = Parse(in call, text, isCode: true);
        return template.HasErrors
            ? throw BuiltinCall.ArgumentError("value", call.Error(template.Messages.ToString()).Message + "\n")
            : Run(in call, template, isExpression: true);
    }

    /// <summary>
    /// The text that a template in a text renders to, nothing when it has errors; the result of a function; any other value
    /// itself.
    /// </summary>
    /// <example><c>{{ id = 7; "INC-{{ id }} is open" | object.eval_template }}</c> gives <c>INC-7 is open</c></example>
    public static object? EvalTemplate(in BuiltinCall call)
    {
        if (call[0] is not string text) return ValueOf(in call);
        var template = Parse(in call, text, isCode: false);
        return template.HasErrors ? string.Empty : Run(in call, template, isExpression: false);
    }

    private static object? ValueOf(in BuiltinCall call) =>
        call.Function(0) is { } function ? call.Context.CallBack(function, call.Node) : call[0];

    private static Template Parse(in BuiltinCall call, string source, bool isCode)
    {
        call.Context.Charge((long)source.Length * ParseCost, call.Node);
        return Template.Parse(source, null, isCode);
    }

    private static object? Run(in BuiltinCall call, Template template, bool isExpression)
    {
        var context = call.Context;
        context.EnterRecursive(call.Node);
        try
        {
            var result = isExpression ? context.Evaluate(template.Page) : context.RenderPart(template.Page);
            context.ExitRecursive();
            return result;
        }
        catch (ScriptRuntimeException e) when (e is not ScriptAbortException)
        {
            throw BuiltinCall.ArgumentError("value", e.Message);
        }
    }
}
