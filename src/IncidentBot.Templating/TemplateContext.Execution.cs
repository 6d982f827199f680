using System.Runtime.CompilerServices;
using System.Text;
using IncidentBot.Templating.Parsing;
using IncidentBot.Templating.Runtime;
using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating;

/// <summary>Calls, loops and output: everything that the limits bound.</summary>
public sealed partial class TemplateContext
{
    private readonly Stack<LoopState> _loops = new();
    private StringBuilder _output = new();
    private bool _outputCut;
    private bool _lastWasNewLine;
    private int _depth;
    private int _steps;

    internal string? CurrentIndent { get; set; }

    internal bool InLoop => _loops.Count > 0;

    internal string RenderPage(Template template, ScriptBlock page)
    {
        CheckCancelled(page.Span);
        var result = RunTemplate(template, page, null);
        return result;
    }

    /// <summary>Runs the statements of a template and returns what they wrote.</summary>
    internal string RunTemplate(Template template, ScriptBlock page, ScriptArray? arguments)
    {
        var (locals, args, block, loops) = (_locals, Arguments, CurrentBlock, _loops.Count);
        if (arguments is not null)
        {
            _locals = new VariableScope(null, new ScriptObject(), null);
            Arguments = arguments;
            CurrentBlock = null;
        }

        try
        {
            return Capture(page);
        }
        finally
        {
            Flow = FlowState.None;
            (_locals, Arguments, CurrentBlock) = (locals, args, block);
            while (_loops.Count > loops)
            {
                _loops.Pop();
            }
        }
    }

    /// <summary>Runs a node and returns what it wrote.</summary>
    internal string Capture(ScriptNode node)
    {
        var (output, cut, newLine, indent) = (_output, _outputCut, _lastWasNewLine, CurrentIndent);
        (_output, _outputCut, _lastWasNewLine, CurrentIndent) = (new StringBuilder(), false, false, null);
        try
        {
            node.Evaluate(this);
            return _output.ToString();
        }
        finally
        {
            (_output, _outputCut, _lastWasNewLine, CurrentIndent) = (output, cut, newLine, indent);
        }
    }

    /// <summary>Runs the body of a function in its own local scope.</summary>
    internal object? RunFunction(ScriptNode body, ScriptArray arguments, ScriptObject? parameters, ScriptBlock? wrapped)
    {
        var (scope, locals, args, block) = (_scope, _locals, Arguments, CurrentBlock);
        _locals = new VariableScope(null, new ScriptObject(), null);
        Arguments = arguments;
        CurrentBlock = wrapped;
        if (parameters is not null)
        {
            PushGlobal(parameters);
        }

        try
        {
            var value = body.Evaluate(this);
            if (Flow != FlowState.Return)
            {
                return value;
            }

            Flow = FlowState.None;
            value = ReturnValue;
            ReturnValue = null;
            return value;
        }
        finally
        {
            (_scope, _locals, Arguments, CurrentBlock) = (scope, locals, args, block);
        }
    }

    /// <summary>Calls a function that a built-in got as an argument.</summary>
    internal object? CallFunction(ScriptNode caller, IScriptFunction function, params ReadOnlySpan<object?> values)
    {
        var arguments = new CallArguments(values.Length);
        foreach (var value in values)
        {
            arguments.Add(value);
        }

        return ScriptFunctionCall.Call(this, caller, function, arguments);
    }

    internal void EnterCall(ScriptNode caller)
    {
        if (++_depth > RecursiveLimit && RecursiveLimit > 0)
        {
            _depth--;
            throw new ScriptRuntimeException(caller.Span, $"Exceeding number of recursive depth limit `{RecursiveLimit}` for node: `{caller}`");
        }

        EnsureStack(caller);
    }

    internal void ExitCall() => _depth--;

    /// <summary>Nesting that the limits allow may still be deeper than the stack of a small thread.</summary>
    internal static void EnsureStack(ScriptNode node)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new ScriptRuntimeException(node.Span, "The template is nested too deeply to be rendered");
        }
    }

    internal void EnterLoop(LoopState state)
    {
        if (_loops.Count == 0)
        {
            _steps = 0;
        }

        _loops.Push(state);
    }

    internal void ExitLoop() => _loops.Pop();

    /// <summary>Counts an iteration of a loop. Nested loops share the count, so that their product is bounded too.</summary>
    internal bool StepLoop(SourceSpan span)
    {
        CheckCancelled(span);
        if (++_steps > LoopLimit && LoopLimit > 0)
        {
            throw new ScriptRuntimeException(span, $"Exceeding number of iteration limit `{LoopLimit}` for loop statement.");
        }

        return true;
    }

    /// <summary>False if the loop ends after this iteration.</summary>
    internal bool ContinueLoop()
    {
        switch (Flow)
        {
            case FlowState.Continue:
                Flow = FlowState.None;
                return true;
            case FlowState.Break:
                Flow = FlowState.None;
                return false;
            case FlowState.Return:
                return false;
            default:
                return true;
        }
    }

    internal LoopState? FindLoop(string keyword)
    {
        foreach (var loop in _loops)
        {
            if (loop.Keyword == keyword)
            {
                return loop;
            }
        }

        return null;
    }

    /// <summary>Counts the items that a function walks: on their own outside loops, with the loop inside one.</summary>
    internal void CheckIterations(SourceSpan span, long count)
    {
        if (LoopLimit == 0 || count <= 0)
        {
            return;
        }

        CheckCancelled(span);
        var total = _loops.Count == 0 ? count : _steps + count;
        if (total > LoopLimit)
        {
            throw new ScriptRuntimeException(span, $"Exceeding number of iteration limit `{LoopLimit}` for internal iteration.");
        }

        if (_loops.Count > 0)
        {
            _steps = (int)total;
        }
    }

    internal void StepIteration(SourceSpan span) => CheckIterations(span, _loops.Count == 0 ? 0 : 1);

    internal void CheckLength(SourceSpan span, long length)
    {
        if (LimitToString > 0 && length > LimitToString)
        {
            throw new ScriptRuntimeException(span, $"The resulting string length exceeds the configured LimitToString `{LimitToString}`.");
        }
    }

    internal void CheckCancelled(SourceSpan span)
    {
        if (CancellationToken.IsCancellationRequested)
        {
            throw new ScriptRuntimeException(span, "The operation was cancelled");
        }
    }

    internal void Write(SourceSpan span, object value)
    {
        var text = value as string ?? ValueText.ToText(this, span, value);
        if (CurrentIndent is null)
        {
            WriteRaw(span, text);
            return;
        }

        for (var start = 0; start < text.Length;)
        {
            if (_lastWasNewLine)
            {
                Append(CurrentIndent);
                _lastWasNewLine = false;
            }

            var newLine = text.IndexOf('\n', start);
            if (newLine < 0)
            {
                Append(text.AsSpan(start));
                return;
            }

            Append(text.AsSpan(start, newLine + 1 - start));
            start = newLine + 1;
            _lastWasNewLine = true;
        }
    }

    internal void WriteRaw(SourceSpan span, string text)
    {
        if (text.Length > 0)
        {
            Append(text);
            _lastWasNewLine = text[^1] == '\n';
        }
    }

    private void Append(ReadOnlySpan<char> text)
    {
        if (_outputCut)
        {
            return;
        }

        if (LimitToString > 0 && _output.Length + text.Length > LimitToString)
        {
            _output.Append(text[..Math.Max(0, LimitToString - _output.Length)]).Append("...");
            _outputCut = true;
            return;
        }

        _output.Append(text);
    }
}
