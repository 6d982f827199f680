namespace IncidentBot.Templating.Syntax;

/// <summary>A global variable, <c>x</c>.</summary>
internal sealed class ScriptVariable(string name) : ScriptVariablePath
{
    public string Name { get; } = string.Intern(name);

    public override object? GetValue(TemplateContext context) => context.GetGlobal(Name, this);

    public override void SetValue(TemplateContext context, object? value) => context.SetGlobal(Name, value, this);

    public override string ToString() => Name;
}
