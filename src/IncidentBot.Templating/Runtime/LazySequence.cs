using System.Collections;

namespace IncidentBot.Templating.Runtime;

/// <summary>A list that is worked out while it is read, such as the result of <c>array.filter</c>.</summary>
internal sealed class LazySequence(IEnumerable<object?> items) : IEnumerable<object?>
{
    public IEnumerator<object?> GetEnumerator() => items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
