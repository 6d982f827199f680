using System.Collections;

namespace IncidentBot.Templating.Runtime;

/// <summary>The values of <c>1..5</c>, made when they are read. Ranges are bounded by the loop limit where they are made.</summary>
internal sealed class ScriptRange : IList
{
    public static readonly ScriptRange Empty = new(0, 0, 0);
    private readonly long _first;
    private readonly bool _down;

    public ScriptRange(long first, long last) : this(first, last, (int)(Math.Abs(last - first) + 1))
    {
    }

    private ScriptRange(long first, long last, int count) => (_first, _down, Count) = (first, last < first, count);

    public int Count { get; }

    public object? At(int index) => (uint)index < (uint)Count ? Boxed.Long(_down ? _first - index : _first + index) : null;

    public object? this[int index]
    {
        get => At(index);
        set => throw new NotSupportedException();
    }

    public bool IsFixedSize => true;

    public bool IsReadOnly => true;

    public bool IsSynchronized => false;

    public object SyncRoot => this;

    public IEnumerator GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return At(i);
        }
    }

    public int IndexOf(object? value)
    {
        for (var i = 0; i < Count; i++)
        {
            if (Equals(At(i), value))
            {
                return i;
            }
        }

        return -1;
    }

    public bool Contains(object? value) => IndexOf(value) >= 0;

    public void CopyTo(Array array, int index)
    {
        foreach (var item in this)
        {
            array.SetValue(item, index++);
        }
    }

    public int Add(object? value) => throw new NotSupportedException();

    public void Clear() => throw new NotSupportedException();

    public void Insert(int index, object? value) => throw new NotSupportedException();

    public void Remove(object? value) => throw new NotSupportedException();

    public void RemoveAt(int index) => throw new NotSupportedException();
}
