using IncidentBot.Templating.Runtime;
using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating.Functions;

/// <summary><c>include</c> and <c>include_join</c>.</summary>
internal static class IncludeFunctions
{
    private const string TemplatePrefix = "tpl:";

    public static ScriptFunction Include { get; } = new IncludeFunction();

    public static ScriptFunction IncludeJoin { get; } = new IncludeJoinFunction();

    private static string Render(TemplateContext context, in CallArguments call, string? name)
    {
        if (string.IsNullOrEmpty(name)) throw new ScriptRuntimeException(call.Span, "Include template name cannot be null or empty");
        var template = context.LoadTemplate(call.Node, name);
        context.EnterRecursive(call.Node);
        var frame = new Frame(context.Scopes, null, hidesCallers: false) { Block = context.Frame.Block };
        frame.Arguments = DeclaredFunction.PackArguments(frame, in call);
        var outerFrame = context.EnterFrame(frame);
        var outerOutput = context.PushOutput();
        context.Print(template.Page);
        var text = context.PopOutput(outerOutput);
        context.LeaveFrame(outerFrame);
        context.ExitRecursive();
        return text;
    }

    /// <summary>
    /// The text of another template; the arguments after its name are <c>$1</c>, <c>$2</c>, … and <c>$name</c> in it. In the
    /// example, <c>owner</c> is a template of the text <c>The owner is {{ $1 }}.</c>
    /// </summary>
    /// <example><c>{{ include "owner" "ann" }}</c> gives <c>The owner is ann.</c></example>
    private sealed class IncludeFunction : ScriptFunction
    {
        internal override object? Invoke(TemplateContext context, in CallArguments call)
        {
            if (call.Values.Length == 0) throw call.TooFew(1);
            return Render(context, in call, Values.ToText(context, call.Values[0]));
        }
    }

    /// <summary>
    /// The texts of several templates, with a text or a template (<c>tpl:name</c>) between, before and after them. In the
    /// example, <c>cause</c>, <c>fix</c> and <c>comma</c> are templates of the texts <c>a leak</c>, <c>a restart</c> and
    /// <c>, </c>.
    /// </summary>
    /// <example><c>{{ include_join ["cause", "fix"] "tpl:comma" "(" ")" }}</c> gives <c>(a leak, a restart)</c></example>
    private sealed class IncludeJoinFunction : ScriptFunction
    {
        internal override object? Invoke(TemplateContext context, in CallArguments call)
        {
            if (call.Values.Length < 2) throw call.TooFew(2);
            if (call.Values[0] is null) return string.Empty;
            if (Values.ToSequence(call.Values[0]) is not { } names) throw call.NotAList(0);
            // Worked out once, even where there is nothing to join.
            var separator = Part(context, in call, 1);
            var prefix = Part(context, in call, 2);
            var suffix = Part(context, in call, 3);
            var outer = context.PushOutput();
            context.Output.Append(prefix);
            var isFirst = true;
            context.EnterLoop();
            foreach (var item in names)
            {
                context.StepInternal(call.Node);
                var name = Values.ToText(context, item);
                if (name.Length == 0) continue;
                if (!isFirst) context.Output.Append(separator);
                isFirst = false;
                context.Output.Append(Render(context, in call, name));
            }

            context.ExitLoop();
            context.Output.Append(suffix);
            return context.PopOutput(outer);
        }

        private static string Part(TemplateContext context, in CallArguments call, int index)
        {
            if (index >= call.Values.Length) return string.Empty;
            var text = Values.ToText(context, call.Values[index]);
            return text.StartsWith(TemplatePrefix, StringComparison.Ordinal)
                ? Render(context, in call, text[TemplatePrefix.Length..])
                : text;
        }
    }
}
