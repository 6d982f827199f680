namespace IncidentBot.Templating.Syntax;

/// <summary><c>capture x … end</c>: what the body writes becomes the value of a variable.</summary>
public sealed class ScriptCaptureStatement : ScriptStatement
{
    internal ScriptExpression? Target { get; set; }

    internal ScriptBlockStatement Body { get; set; } = null!;

    internal override (string Name, string Syntax) Grammar => ("capture statement", "capture <variable> ... end");

    internal override Flow Execute(TemplateContext context)
    {
        var outer = context.PushOutput();
        var flow = Body.Execute(context);
        Target!.Assign(context, context.PopOutput(outer));
        return flow;
    }
}
