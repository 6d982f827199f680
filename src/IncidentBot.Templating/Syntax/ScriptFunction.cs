using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

/// <summary>A function of a template. As an expression it is its own value; it is declared by <see cref="ScriptFunctionStatement"/>.</summary>
internal sealed class ScriptFunction(ScriptFunctionParameter[]? parameters, ScriptNode body) : ScriptExpression, IScriptFunction
{
    public int ParameterCount => parameters?.Length ?? 0;

    public override object? Evaluate(TemplateContext context) => this;

    public object? Invoke(TemplateContext context, ScriptNode caller, CallArguments arguments)
    {
        if (parameters is null)
        {
            return context.RunFunction(body, arguments.ToScriptArray(), null, arguments.Block);
        }

        var scope = new ScriptObject(parameters.Length);
        var all = arguments.ToScriptArray();
        Bind(context, caller, arguments, scope);
        return context.RunFunction(body, all, scope, arguments.Block);
    }

    private void Bind(TemplateContext context, ScriptNode caller, CallArguments arguments, ScriptObject scope)
    {
        var given = arguments.Count;
        for (var i = 0; i < parameters!.Length; i++)
        {
            var parameter = parameters[i];
            if (parameter.IsVariable)
            {
                var rest = new ScriptArray();
                for (; i < given; i++)
                {
                    rest.Add(arguments[i]);
                }

                scope[parameter.Name] = rest;
                return;
            }

            if (i < given)
            {
                scope[parameter.Name] = arguments[i];
            }
            else if (arguments.TryGetNamed(parameter.Name, out var named))
            {
                scope[parameter.Name] = named;
            }
            else if (parameter.Default is not null)
            {
                scope[parameter.Name] = parameter.Default.Evaluate(context);
            }
            else
            {
                throw TooFew(caller, given + arguments.NamedCount);
            }
        }
    }

    private ScriptRuntimeException TooFew(ScriptNode caller, int given)
    {
        var required = parameters!.Count(parameter => parameter.Default is null && !parameter.IsVariable);
        return new ScriptRuntimeException(caller.After,
            $"Invalid number of arguments `{given}` passed to `{caller}` while expecting `{required}` arguments");
    }

    public override string ToString() => "do ... end";
}
