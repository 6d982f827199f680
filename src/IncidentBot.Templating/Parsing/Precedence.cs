using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Parsing;

/// <summary>How tightly operators bind, loosest first; a pipe and <c>?:</c> bind loosest of all.</summary>
internal static class Precedence
{
    public const int Argument = 1;
    public const int Or = 30;
    public const int Unary = 100;

    public static (BinaryOperator Operator, int Precedence)? Of(TokenType type) => type switch
    {
        TokenType.DoubleQuestion => (BinaryOperator.NullCoalesce, 20),
        TokenType.QuestionExclamation => (BinaryOperator.NotNullCoalesce, 20),
        TokenType.DoubleVerticalBar => (BinaryOperator.Or, Or),
        TokenType.DoubleAmp => (BinaryOperator.And, 40),
        TokenType.DoubleEqual => (BinaryOperator.Equal, 50),
        TokenType.ExclamationEqual => (BinaryOperator.NotEqual, 50),
        TokenType.Less => (BinaryOperator.Less, 60),
        TokenType.LessEqual => (BinaryOperator.LessOrEqual, 60),
        TokenType.Greater => (BinaryOperator.Greater, 60),
        TokenType.GreaterEqual => (BinaryOperator.GreaterOrEqual, 60),
        TokenType.Plus => (BinaryOperator.Add, 70),
        TokenType.Minus => (BinaryOperator.Subtract, 70),
        TokenType.Asterisk => (BinaryOperator.Multiply, 80),
        TokenType.Divide => (BinaryOperator.Divide, 80),
        TokenType.DoubleDivide => (BinaryOperator.DivideRound, 80),
        TokenType.Percent => (BinaryOperator.Modulus, 80),
        TokenType.DoubleLess => (BinaryOperator.ShiftLeft, 80),
        TokenType.DoubleGreater => (BinaryOperator.ShiftRight, 80),
        TokenType.DoubleDot => (BinaryOperator.RangeInclude, 90),
        TokenType.DoubleDotLess => (BinaryOperator.RangeExclude, 90),
        _ => null,
    };

    public static BinaryOperator? Compound(TokenType type) => type switch
    {
        TokenType.PlusEqual => BinaryOperator.Add,
        TokenType.MinusEqual => BinaryOperator.Subtract,
        TokenType.AsteriskEqual => BinaryOperator.Multiply,
        TokenType.DivideEqual => BinaryOperator.Divide,
        TokenType.DoubleDivideEqual => BinaryOperator.DivideRound,
        TokenType.PercentEqual => BinaryOperator.Modulus,
        _ => null,
    };
}
