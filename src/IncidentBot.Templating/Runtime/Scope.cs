namespace IncidentBot.Templating.Runtime;

/// <summary>A link in the chain of places where a variable may live, innermost first. Below the chain are the globals of the host.</summary>
internal abstract class Scope(Scope? parent)
{
    public Scope? Parent { get; } = parent;
}

/// <summary>The variable of one loop.</summary>
internal sealed class LoopScope(Scope? parent, string name, bool isLocal) : Scope(parent)
{
    public string Name { get; } = name;

    /// <summary>Whether the variable is a <c>$x</c>, seen in its own function only.</summary>
    public bool IsLocal { get; } = isLocal;

    public object? Value { get; set; }
}

/// <summary>The object of one <c>with</c>.</summary>
internal sealed class WithScope(Scope? parent, ScriptObject members) : Scope(parent)
{
    public ScriptObject Members { get; } = members;
}

/// <summary>One running function, included template or wrapped block.</summary>
internal sealed class Frame(Scope? parent, Frame? captured, bool hidesCallers) : Scope(parent)
{
    private VariableStore? _locals;

    /// <summary>The frame in which the function was made; its parameters stay visible.</summary>
    public Frame? Captured { get; } = captured;

    /// <summary>A function does not see the parameters of its callers, an included template does.</summary>
    public bool HidesCallers { get; } = hidesCallers;

    /// <summary>New variables belong to a function with parameters; other functions write to the globals.</summary>
    public bool OwnsVariables { get; init; }

    /// <summary>Parameters and the variables that the function made.</summary>
    public VariableStore? Variables { get; set; }

    /// <summary>The <c>$x</c> variables.</summary>
    public VariableStore Locals
    {
        get => _locals ??= new VariableStore();
        init => _locals = value;
    }

    public bool HasLocals => _locals is not null;

    public ScriptArray? Arguments { get; set; }

    public BlockFunction? Block { get; init; }
}
