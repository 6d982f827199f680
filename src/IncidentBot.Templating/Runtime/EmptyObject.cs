namespace IncidentBot.Templating.Runtime;

/// <summary>The value <c>empty</c>: equal to any list or object without content, and printed as nothing.</summary>
internal sealed class EmptyObject
{
    private EmptyObject()
    {
    }

    public static EmptyObject Instance { get; } = new();

    public override string ToString() => string.Empty;
}
