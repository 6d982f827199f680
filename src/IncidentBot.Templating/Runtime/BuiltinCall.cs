using IncidentBot.Templating.Parsing;
using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating.Runtime;

internal delegate object? BuiltinBody(in BuiltinCall call);

/// <summary>A call of a built-in whose arguments have been converted to what its parameters ask for.</summary>
internal readonly ref struct BuiltinCall(TemplateContext context, ScriptNode node, ReadOnlySpan<object?> bound)
{
    private readonly ReadOnlySpan<object?> _bound = bound;

    public TemplateContext Context { get; } = context;

    /// <summary>The call, for messages.</summary>
    public ScriptNode Node { get; } = node;

    public SourceSpan Span => Node.Span;

    public object? this[int index] => _bound[index];

    public string? Text(int index) => (string?)_bound[index];

    public int Int(int index) => (int)_bound[index]!;

    public int? NullableInt(int index) => (int?)_bound[index];

    public double Double(int index) => (double)_bound[index]!;

    public bool Bool(int index) => (bool)_bound[index]!;

    public DateTime Date(int index) => (DateTime)_bound[index]!;

    public IEnumerable<object?>? List(int index) => (IEnumerable<object?>?)_bound[index];

    /// <summary>A list whose items count as iterations of this call.</summary>
    public IEnumerable<object?> Counted(int index) => Context.Counted(Node, List(index) ?? []);

    /// <summary>The same for what looks at every character of the items.</summary>
    public IEnumerable<object?> Weighed(int index) => Weighed(Context, Node, Counted(index));

    public ScriptFunction? Function(int index) => _bound[index] as ScriptFunction;

    /// <summary>An error that is reported at the argument for a parameter.</summary>
    public static ArgumentException ArgumentError(string parameter, string message) => new(message, parameter);

    public ScriptRuntimeException Error(string message) => new(Node.Span, message);

    private static IEnumerable<object?> Weighed(TemplateContext context, ScriptNode node, IEnumerable<object?> items)
    {
        foreach (var item in items)
        {
            if (item is string text) context.Charge(text.Length, node);
            yield return item;
        }
    }
}
