namespace IncidentBot.Templating.Syntax;

/// <summary>A variable by its name.</summary>
public sealed class ScriptVariable : ScriptPathExpression
{
    public string Name { get; internal set; } = string.Empty;

    internal override string KindName => "variable";

    internal override (string Name, string Syntax) Grammar => ("variable", "<variable>");

    /// <summary>A variable that stands in no template, for <see cref="TemplateContext.SetValue"/> and its like.</summary>
    /// <exception cref="NotSupportedException">Only global variables can be reached from outside of a template.</exception>
    public static ScriptVariable Create(string baseName, ScriptVariableScope scope)
    {
        ArgumentException.ThrowIfNullOrEmpty(baseName);
        if (scope != ScriptVariableScope.Global) throw new NotSupportedException($"A variable of the scope `{scope}` cannot be made.");
        var variable = new ScriptVariable { Name = baseName };
        variable.Place(new Parsing.SourceText(baseName, string.Empty), 0, baseName.Length);
        return variable;
    }

    internal override object? EvaluateAlias(TemplateContext context) => context.GetVariable(this);

    internal override void Assign(TemplateContext context, object? value) => context.SetVariable(this, value);
}
