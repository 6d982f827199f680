using System.Collections;
using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

/// <summary><c>for x in list offset:1 limit:2 reversed … else … end</c>, and <c>tablerow</c>, which adds rows and cells of HTML.</summary>
internal sealed class ScriptForStatement(
    string keyword, ScriptExpression variable, ScriptExpression iterator, ScriptNamedArgument[] options, ScriptBlock body, ScriptBlock? otherwise)
    : ScriptStatement
{
    private bool IsTable => keyword == "tablerow";

    public override object? Evaluate(TemplateContext context)
    {
        var source = iterator.Evaluate(context);
        var items = Items(context, source);
        var (offset, limit, reversed, columns) = Options(context);
        var start = Math.Min(Math.Max(offset, 0), items.Count);
        var count = limit < 0 ? items.Count - start : Math.Min(limit, items.Count - start);
        if (count == 0)
        {
            otherwise?.Evaluate(context);
            return null;
        }

        var state = new LoopState(keyword, count) { Columns = columns };
        context.EnterLoop(state);
        var scope = context.PushLoopVariable(variable);
        try
        {
            Run(context, items, reversed ? start + count - 1 : start, reversed ? -1 : 1, state, scope);
        }
        finally
        {
            context.PopLoopVariable(variable);
            context.ExitLoop();
        }

        return null;
    }

    private void Run(TemplateContext context, IList items, int first, int step, LoopState state, VariableScope scope)
    {
        for (; state.Index < state.Length; state.Index++)
        {
            context.StepLoop(Span);
            var at = first + state.Index * step;
            if (at >= items.Count)
            {
                break;
            }

            var item = items[at];
            state.Value = item;
            scope.Value = item;
            if (IsTable)
            {
                OpenCell(context, state);
            }

            body.Evaluate(context);
            if (IsTable)
            {
                context.WriteRaw(Span, "</td>");
                if (state.Index == state.Length - 1 || (state.Index + 1) % state.Columns == 0)
                {
                    context.WriteRaw(Span, "</tr>" + context.NewLine);
                }
            }

            state.Previous = item;
            if (!context.ContinueLoop())
            {
                break;
            }
        }
    }

    private void OpenCell(TemplateContext context, LoopState state)
    {
        var column = state.Index % state.Columns;
        if (column == 0)
        {
            context.WriteRaw(Span, $"<tr class=\"row{state.Index / state.Columns + 1}\">");
        }

        context.WriteRaw(Span, $"<td class=\"col{column + 1}\">");
    }

    private IList Items(TemplateContext context, object? source)
    {
        switch (source)
        {
            case null:
                return Array.Empty<object?>();
            case string text:
                return text.Select(object? (c) => c.ToString()).ToArray();
            case IList list:
                return list;
            case IEnumerable sequence:
                var result = new ScriptArray();
                foreach (var item in sequence)
                {
                    context.CheckIterations(iterator.Span, result.Count + 1);
                    result.Add(item);
                }

                return result;
            default:
                throw new ScriptRuntimeException(iterator.Span, $"Unexpected type `{source.GetType()}` for iterator");
        }
    }

    private (int Offset, int Limit, bool Reversed, int Columns) Options(TemplateContext context)
    {
        var (offset, limit, reversed, columns) = (0, -1, false, int.MaxValue);
        foreach (var option in options)
        {
            switch (option.Name)
            {
                case "offset":
                    offset = ValueConvert.ToInt(context, option.Span, option.Evaluate(context));
                    break;
                case "limit":
                    limit = ValueConvert.ToInt(context, option.Span, option.Evaluate(context));
                    break;
                case "reversed":
                    reversed = true;
                    break;
                case "cols" when IsTable:
                    columns = Math.Max(1, ValueConvert.ToInt(context, option.Span, option.Evaluate(context)));
                    break;
                default:
                    throw new ScriptRuntimeException(option.Span, $"Unsupported argument `{option.Name}` for statement: `{this}`");
            }
        }

        return (offset, limit, reversed, columns);
    }

    public override string ToString()
    {
        var arguments = string.Concat(options.Select(option => " " + option));
        return $"{keyword} {variable} in {iterator}{arguments}}}}}{string.Concat(body.Statements.Select(statement => $"{{{{{statement}}}}}"))}{{{{end";
    }
}
