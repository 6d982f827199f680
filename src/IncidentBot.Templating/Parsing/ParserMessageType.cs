namespace IncidentBot.Templating.Parsing;

/// <summary>How serious a message of the parser is.</summary>
public enum ParserMessageType
{
    /// <summary>The template cannot be rendered.</summary>
    Error,

    /// <summary>The template can be rendered, but may not do what its author meant.</summary>
    Warning,
}
