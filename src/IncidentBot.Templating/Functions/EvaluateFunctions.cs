using IncidentBot.Templating.Runtime;
using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating.Functions;

/// <summary>
/// Code that a template makes at run time. It runs in the same context and under the same limits as the template, so it
/// can do nothing that the template could not do itself.
/// </summary>
internal static class EvaluateFunctions
{
    /// <summary>Parsing costs about this many times the work of reading the characters.</summary>
    private const int ParseCost = 16;

    /// <summary>The value of an expression, or of the last statement of several.</summary>
    public static object? Eval(in BuiltinCall call)
    {
        if (call.Text(0) is not { } text) return null;
        return Run(in call, Parse(in call, text, isCode: true), isExpression: true);
    }

    /// <summary>The text that a template renders to.</summary>
    public static object? EvalTemplate(in BuiltinCall call)
    {
        if (call.Text(0) is not { } text) return null;
        return Run(in call, Parse(in call, text, isCode: false), isExpression: false);
    }

    private static Template Parse(in BuiltinCall call, string source, bool isCode)
    {
        call.Context.Charge((long)source.Length * ParseCost, call.Node);
        var template = Template.Parse(source, null, isCode);
        if (template.HasErrors) throw BuiltinCall.ArgumentError("value", call.Error(template.Messages.ToString()).Message + "\n");
        return template;
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
