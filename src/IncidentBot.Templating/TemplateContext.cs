using System.Globalization;
using IncidentBot.Templating.Functions;
using IncidentBot.Templating.Runtime;
using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating;

/// <summary>Everything a render needs besides the template: variables, functions, limits. For one render at a time.</summary>
public sealed partial class TemplateContext
{
    private readonly List<ScriptObject> _globals = [];
    private readonly Stack<CultureInfo> _cultures = new();

    /// <summary>A context with the built-in functions and one empty object for the variables of the template.</summary>
    public TemplateContext()
    {
        BuiltinObject = new BuiltinObject();
        _globals.Add(new ScriptObject());
        Frame = new Frame(null, null, hidesCallers: false);
        Scopes = Frame;
    }

    /// <summary>The functions and objects of the language, below all other variables.</summary>
    public ScriptObject BuiltinObject { get; }

    /// <summary>Finds included templates; without it <c>include</c> is an error.</summary>
    public ITemplateLoader? TemplateLoader { get; set; }

    /// <summary>What <c>tablerow</c> ends a row with.</summary>
    public string NewLine { get; set; } = Environment.NewLine;

    /// <summary>How many rounds a loop, with all the loops inside it, may take. 0 for no limit.</summary>
    public int LoopLimit { get; set; } = 1000;

    /// <summary>How deep functions and includes may call one another. 0 for no limit but the stack.</summary>
    public int RecursiveLimit { get; set; } = 100;

    /// <summary>How deep lists and objects may be nested to be printed or compared. 0 for no limit but the stack.</summary>
    public int ObjectRecursionLimit { get; set; } = 20;

    /// <summary>
    /// How many characters a string, or the output, may have. A longer string is an error; longer output is cut and ends with
    /// <c>...</c>. 0 for no limit.
    /// </summary>
    public int LimitToString { get; set; } = 1_048_576;

    /// <summary>How long one regular expression may search, and all those of a render together. Zero for no limit.</summary>
    public TimeSpan RegexTimeOut { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How much work a render may do, in steps of about one statement, one character or the 256th part of a call. The
    /// reference library has no such limit, and two functions that call each other twice keep it busy for ever. 0 for no limit.
    /// </summary>
    public long WorkLimit { get; set; } = 1L << 27;

    /// <summary>Whether reading an unknown variable is an error.</summary>
    public bool StrictVariables { get; set; }

    /// <summary>Whether the lines of a value get the indent of the code that prints it.</summary>
    public bool AutoIndent { get; set; } = true;

    /// <summary>Whether reading an unknown member is null instead of an error.</summary>
    public bool EnableRelaxedMemberAccess { get; set; } = true;

    /// <summary>Told of each unknown variable and member that is read as null. A host may warn the author of the template.</summary>
    public Action<UnknownName>? UnknownNameRead { get; set; }

    /// <summary>Whether a member or an item of null is null instead of an error.</summary>
    public bool EnableRelaxedTargetAccess { get; set; }

    /// <summary>Whether calling an unknown function is null instead of an error.</summary>
    public bool EnableRelaxedFunctionAccess { get; set; }

    /// <summary>Whether an index outside of a list is null instead of an error.</summary>
    public bool EnableRelaxedIndexerAccess { get; set; } = true;

    /// <summary>Whether an item with the index null is null instead of an error.</summary>
    public bool EnableNullIndexer { get; set; }

    /// <summary>Ends the render with a <see cref="ScriptAbortException"/> when cancelled.</summary>
    public CancellationToken CancellationToken { get; set; }

    /// <summary>Where <c>date.now</c> reads the clock.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>The culture of numbers, dates and sorting: the invariant one unless another is pushed, whatever the thread has.</summary>
    public CultureInfo CurrentCulture => _cultures.TryPeek(out var culture) ? culture : CultureInfo.InvariantCulture;

    /// <summary>The object that new variables are written to.</summary>
    public ScriptObject CurrentGlobal => GlobalFrom(Scopes);

    /// <summary>The start of the template, for failures that no single place in it is to blame for.</summary>
    internal Parsing.SourceSpan RootSpan { get; private set; }

    internal TemplateOutput Output { get; private set; } = new(0);

    internal ArgumentStack Arguments { get; } = new();

    internal Scope? Scopes { get; private set; }

    internal Frame Frame { get; private set; }

    internal LoopState? Loop { get; set; }

    internal PipedValue Pipe { get; set; }

    internal object? ReturnValue { get; set; }

    /// <summary>Adds an object whose members are variables; its members hide those of objects pushed before.</summary>
    public void PushGlobal(ScriptObject scriptObject)
    {
        ArgumentNullException.ThrowIfNull(scriptObject);
        _globals.Add(scriptObject);
    }

    /// <summary>Takes away the object that was pushed last.</summary>
    /// <exception cref="InvalidOperationException">Only the object that the context was made with is left.</exception>
    public ScriptObject PopGlobal()
    {
        if (_globals.Count == 1) throw new InvalidOperationException("Unexpected PopGlobal() not matching a PushGlobal");
        var last = _globals[^1];
        _globals.RemoveAt(_globals.Count - 1);
        return last;
    }

    /// <summary>Makes a culture the current one.</summary>
    public void PushCulture(CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(culture);
        _cultures.Push(culture);
    }

    /// <summary>Goes back to the culture before the one that was pushed last.</summary>
    /// <exception cref="InvalidOperationException">No culture was pushed.</exception>
    public CultureInfo PopCulture() => _cultures.Pop();

    internal string Render(ScriptPage page)
    {
        Reset();
        RootSpan = page.Span with { Start = default };
        Output = new TemplateOutput(LimitToString);
        try
        {
            CheckAbort();
            Print(page);
            return Output.TakeText();
        }
        catch (InsufficientExecutionStackException e)
        {
            throw new ScriptRuntimeException(page.Span, "The template is nested too deeply.", e);
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Writes what a page prints; what <c>ret</c> gives outside of a function ends it and is printed too.</summary>
    internal void Print(ScriptPage page)
    {
        page.Execute(this);
        if (TakeReturnValue() is { } value) Write(value, null);
    }

    /// <summary>Writes a value as the template prints it.</summary>
    internal void Write(object value, string? indent)
    {
        if (value is string text)
        {
            if (indent is not null && AutoIndent) Output.AppendIndented(text, indent);
            else Output.Append(text);
            return;
        }

        ValueText.Write(this, Output, value);
    }

    internal TemplateOutput PushOutput()
    {
        var outer = Output;
        Output = new TemplateOutput(LimitToString);
        return outer;
    }

    internal string PopOutput(TemplateOutput outer)
    {
        var text = Output.TakeText();
        Output = outer;
        Charge(text.Length, null);
        return text;
    }

    internal object? TakeReturnValue()
    {
        var value = ReturnValue;
        ReturnValue = null;
        return value;
    }

    /// <summary>Calls a function without written arguments; a piped value may be waiting for it.</summary>
    internal object? Call(ScriptFunction function, ScriptNode node, BlockFunction? block = null)
    {
        var piped = Pipe;
        Pipe = default;
        var mark = Arguments.Top;
        var pipedCount = Arguments.PushPiped(this, piped);
        var call = new CallArguments(node, Arguments.From(mark), pipedCount, piped.From, [], block);
        var result = Invoke(function, in call);
        Arguments.Cut(mark);
        return result;
    }

    /// <summary>Calls a function that was handed to a built-in with the values the built-in has for it.</summary>
    internal object? CallBack(ScriptFunction function, ScriptNode node, params ReadOnlySpan<object?> values)
    {
        var outerPipe = Pipe;
        Pipe = default;
        var mark = Arguments.Top;
        foreach (var value in values) Arguments.Push(null, value);
        var call = new CallArguments(node, Arguments.From(mark), 0, null, [], null);
        var result = Invoke(function, in call);
        Arguments.Cut(mark);
        Pipe = outerPipe;
        return result;
    }

    internal object? Invoke(ScriptFunction function, in CallArguments call)
    {
        EnsureStack(call.Node);
        Charge(CallCost, call.Node);
        CheckAbort();
        var outerLoop = Loop;
        // "break" in a function must not leave the loop of its caller; its loop variables stay readable.
        var result = function.Invoke(this, in call);
        Loop = outerLoop;
        return result;
    }

    private void Reset()
    {
        Frame = new Frame(null, null, hidesCallers: false);
        Scopes = Frame;
        Loop = null;
        Pipe = default;
        ReturnValue = null;
        Arguments.Cut(0);
        ResetLimits();
    }
}
