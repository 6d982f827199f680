using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating.Runtime;

/// <summary>A function of the host. Arguments are converted to the plain types of its parameters.</summary>
internal sealed class DelegateFunction(Delegate function) : IScriptFunction
{
    public static object? Wrap(object? value) => value is Delegate function ? new DelegateFunction(function) : value;

    public object? Invoke(TemplateContext context, ScriptNode caller, CallArguments arguments)
    {
        // The shape of the delegate is the host's own declaration: this is not reflection over values of a template.
        var parameters = function.Method.GetParameters();
        var offset = parameters.Length > 0 && parameters[0].ParameterType == typeof(TemplateContext) ? 1 : 0;
        var values = new object?[parameters.Length];
        if (offset == 1)
        {
            values[0] = context;
        }

        for (var i = offset; i < parameters.Length; i++)
        {
            var at = i - offset;
            var parameter = parameters[i];
            if (at < arguments.Count)
            {
                values[i] = ValueConvert.ToType(context, arguments.SpanOf(at, caller.Span), arguments[at], parameter.ParameterType);
            }
            else if (parameter.Name is { } name && arguments.TryGetNamed(name, out var named))
            {
                values[i] = ValueConvert.ToType(context, caller.Span, named, parameter.ParameterType);
            }
            else if (parameter.HasDefaultValue)
            {
                values[i] = parameter.DefaultValue;
            }
            else
            {
                throw new ScriptRuntimeException(caller.After,
                    $"Invalid number of arguments `{arguments.Count}` passed to `{caller}` while expecting `{parameters.Length - offset}` arguments");
            }
        }

        try
        {
            return Wrap(function.DynamicInvoke(values));
        }
        catch (System.Reflection.TargetInvocationException thrown) when (thrown.InnerException is ScriptRuntimeException known)
        {
            throw known;
        }
        catch (System.Reflection.TargetInvocationException thrown)
        {
            throw new ScriptRuntimeException(caller.Span, thrown.InnerException?.Message ?? thrown.Message, thrown.InnerException);
        }
    }
}
