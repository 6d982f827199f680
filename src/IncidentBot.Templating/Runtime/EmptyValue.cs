namespace IncidentBot.Templating.Runtime;

/// <summary>The global <c>empty</c>, equal to every empty array and object.</summary>
internal sealed class EmptyValue
{
    public static readonly EmptyValue Instance = new();

    public override string ToString() => "";
}
