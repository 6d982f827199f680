using System.Globalization;
using IncidentBot.Templating.Functions;
using IncidentBot.Templating.Runtime;
using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating;

/// <summary>
/// One render: the globals a template sees, the limits it must keep, and its state. A context serves one render at a
/// time; parsed templates are shared. Neither the culture nor the time zone of the thread has any effect.
/// </summary>
public sealed partial class TemplateContext
{
    private readonly Stack<CultureInfo> _cultures = new();
    private readonly Dictionary<string, Template> _included = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ScriptArrayCycle> _cycles = new(StringComparer.Ordinal);
    private VariableScope _scope;
    private VariableScope _locals = new(null, new ScriptObject(), null);

    public TemplateContext()
    {
        _scope = new VariableScope(null, BuiltinFunctions.Global, null);
        PushGlobal(new ScriptObject());
    }

    /// <summary>Where <c>include</c> finds templates; none by default.</summary>
    public ITemplateLoader? TemplateLoader { get; set; }

    /// <summary>What functions write where they end a line.</summary>
    public string NewLine { get; set; } = "\n";

    /// <summary>Iterations of a loop with all loops inside it, and of a function over a list. Zero is no limit.</summary>
    public int LoopLimit { get; set; } = 1000;

    /// <summary>Nested calls and includes. Zero is no limit but the stack.</summary>
    public int RecursiveLimit { get; set; } = 100;

    /// <summary>Nesting of a printed array or object.</summary>
    public int ObjectRecursionLimit { get; set; } = 20;

    /// <summary>Characters of the output, which is cut, and of a string made by a function, which is refused. Zero is no limit.</summary>
    public int LimitToString { get; set; } = 1_048_576;

    /// <summary>The longest one match of a regular expression may take.</summary>
    public TimeSpan RegexTimeOut { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether an undefined variable is an error.</summary>
    public bool StrictVariables { get; set; }

    /// <summary>Whether further lines of a value are indented as the first one.</summary>
    public bool AutoIndent { get; set; } = true;

    /// <summary>Whether a member that a value does not have is null instead of an error.</summary>
    public bool EnableRelaxedMemberAccess { get; set; } = true;

    /// <summary>Ends a render early with a <see cref="ScriptRuntimeException"/>.</summary>
    public CancellationToken CancellationToken { get; set; }

    /// <summary>The clock of <c>date.now</c>.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>The culture of numbers and dates; invariant unless one was pushed.</summary>
    public CultureInfo CurrentCulture => _cultures.TryPeek(out var culture) ? culture : CultureInfo.InvariantCulture;

    /// <summary>The innermost global scope: templates assign to it.</summary>
    public ScriptObject CurrentGlobal => GlobalScope().Members!;

    internal FlowState Flow { get; set; }

    internal object? ReturnValue { get; set; }

    internal ScriptBlock? CurrentBlock { get; private set; }

    internal ScriptArray? Arguments { get; private set; } = [];

    internal Random Random { get; } = new();

    internal Dictionary<string, ScriptArrayCycle> Cycles => _cycles;

    public void PushGlobal(ScriptObject scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        _scope = new VariableScope(_scope, scope, null);
    }

    public ScriptObject PopGlobal()
    {
        var members = _scope.Members;
        if (members is null || _scope.Parent is null)
        {
            throw new InvalidOperationException("There is no global scope to take away.");
        }

        _scope = _scope.Parent;
        return members;
    }

    public void PushCulture(CultureInfo culture) => _cultures.Push(culture);

    public CultureInfo PopCulture() => _cultures.Pop();

    internal object? GetGlobal(string name, ScriptNode node)
    {
        for (var scope = _scope; scope is not null; scope = scope.Parent)
        {
            if (scope.Members is { } members)
            {
                if (members.TryGetValue(name, out var value))
                {
                    return value;
                }
            }
            else if (ReferenceEquals(scope.Variable, name))
            {
                return scope.Value;
            }
        }

        return Missing(name, node);
    }

    internal void SetGlobal(string name, object? value, ScriptNode node)
    {
        for (var scope = _scope; scope is not null; scope = scope.Parent)
        {
            if (scope.Members is { } members)
            {
                if (!members.TrySetValue(name, value))
                {
                    throw new ScriptRuntimeException(node.Span, $"Cannot set the readonly variable `{node}`");
                }

                return;
            }

            if (ReferenceEquals(scope.Variable, name))
            {
                scope.Value = value;
                return;
            }
        }
    }

    internal object? GetLocal(string name, ScriptNode node)
    {
        if (name.Length == 0)
        {
            return Arguments;
        }

        for (var scope = _locals; scope is not null; scope = scope.Parent)
        {
            if (scope.Members is { } members)
            {
                if (members.TryGetValue(name, out var value))
                {
                    return value;
                }
            }
            else if (ReferenceEquals(scope.Variable, name))
            {
                return scope.Value;
            }
        }

        return Missing(name, node);
    }

    internal void SetLocal(string name, object? value, ScriptNode node)
    {
        for (var scope = _locals; scope is not null; scope = scope.Parent)
        {
            if (scope.Members is { } members)
            {
                if (!members.TrySetValue(name, value))
                {
                    throw new ScriptRuntimeException(node.Span, $"Cannot set the readonly variable `{node}`");
                }

                return;
            }

            if (ReferenceEquals(scope.Variable, name))
            {
                scope.Value = value;
                return;
            }
        }
    }

    internal void SetReadOnly(ScriptExpression variable)
    {
        if (variable is ScriptVariable global)
        {
            CurrentGlobal.SetReadOnly(global.Name);
        }
        else if (variable is ScriptLocalVariable local)
        {
            var scope = _locals;
            while (scope.Members is null)
            {
                scope = scope.Parent!;
            }

            scope.Members.SetReadOnly(local.Name);
        }
    }

    internal VariableScope PushLoopVariable(ScriptExpression variable) => variable is ScriptLocalVariable local
        ? _locals = new VariableScope(_locals, null, local.Name)
        : _scope = new VariableScope(_scope, null, ((ScriptVariable)variable).Name);

    internal void PopLoopVariable(ScriptExpression variable)
    {
        if (variable is ScriptLocalVariable)
        {
            _locals = _locals.Parent!;
        }
        else
        {
            _scope = _scope.Parent!;
        }
    }

    private VariableScope GlobalScope()
    {
        var scope = _scope;
        while (scope.Members is null)
        {
            scope = scope.Parent!;
        }

        return scope;
    }

    private object? Missing(string name, ScriptNode node)
    {
        if (StrictVariables && name.Length > 0)
        {
            throw new ScriptRuntimeException(node.Span, $"The variable or function `{node}` was not found");
        }

        return null;
    }
}
