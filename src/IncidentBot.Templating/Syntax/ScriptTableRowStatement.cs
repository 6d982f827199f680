using System.Globalization;
using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

/// <summary><c>tablerow x in list cols:2 … end</c>: the rows and cells of an HTML table.</summary>
public sealed class ScriptTableRowStatement : ScriptLoopStatement
{
    internal override (string Name, string Syntax) Grammar =>
        ("tablerow statement", "tablerow <variable> in <expression> ... end");

    internal override void Before(TemplateContext context, LoopState state, LoopOptions options)
    {
        var column = state.Index % options.Columns;
        if (column == 0)
        {
            var row = (state.Index / options.Columns) + 1;
            context.Output.Append(string.Create(CultureInfo.InvariantCulture, $"<tr class=\"row{row}\">"));
        }

        context.Output.Append(string.Create(CultureInfo.InvariantCulture, $"<td class=\"col{column + 1}\">"));
    }

    internal override void After(TemplateContext context, LoopState state, LoopOptions options)
    {
        context.Output.Append("</td>");
        if (!state.IsLast && (state.Index + 1) % options.Columns != 0) return;
        context.Output.Append("</tr>");
        context.Output.Append(context.NewLine);
    }
}
