using System.Globalization;
using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

/// <summary><c>tablerow x in list cols:2 … end</c>: the rows and cells of an HTML table.</summary>
public sealed class ScriptTableRowStatement : ScriptLoopStatement
{
    internal override (string Name, string Syntax) Grammar =>
        ("tablerow statement", "tablerow <variable> in <expression> ... end");

    /// <summary>The first row is there even where the list is empty.</summary>
    internal override void BeforeAll(TemplateContext context) => context.Output.Append("<tr class=\"row1\">");

    internal override void AfterAll(TemplateContext context)
    {
        context.Output.Append("</tr>");
        context.Output.Append(context.NewLine);
    }

    internal override void Before(TemplateContext context, LoopState state, LoopOptions options)
    {
        var column = state.Index % options.Columns;
        if (column == 0 && state.Index > 0)
        {
            var row = (state.Index / options.Columns) + 1;
            AfterAll(context);
            context.Output.Append(string.Create(CultureInfo.InvariantCulture, $"<tr class=\"row{row}\">"));
        }

        context.Output.Append(string.Create(CultureInfo.InvariantCulture, $"<td class=\"col{column + 1}\">"));
    }

    internal override void After(TemplateContext context) => context.Output.Append("</td>");
}
