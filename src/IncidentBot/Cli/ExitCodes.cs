namespace IncidentBot.Cli;

internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>It could not start, or a check failed.</summary>
    public const int Failure = 1;

    /// <summary>What was given cannot be read or parsed.</summary>
    public const int Usage = 2;

    /// <summary>A required part is missing, a template failed while it ran, or its check found something to mend.</summary>
    public const int Incomplete = 3;
}
