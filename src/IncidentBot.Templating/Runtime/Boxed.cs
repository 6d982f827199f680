namespace IncidentBot.Templating.Runtime;

/// <summary>Boxes of frequent values, so that counting does not allocate.</summary>
internal static class Boxed
{
    public static readonly object True = true;
    public static readonly object False = false;
    private static readonly object[] Ints = [.. Enumerable.Range(-1, 1026).Select(i => (object)i)];

    public static object Bool(bool value) => value ? True : False;

    public static object Int(int value) => (uint)(value + 1) < (uint)Ints.Length ? Ints[value + 1] : value;

    public static object Long(long value) => value == (int)value ? Int((int)value) : value;
}
