using System.Diagnostics.CodeAnalysis;
using IncidentBot.Templating.Parsing;
using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating.Runtime;

/// <summary>The evaluated arguments of a call, with the nodes they came from for the places of errors.</summary>
internal sealed class CallArguments(int capacity)
{
    public static readonly CallArguments Empty = new(0);
    private object?[] _values = capacity == 0 ? [] : new object?[capacity];
    private ScriptNode?[] _nodes = capacity == 0 ? [] : new ScriptNode?[capacity];
    private List<(string Name, object? Value, ScriptNode Node)>? _named;

    public int Count { get; private set; }

    public int NamedCount => _named?.Count ?? 0;

    public IEnumerable<(string Name, object? Value, ScriptNode Node)> Named => _named ?? [];

    /// <summary>The block of a wrap statement.</summary>
    public ScriptBlock? Block { get; init; }

    public object? this[int index] => _values[index];

    public SourceSpan SpanOf(int index, SourceSpan otherwise) => index < Count && _nodes[index] is { } node ? node.Span : otherwise;

    public void Add(object? value, ScriptNode? node = null)
    {
        if (Count == _values.Length)
        {
            Array.Resize(ref _values, Math.Max(4, Count * 2));
            Array.Resize(ref _nodes, Math.Max(4, Count * 2));
        }

        _values[Count] = value;
        _nodes[Count++] = node;
    }

    public void AddNamed(string name, object? value, ScriptNode node) => (_named ??= []).Add((name, value, node));

    public bool TryGetNamed(string name, out object? value) => TryGetNamed(name, out value, out _);

    public bool TryGetNamed(string name, out object? value, [NotNullWhen(true)] out ScriptNode? node)
    {
        foreach (var argument in Named)
        {
            if (argument.Name == name)
            {
                (value, node) = (argument.Value, argument.Node);
                return true;
            }
        }

        (value, node) = (null, null);
        return false;
    }

    /// <summary>The value of <c>$</c>: the arguments in order, and the named ones as members.</summary>
    public ScriptArray ToScriptArray()
    {
        var result = new ScriptArray(Count);
        for (var i = 0; i < Count; i++)
        {
            result.Add(_values[i]);
        }

        foreach (var (name, value, _) in Named)
        {
            result.TrySetMember(name, value);
        }

        return result;
    }
}
