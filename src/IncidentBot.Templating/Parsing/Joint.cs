using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating.Parsing;

/// <summary>Where an expression stands, and the call without parentheses that its operands are arguments of so far.</summary>
internal sealed class Joint(ScriptNode parent, Precedence lowest, ExpressionMode mode, bool isArgument, bool mayAssign)
{
    private List<ScriptExpression>? _arguments;

    public ScriptNode Parent { get; } = parent;

    public Precedence Lowest { get; } = lowest;

    public ExpressionMode Mode { get; } = mode;

    public bool IsArgument { get; } = isArgument;

    public bool MayAssign { get; } = mayAssign;

    public ScriptFunctionCall? Call { get; private set; }

    public void Open(ScriptFunctionCall call)
    {
        Call = call;
        _arguments?.Clear();
    }

    public void Add(ScriptExpression argument) => (_arguments ??= []).Add(argument);

    public ScriptFunctionCall Take()
    {
        var call = Call!;
        if (_arguments is not null) call.Arguments = [.. _arguments];
        Call = null;
        return call;
    }
}
