using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

/// <summary><c>name: value</c> in a call or a loop; without a value it stands for true.</summary>
internal sealed class ScriptNamedArgument(string name, ScriptExpression? value) : ScriptExpression
{
    public string Name { get; } = string.Intern(name);

    public ScriptExpression? Value => value;

    public override object? Evaluate(TemplateContext context) => value is null ? Boxed.True : value.Evaluate(context);

    public override string ToString() => value is null ? Name : $"{Name}:{value}";
}
