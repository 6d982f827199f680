using IncidentBot.Templating.Runtime;
using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating;

/// <summary>Where variables are found and where they are written.</summary>
public sealed partial class TemplateContext
{
    /// <summary>The value of a variable as a template sees it; null when there is none.</summary>
    /// <exception cref="ScriptRuntimeException">There is none, and <see cref="StrictVariables"/> is set.</exception>
    public object? GetValue(ScriptVariable variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        return GetVariable(variable);
    }

    /// <summary>Sets a variable as an assignment in a template does.</summary>
    /// <exception cref="ScriptRuntimeException">The variable is read-only.</exception>
    public void SetValue(ScriptVariable variable, object? value, bool asReadOnly = false)
    {
        ArgumentNullException.ThrowIfNull(variable);
        SetVariable(variable, value);
        if (asReadOnly) SetReadOnly(variable.Name);
    }

    internal object? GetVariable(ScriptVariable variable)
    {
        if (TryGetVariable(variable.Name, Scopes, framesHidden: false, out var value)) return value;
        if (StrictVariables)
            throw new ScriptRuntimeException(variable.Span, $"The variable or function `{variable.Name}` was not found");
        UnknownNameRead?.Invoke(new UnknownName(variable.Span, variable.Name, null, string.Empty));
        return null;
    }

    /// <summary>
    /// The innermost place that knows the variable takes the value, but never a loop: its own variable hides the one that
    /// is written until it ends. A new variable belongs to the running function if that has parameters, and to the current
    /// object otherwise.
    /// </summary>
    internal void SetVariable(ScriptVariable variable, object? value)
    {
        var name = variable.Name;
        var hidden = false;
        for (var scope = Scopes; scope is not null; scope = scope.Parent)
        {
            switch (scope)
            {
                case WithScope with:
                    WriteMember(with.Members, variable, value);
                    return;
                case Frame frame when !hidden:
                    if (TrySetInFrame(frame, variable, value)) return;
                    hidden = frame.HidesCallers;
                    break;
            }
        }

        WriteMember(_globals[^1], variable, value);
    }

    internal bool TryGetLocal(string name, out object? value)
    {
        for (var scope = Scopes; scope is not null; scope = scope.Parent)
        {
            if (scope is LoopScope { IsLocal: true } loop && loop.Name == name)
            {
                value = loop.Value;
                return true;
            }

            if (scope is Frame) break;
        }

        value = null;
        return Frame.HasLocals && Frame.Locals.TryGet(name, out value);
    }

    internal void SetLocal(ScriptNode node, string name, object? value)
    {
        if (!Frame.Locals.TrySet(name, value))
            throw new ScriptRuntimeException(node.Span, $"Cannot set the readonly variable `{node}`");
    }

    internal void SetReadOnly(string name)
    {
        for (var scope = Scopes; scope is not null and not WithScope; scope = scope.Parent)
        {
            if (scope is not Frame { Variables: { } variables } || !variables.Contains(name)) continue;
            variables.SetReadOnly(name);
            return;
        }

        CurrentGlobal.SetReadOnly(name, true);
    }

    internal LoopScope PushLoopVariable(ScriptExpression variable)
    {
        var scope = variable is ScriptLocalVariable local
            ? new LoopScope(Scopes, local.Name, isLocal: true)
            : new LoopScope(Scopes, ((ScriptVariable)variable).Name, isLocal: false);
        Scopes = scope;
        return scope;
    }

    internal WithScope PushWith(ScriptObject members)
    {
        var scope = new WithScope(Scopes, members);
        Scopes = scope;
        return scope;
    }

    internal void PopLoopVariable(LoopScope scope) => Scopes = scope.Parent;

    internal void PopScope(Scope scope) => Scopes = scope.Parent;

    /// <summary>Makes a frame the running one; gives back the one that ran.</summary>
    internal Frame EnterFrame(Frame frame)
    {
        var outer = Frame;
        Frame = frame;
        Scopes = frame;
        return outer;
    }

    internal void LeaveFrame(Frame outer)
    {
        Scopes = Frame.Parent;
        Frame = outer;
    }

    private bool TryGetVariable(string name, Scope? from, bool framesHidden, out object? value)
    {
        for (var scope = from; scope is not null; scope = scope.Parent)
        {
            switch (scope)
            {
                case LoopScope loop:
                    if (loop.IsLocal || loop.Name != name) break;
                    value = loop.Value;
                    return true;
                case WithScope with:
                    if (with.Members.TryGetValue(name, out value)) return true;
                    break;
                case Frame frame when !framesHidden:
                    for (var f = frame; f is not null; f = f.Captured)
                    {
                        if (f.Variables is not null && f.Variables.TryGet(name, out value)) return true;
                    }

                    framesHidden = frame.HidesCallers;
                    break;
            }
        }

        for (var i = _globals.Count - 1; i >= 0; i--)
        {
            if (_globals[i].TryGetValue(name, out value)) return true;
        }

        return BuiltinObject.TryGetValue(name, out value);
    }

    private bool TrySetInFrame(Frame frame, ScriptVariable variable, object? value)
    {
        Frame? owner = null;
        for (var f = frame; f is not null; f = f.Captured)
        {
            if (f.Variables is not null && f.Variables.Contains(variable.Name))
            {
                owner = f;
                break;
            }

            if (f.OwnsVariables) owner ??= f;
        }

        if (owner is null) return false;
        var known = owner.Variables is not null && owner.Variables.Contains(variable.Name);
        if (!known && TryGetVariable(variable.Name, frame.Parent, framesHidden: true, out _))
        {
            WriteMember(GlobalFrom(frame.Parent), variable, value);
            return true;
        }

        if (!(owner.Variables ??= new VariableStore()).TrySet(variable.Name, value)) throw ReadOnly(variable);
        return true;
    }

    private ScriptObject GlobalFrom(Scope? from)
    {
        for (var scope = from; scope is not null; scope = scope.Parent)
        {
            if (scope is WithScope with) return with.Members;
        }

        return _globals[^1];
    }

    private static void WriteMember(ScriptObject target, ScriptVariable variable, object? value)
    {
        if (!target.TrySetValue(variable.Name, value)) throw ReadOnly(variable);
    }

    private static ScriptRuntimeException ReadOnly(ScriptVariable variable) =>
        new(variable.Span, $"Cannot set the readonly variable `{variable.Name}`");
}
