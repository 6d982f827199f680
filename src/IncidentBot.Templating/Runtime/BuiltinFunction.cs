using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating.Runtime;

/// <summary>A function of the language. Whatever it throws is reported where its call was written.</summary>
internal sealed class BuiltinFunction(string methodName, BuiltinBody body, params BuiltinParameter[] parameters) : ScriptFunction
{
    private readonly int _required = parameters.Count(p => !p.IsOptional && p.Kind != ArgumentKind.Rest);
    private readonly bool _hasRest = parameters is [.., { Kind: ArgumentKind.Rest }];

    internal override object? Invoke(TemplateContext context, in CallArguments call)
    {
        var stack = context.Arguments;
        var mark = stack.Top;
        var bound = stack.Reserve(parameters.Length);
        try
        {
            Bind(context, in call, bound);
            var builtinCall = new BuiltinCall(context, call.Node, bound);
            return body(in builtinCall);
        }
        catch (ScriptRuntimeException)
        {
            throw;
        }
        catch (ArgumentException e) when (IndexOf(e.ParamName) is var index and >= 0)
        {
            throw new ScriptRuntimeException(call.SpanOf(WrittenIndex(in call, index)), e.Message, e);
        }
        catch (Exception e) when (e is not (OutOfMemoryException or InsufficientExecutionStackException))
        {
            throw new ScriptRuntimeException(call.Span, e.Message, e);
        }
        finally
        {
            stack.Cut(mark);
        }
    }

    private void Bind(TemplateContext context, in CallArguments call, Span<object?> bound)
    {
        var fixedCount = _hasRest ? parameters.Length - 1 : parameters.Length;
        ulong given = 0;
        var next = 0;
        ScriptArray? rest = _hasRest ? [] : null;
        for (var i = 0; i < call.Values.Length; i++)
        {
            var target = call.Names[i] is { } name ? IndexOf(name) : -1;
            if (target < 0)
            {
                // A name that the function does not know counts as the next argument.
                while (next < fixedCount && (given & (1UL << next)) != 0) next++;
                if (next >= fixedCount)
                {
                    if (rest is null) throw call.TooMany(parameters.Length);
                    rest.Add(call.Values[i]);
                    continue;
                }

                target = next++;
            }

            given |= 1UL << target;
            bound[target] = Convert(context, in call, i, parameters[target]);
        }

        for (var i = 0; i < fixedCount; i++)
        {
            if ((given & (1UL << i)) != 0) continue;
            if (!parameters[i].IsOptional) throw call.TooFew(_required);
            bound[i] = parameters[i].Default;
        }

        if (rest is not null) bound[^1] = rest;
    }

    private object? Convert(TemplateContext context, in CallArguments call, int index, in BuiltinParameter parameter)
    {
        var value = call.Values[index];
        switch (parameter.Kind)
        {
            case ArgumentKind.Text:
            case ArgumentKind.RequiredText:
                if (value is null)
                {
                    return parameter.Kind == ArgumentKind.Text ? null : throw NullArgument(in call, parameter);
                }

                var text = value as string ?? Values.ToText(context, value);
                context.Charge(text.Length, call.Node);
                return text;
            case ArgumentKind.Int:
                return value is int ? value : Values.Box(Values.ToInt(call.SpanOf(index), value));
            case ArgumentKind.NullableInt:
                return value is int or null ? value : Values.Box(Values.ToInt(call.SpanOf(index), value));
            case ArgumentKind.Double:
                return value is double ? value : Values.ToDouble(call.SpanOf(index), value);
            case ArgumentKind.Bool:
                return Values.Box(Values.IsTrue(value));
            case ArgumentKind.Date:
                return value is null ? throw NullArgument(in call, parameter) : ToDate(in call, index, value);
            case ArgumentKind.NullableDate:
                return value is null ? null : ToDate(in call, index, value);
            case ArgumentKind.List:
                return value is null ? null : Values.ToSequence(value) ?? [value];
            case ArgumentKind.Dictionary:
                return Members.IsDictionary(value) || value is null
                    ? value
                    : throw Values.CannotConvert(call.SpanOf(index), value, "`IDictionary<string, Object>`");
            default:
                return value;
        }
    }

    private static DateTime ToDate(in CallArguments call, int index, object value) => value switch
    {
        DateTime date => date,
        DateTimeOffset offset => offset.UtcDateTime,
        _ => throw Values.CannotConvert(call.SpanOf(index), value, "`DateTime`"),
    };

    private ScriptRuntimeException NullArgument(in CallArguments call, in BuiltinParameter parameter) =>
        new(call.Span, $"Argument `{parameter.Name}` cannot be null for function `{methodName}`.");

    private int IndexOf(string? name)
    {
        for (var i = 0; i < parameters.Length; i++)
        {
            if (parameters[i].Name == name) return i;
        }

        return -1;
    }

    /// <summary>Which argument of the call ended up in a parameter; good enough for the place of a message.</summary>
    private int WrittenIndex(in CallArguments call, int parameter)
    {
        for (var i = 0; i < call.Names.Length; i++)
        {
            if (call.Names[i] == parameters[parameter].Name) return i;
        }

        return parameter < call.Values.Length ? parameter : -1;
    }
}
