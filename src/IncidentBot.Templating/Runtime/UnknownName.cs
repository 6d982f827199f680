using IncidentBot.Templating.Parsing;

namespace IncidentBot.Templating.Runtime;

/// <summary>A variable or member that a template read although nothing has it, so that it counted as null: often it is misspelt.</summary>
/// <param name="Span">The name in the template.</param>
/// <param name="Owner">The value that has no such member; null for a variable.</param>
/// <param name="OwnerText">How the template writes that value; empty for a variable.</param>
public readonly record struct UnknownName(SourceSpan Span, string Name, object? Owner, string OwnerText);
