using System.Runtime.CompilerServices;
using IncidentBot.Templating.Runtime;
using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating;

/// <summary>The limits, and the counters that are held against them.</summary>
public sealed partial class TemplateContext
{
    private const int CallCost = 256;
    private int _loopDepth;
    private int _loopSteps;
    private int _recursion;
    private long _work;

    /// <summary>How long the regular expressions of this render have searched.</summary>
    internal TimeSpan RegexTimeSpent { get; set; }

    internal void CheckAbort()
    {
        if (CancellationToken.IsCancellationRequested)
            throw new ScriptAbortException(RootSpan, CancellationToken);
    }

    /// <summary>Counters are shared by nested loops and start anew after the outermost.</summary>
    internal void EnterLoop() => _loopDepth++;

    internal void ExitLoop()
    {
        if (--_loopDepth == 0) _loopSteps = 0;
    }

    internal void StepLoop(ScriptNode node)
    {
        if (++_loopSteps > LoopLimit && LoopLimit > 0)
            throw new ScriptRuntimeException(node.Span, $"Exceeding number of iteration limit `{LoopLimit}` for loop statement.");
        Charge(4, node);
        CheckAbort();
    }

    /// <summary>Counts rounds that a built-in or an operator takes.</summary>
    internal void StepInternal(ScriptNode node, int steps = 1)
    {
        if (LoopLimit > 0 && (steps > LoopLimit || (_loopSteps += steps) > LoopLimit))
        {
            throw new ScriptRuntimeException(
                node.OperatorSpan,
                $"Exceeding number of iteration limit `{LoopLimit}` for internal iteration.");
        }

        Charge(4L * steps, node);
        CheckAbort();
    }

    /// <summary>A list whose items count as rounds.</summary>
    internal IEnumerable<object?> Counted(ScriptNode node, IEnumerable<object?> items)
    {
        EnterLoop();
        try
        {
            foreach (var item in items)
            {
                StepInternal(node);
                yield return item;
            }
        }
        finally
        {
            ExitLoop();
        }
    }

    internal void EnterRecursive(ScriptNode node)
    {
        if (++_recursion > RecursiveLimit && RecursiveLimit > 0)
        {
            throw new ScriptRuntimeException(
                node.Span,
                $"Exceeding number of recursive depth limit `{RecursiveLimit}` for node: `{node}`");
        }
    }

    internal void ExitRecursive() => _recursion--;

    /// <summary>Guards the stack of the thread wherever evaluation goes deeper.</summary>
    internal static void EnsureStack(ScriptNode node)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new ScriptRuntimeException(node.Span, "The template is nested too deeply.");
    }

    internal void Charge(long work, ScriptNode? node)
    {
        _work += work;
        if (_work > WorkLimit && WorkLimit > 0) ThrowOverworked(node);
    }

    /// <summary>Writing a whole number in decimal takes about the square of its length: seconds for a million bits.</summary>
    internal void ChargeText(in System.Numerics.BigInteger number)
    {
        var bits = number.GetBitLength();
        Charge((bits >> 3) + (bits * bits >> 10), null);
    }

    /// <summary>Makes a list long enough for an index, if the limits allow it.</summary>
    internal void GrowArray(ScriptArray array, int index, ScriptNode node)
    {
        var missing = (long)index - array.Count + 1;
        if (missing <= 1) return;
        if (index >= Array.MaxLength)
            throw new ScriptRuntimeException(node.Span, $"The index `{index}` exceeds the maximum supported array length.");
        EnterLoop();
        StepInternal(node, (int)missing);
        ExitLoop();
    }

    private void ThrowOverworked(ScriptNode? node) =>
        throw new ScriptRuntimeException(
            node?.Span ?? RootSpan,
            $"The template needs more work than the limit of `{WorkLimit}` steps.");

    private void ResetLimits()
    {
        _loopDepth = 0;
        _loopSteps = 0;
        _recursion = 0;
        _work = 0;
        RegexTimeSpent = TimeSpan.Zero;
    }
}
