namespace IncidentBot.Templating.Runtime;

internal enum FlowState
{
    None,
    Break,
    Continue,
    Return,
}
