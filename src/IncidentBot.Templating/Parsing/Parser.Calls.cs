using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating.Parsing;

/// <summary>Calls: <c>f 1 2</c>, <c>f(1, 2)</c> and named arguments.</summary>
internal sealed partial class Parser
{
    /// <summary>
    /// Goes on after an operand that something like an operand follows: the first is a function then, and the rest are its
    /// arguments. <see cref="Joined.Closed"/> when the operand has become a whole call, after which operators may follow.
    /// </summary>
    private Joined ParseArguments(Joint joint, ref ScriptExpression left)
    {
        var loop = joint.Parent as ScriptLoopStatement;
        if (_current.Type == TokenType.Identifier && (loop is not null || Peek().Type == TokenType.Colon))
            return ParseNamedArguments(joint, loop, ref left);

        if (_current.Type == TokenType.OpenParen && !AfterSpace())
        {
            left = ParseParenthesizedArguments(left);
            return Joined.Closed;
        }

        Extend(joint, left);
        return Joined.Argument;
    }

    private Joined ParseNamedArguments(Joint joint, ScriptLoopStatement? loop, ref ScriptExpression left)
    {
        if (loop is null) Extend(joint, left);
        while (!_isFatal && _current.Type == TokenType.Identifier && (loop is not null || Peek().Type == TokenType.Colon))
        {
            var argument = new ScriptNamedArgument { Name = NameOf(TextOf(_current)) };
            var start = _current.Start;
            Advance();
            Finish(argument, start);
            if (Accept(TokenType.Colon)) argument.Value = ExpectExpression(joint.Parent, mode: ExpressionMode.Basic);
            Finish(argument, start);
            if (loop is not null) loop.Arguments.Add(argument);
            else joint.Add(argument);
            if (loop is null && argument.Value is ScriptAnonymousFunction) break;
        }

        if (loop is null)
        {
            // Arguments without a name may follow.
            if (StartsExpression() && !_isFatal) return Joined.Argument;
            var call = joint.Take();
            left = Finish(call, call.Start);
        }

        return _current.Type == TokenType.Pipe ? Joined.Closed : Joined.End;
    }

    /// <summary>Makes the operand the function of a call, or an argument if a call is open already.</summary>
    private void Extend(Joint joint, ScriptExpression operand)
    {
        if (joint.Call is not null)
        {
            joint.Add(operand);
            joint.Call.Place(_source, joint.Call.Start, operand.End);
            return;
        }

        var call = new ScriptFunctionCall { Target = operand };
        call.Place(_source, operand.Start, operand.End);
        joint.Open(call);
    }

    private ScriptExpression CloseCall(Joint joint, ScriptExpression last, bool isPiped = false)
    {
        if (joint.Call is null) return last;
        joint.Add(last);
        var call = joint.Take();
        // The library forgets the last argument here when it works out where a missing one should stand.
        if (isPiped) call.MissingAt = call.Arguments.Length > 1 ? call.Arguments[^2].End : 1;
        return Finish(call, call.Start);
    }

    private ScriptExpression ParseNamed(ScriptNode parent, ScriptExpression name)
    {
        var text = name switch
        {
            ScriptVariable global => global.Name,
            ScriptLocalVariable local => local.Name,
            _ => null,
        };
        if (text is null)
        {
            Log(name.Span, "Expecting a simple global or local variable before `:` in order to create a named argument");
            return name;
        }

        var node = new ScriptNamedArgument { Name = text };
        // Messages about a named argument in parentheses point at its colon, without them at its name.
        var start = _current.Start;
        Advance();
        node.Value = ExpectExpression(parent);
        return Finish(node, start);
    }

    private ScriptFunctionCall ParseParenthesizedArguments(ScriptExpression target)
    {
        var call = new ScriptFunctionCall { Target = target, IsExplicit = true };
        call.Place(_source, target.Start, _current.End);
        var arguments = new List<ScriptExpression>();
        Advance();
        while (!_isFatal && !(call.IsClosed = Accept(TokenType.CloseParen)))
        {
            if (!StartsParenthesized(arguments.Count == 0) || ParseExpression(call) is not { } argument) break;
            arguments.Add(argument);
        }

        if (!call.IsClosed) Log(SpanOf(_current), "Expecting a closing parenthesis for a function call.");
        call.Arguments = [.. arguments];
        call.MissingAt = arguments.Count > 0 ? arguments[^1].End : 1;
        return Finish(call, target.Start);
    }

    /// <summary>Goes past the comma before an argument or parameter; false if none follows, not even a closing parenthesis.</summary>
    private bool StartsParenthesized(bool isFirst)
    {
        if (!isFirst && !Accept(TokenType.Comma))
            Log(SpanOf(_current), "Expecting a comma to separate arguments in a function call.");
        if (StartsExpression()) return true;
        Log(SpanOf(_current), "Expecting an expression for argument function calls instead of this token.");
        return false;
    }
}
