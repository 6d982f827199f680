namespace IncidentBot.Incidents.Telemetry;

/// <summary>What became of a command, as the tag <c>outcome</c> says it.</summary>
internal static class CommandOutcome
{
    public const string Recorded = "recorded";
    public const string Refused = "refused";
    public const string Read = "read";

    /// <summary>The platform delivered it once more: it got the first answer and changed nothing.</summary>
    public const string Repeated = "repeated";

    public const string Failed = "failed";
}
