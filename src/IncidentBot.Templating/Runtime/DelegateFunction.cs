using System.Reflection;
using System.Runtime.ExceptionServices;
using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating.Runtime;

/// <summary>
/// A function of the host. Its own signature is read once when it is imported; templates reach nothing else of the CLR.
/// A first parameter of type <see cref="TemplateContext"/> is filled in.
/// </summary>
internal sealed class DelegateFunction : ScriptFunction
{
    private readonly Delegate _target;
    private readonly ParameterInfo[] _parameters;
    private readonly int _hidden;
    private readonly int _required;

    public DelegateFunction(Delegate target)
    {
        _target = target;
        _parameters = target.Method.GetParameters();
        // A closed static delegate carries its first argument in the target.
        if (target.Method.IsStatic && target.Target is not null) _parameters = _parameters[1..];
        _hidden = _parameters is [{ ParameterType: var first }, ..] && first == typeof(TemplateContext) ? 1 : 0;
        _required = _parameters.Skip(_hidden).Count(p => !p.IsOptional);
    }

    internal override object? Invoke(TemplateContext context, in CallArguments call)
    {
        var visible = _parameters.Length - _hidden;
        if (call.Values.Length > visible) throw call.TooMany(visible);
        var arguments = new object?[_parameters.Length];
        var given = new bool[_parameters.Length];
        if (_hidden > 0) (arguments[0], given[0]) = (context, true);
        var next = _hidden;
        for (var i = 0; i < call.Values.Length; i++)
        {
            var name = call.Names[i];
            var at = name is null ? -1 : Array.FindIndex(_parameters, p => p.Name == name);
            if (at < 0)
            {
                while (next < given.Length && given[next]) next++;
                at = next < given.Length ? next : throw call.TooMany(visible);
            }

            arguments[at] = Convert(context, call.SpanOf(i), call.Values[i], _parameters[at].ParameterType);
            given[at] = true;
        }

        for (var i = 0; i < given.Length; i++)
        {
            if (given[i]) continue;
            if (!_parameters[i].IsOptional) throw call.TooFew(_required);
            arguments[i] = _parameters[i].DefaultValue;
        }

        try
        {
            return _target.DynamicInvoke(arguments);
        }
        catch (TargetInvocationException e) when (e.InnerException is ScriptRuntimeException or OperationCanceledException)
        {
            ExceptionDispatchInfo.Throw(e.InnerException);
            throw;
        }
        catch (TargetInvocationException e)
        {
            throw new ScriptRuntimeException(call.Span, e.InnerException?.Message ?? e.Message, e.InnerException);
        }
    }

    private static object? Convert(TemplateContext context, Parsing.SourceSpan span, object? value, Type type)
    {
        if (type == typeof(object)) return Values.Settle(value);
        if (type == typeof(string)) return value is null ? null : Values.ToText(context, value);
        if (type == typeof(int)) return Values.ToInt(span, value);
        if (type == typeof(int?)) return value is null ? null : Values.ToInt(span, value);
        if (type == typeof(long)) return value is long ? value : (long)Values.ToInt(span, value);
        if (type == typeof(double)) return Values.ToDouble(span, value);
        if (type == typeof(bool)) return Values.IsTrue(value);
        value = Values.Settle(value);
        if (value is null && (!type.IsValueType || Nullable.GetUnderlyingType(type) is not null)) return null;
        return type.IsInstanceOfType(value) ? value : throw Values.CannotConvert(span, value, $"`{type.Name}`");
    }
}
