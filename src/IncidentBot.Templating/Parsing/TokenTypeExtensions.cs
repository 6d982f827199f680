namespace IncidentBot.Templating.Parsing;

internal static class TokenTypeExtensions
{
    /// <summary>What the reference library calls the kind of token, where a message names it.</summary>
    public static string ToLibraryName(this TokenType type) => type switch
    {
        TokenType.LocalIdentifier => "IdentifierSpecial",
        TokenType.HexInteger => "HexaInteger",
        TokenType.InterpolationBegin => "BeginInterpolatedString",
        TokenType.InterpolationMiddle => "CloseInterpolatedBrace",
        TokenType.InterpolationEnd => "CloseInterpolatedBrace",
        TokenType.At => "Arroba",
        TokenType.Not => "Exclamation",
        TokenType.Assign => "Equal",
        TokenType.AddAssign => "PlusEqual",
        TokenType.SubtractAssign => "MinusEqual",
        TokenType.MultiplyAssign => "AsteriskEqual",
        TokenType.DivideAssign => "DivideEqual",
        TokenType.DivideRoundAssign => "DoubleDivideEqual",
        TokenType.ModulusAssign => "PercentEqual",
        TokenType.Increment => "DoublePlus",
        TokenType.Decrement => "DoubleMinus",
        TokenType.Pipe => "VerticalBar",
        TokenType.Coalesce => "DoubleQuestion",
        TokenType.NotNullThen => "QuestionExclamation",
        TokenType.Or => "DoubleVerticalBar",
        TokenType.And => "DoubleAmp",
        TokenType.Equal => "DoubleEqual",
        TokenType.NotEqual => "ExclamationEqual",
        TokenType.LessOrEqual => "LessEqual",
        TokenType.GreaterOrEqual => "GreaterEqual",
        TokenType.Multiply => "Asterisk",
        TokenType.DivideRound => "DoubleDivide",
        TokenType.Modulus => "Percent",
        TokenType.ShiftLeft => "DoubleLessThan",
        TokenType.ShiftRight => "DoubleGreaterThan",
        TokenType.Range => "DoubleDot",
        TokenType.RangeExclusive => "DoubleDotLess",
        _ => type.ToString(),
    };
}
