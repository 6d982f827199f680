namespace IncidentBot.Templating.Runtime;

internal static class TimeOperation
{
    public static bool TryEvaluate(BinaryOperator op, object a, object b, out object? result)
    {
        try
        {
            result = (op, a, b) switch
            {
                (BinaryOperator.Subtract, DateTime x, DateTime y) => x - y,
                (BinaryOperator.Subtract, DateTime x, TimeSpan y) => x - y,
                (BinaryOperator.Add, DateTime x, TimeSpan y) => x + y,
                (BinaryOperator.Add, TimeSpan x, TimeSpan y) => x + y,
                (BinaryOperator.Subtract, TimeSpan x, TimeSpan y) => x - y,
                (_, DateTime x, DateTime y) => Arithmetic.Ordered(op, x.CompareTo(y)),
                (_, TimeSpan x, TimeSpan y) => Arithmetic.Ordered(op, x.CompareTo(y)),
                (BinaryOperator.Equal, _, _) => Boxed.False,
                (BinaryOperator.NotEqual, _, _) => Boxed.True,
                _ => null,
            };
        }
        catch (Exception outOfRange) when (outOfRange is ArgumentOutOfRangeException or OverflowException)
        {
            result = null;
        }

        return result is not null;
    }
}
