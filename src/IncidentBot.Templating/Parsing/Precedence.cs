namespace IncidentBot.Templating.Parsing;

/// <summary>How tightly the signs bind, from loose to tight.</summary>
internal enum Precedence
{
    Lowest,
    Coalesce,
    Or,
    And,
    Equality,
    Relation,
    Additive,
    Multiplicative,
    Range,
    Unary,
}
