namespace IncidentBot.Cli;

internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>It could not start, or a check failed.</summary>
    public const int Failure = 1;

    /// <summary>What was given cannot be read.</summary>
    public const int Usage = 2;

    /// <summary>A required part is missing, or a template failed while it ran.</summary>
    public const int Incomplete = 3;
}
