using System.Numerics;
using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating.Runtime;

/// <summary>A function of the language. Whatever it throws is reported where its call was written.</summary>
internal sealed class BuiltinFunction(string methodName, BuiltinBody body, params BuiltinParameter[] parameters) : ScriptFunction
{
    private readonly int _required = parameters.Count(p => !p.IsOptional && p.Kind != ArgumentKind.Rest);
    private readonly bool _refusesNull = parameters.Any(p => p.Kind is ArgumentKind.RequiredText or ArgumentKind.Date);
    private readonly bool _hasRest = parameters is [.., { Kind: ArgumentKind.Rest }];

    /// <summary>Whether the first argument becomes a text.</summary>
    internal bool TakesText => parameters is [{ Kind: ArgumentKind.Text or ArgumentKind.RequiredText }, ..];

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
            // The argument at that place, whatever its name: good enough for the place of a message.
            throw new ScriptRuntimeException(call.SpanOf(index < call.Values.Length ? index : -1), e.Message, e);
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
            // A name that the function does not know counts as the next argument: the one after the last that is given.
            if (target < 0) target = next;
            if (target >= fixedCount)
            {
                if (rest is null) throw call.TooMany(parameters.Length);
                rest.Add(call.Values[i]);
                continue;
            }

            next = Math.Max(next, target + 1);
            given |= 1UL << target;
            bound[target] = Convert(context, in call, i, parameters[target]);
        }

        for (var i = 0; i < fixedCount; i++)
        {
            if ((given & (1UL << i)) != 0) continue;
            if (!parameters[i].IsOptional)
                throw call.TooFew(_required, BitOperations.PopCount(given & ((1UL << _required) - 1)));
            bound[i] = parameters[i].Default;
        }

        // Only now: a fault in the number or the kind of the arguments comes first.
        for (var i = 0; _refusesNull && i < fixedCount; i++)
        {
            if (bound[i] is null && parameters[i].Kind is (ArgumentKind.RequiredText or ArgumentKind.Date))
                throw NullArgument(in call, parameters[i]);
        }

        if (rest is not null) bound[^1] = rest;
    }

    private static object? Convert(TemplateContext context, in CallArguments call, int index, in BuiltinParameter parameter)
    {
        var value = call.Values[index];
        switch (parameter.Kind)
        {
            case ArgumentKind.Text:
            case ArgumentKind.RequiredText:
                if (value is null) return null;
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
            case ArgumentKind.NullableDate:
                return value is null ? null : ToDate(in call, index, value);
            case ArgumentKind.List:
                return Values.ToSequence(value)
                    ?? (value is null ? null : throw Values.CannotConvert(call.SpanOf(index), value, "`IEnumerable`"));
            case ArgumentKind.IndexedList:
                return Values.ToSequence(value) ?? (value is null ? null : throw call.NotAList(index));
            case ArgumentKind.ListOrItem:
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
}
