namespace IncidentBot.Templating.Runtime;

/// <summary>Where an <c>array.cycle</c> stands.</summary>
internal sealed class ScriptArrayCycle
{
    public int Next { get; set; }
}
