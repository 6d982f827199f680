using System.Globalization;

namespace IncidentBot.Templating.Syntax;

/// <summary>A local variable, <c>$x</c>; <c>$</c> are the arguments of the function, <c>$0</c> its first one.</summary>
internal sealed class ScriptLocalVariable : ScriptVariablePath
{
    private readonly int _argument = -1;

    public ScriptLocalVariable(string text)
    {
        Name = string.Intern(text[1..]);
        if (int.TryParse(Name, NumberStyles.None, CultureInfo.InvariantCulture, out var argument))
        {
            _argument = argument;
        }
    }

    public string Name { get; }

    public override object? GetValue(TemplateContext context)
    {
        if (_argument >= 0)
        {
            var arguments = context.Arguments;
            return arguments is not null && _argument < arguments.Count ? arguments[_argument] : null;
        }

        return context.GetLocal(Name, this);
    }

    public override void SetValue(TemplateContext context, object? value) => context.SetLocal(Name, value, this);

    public override string ToString() => "$" + Name;
}
