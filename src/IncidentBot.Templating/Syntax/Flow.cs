namespace IncidentBot.Templating.Syntax;

/// <summary>How a statement ended. A value instead of an exception: loops end with <c>break</c> far too often to throw.</summary>
internal enum Flow
{
    Next,
    Break,
    Continue,
    Return,
}
