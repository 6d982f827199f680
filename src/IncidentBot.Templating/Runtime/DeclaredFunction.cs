using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating.Runtime;

/// <summary>A function written in a template, together with the frame in which it was made.</summary>
internal sealed class DeclaredFunction(ScriptFunctionDeclaration declaration, Frame madeIn) : ScriptFunction
{
    internal override object? Invoke(TemplateContext context, in CallArguments call)
    {
        context.EnterRecursive(call.Node);
        var captured = madeIn.OwnsVariables || madeIn.Captured is not null ? madeIn : null;
        var frame = new Frame(context.Scopes, captured, hidesCallers: true)
        {
            OwnsVariables = declaration.Parameters is not null,
            Block = call.Block,
        };
        if (declaration.Parameters is null) frame.Arguments = PackArguments(frame, in call);
        var outer = context.EnterFrame(frame);
        if (declaration.Parameters is { } parameters) Bind(context, frame, parameters, in call);
        if (declaration.LocalName is { } name) frame.Locals.TrySet(name, this);

        object? result = null;
        if (declaration.Result is { } expression)
        {
            result = Values.Settle(expression.Evaluate(context));
        }
        else if (declaration.Body!.Execute(context) == Flow.Return)
        {
            result = context.TakeReturnValue();
        }

        context.LeaveFrame(outer);
        context.ExitRecursive();
        return result;
    }

    /// <summary>The arguments as <c>$</c>: the positional ones as items, the named ones as members and as <c>$name</c>.</summary>
    internal static ScriptArray PackArguments(Frame frame, in CallArguments call)
    {
        var array = new ScriptArray(call.Values.Length);
        for (var i = 0; i < call.Values.Length; i++)
        {
            if (call.Names[i] is { } name)
            {
                array.SetMember(name, call.Values[i]);
                frame.Locals.TrySet(name, call.Values[i]);
            }
            else
            {
                array.Add(Values.Settle(call.Values[i]));
            }
        }

        return array;
    }

    private void Bind(TemplateContext context, Frame frame, ScriptParameter[] parameters, in CallArguments call)
    {
        var store = frame.Variables = new VariableStore();
        var fixedCount = declaration.HasRest ? parameters.Length - 1 : parameters.Length;
        ScriptArray? rest = declaration.HasRest ? [] : null;
        var next = 0;
        for (var i = 0; i < call.Values.Length; i++)
        {
            var value = Values.Settle(call.Values[i]);
            var index = call.Names[i] is { } name ? Array.FindIndex(parameters, p => p.Name == name) : -1;
            // Without a name that the function knows it is the next argument: the one after the last that is given.
            if (index < 0) index = next;
            next = Math.Max(next, index + 1);
            if (index < fixedCount) store.TrySet(parameters[index].Name, value);
            else if (rest is not null) rest.Add(value);
            else throw call.TooMany(parameters.Length);
        }

        var missing = 0;
        for (var i = 0; i < fixedCount; i++)
        {
            var parameter = parameters[i];
            if (store.Contains(parameter.Name)) continue;
            if (parameter.Default is null) missing++;
            store.TrySet(parameter.Name, parameter.Default?.Evaluate(context));
        }

        if (missing > 0) throw call.TooFew(declaration.Required, declaration.Required - missing);
        if (rest is not null) store.TrySet(parameters[^1].Name, rest);
        if (declaration.UsesArguments) frame.Arguments = [.. parameters.Select(p => store.TryGet(p.Name, out var value) ? value : null)];
    }
}
