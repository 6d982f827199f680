namespace IncidentBot.Benchmarks;

/// <summary>What people write during an outage.</summary>
internal static class Notes
{
    public const string Text = "connection pool of checkout-7 is exhausted, 200 of 200 in use since the deploy";

    public const string Command = "/timeline note " + Text;

    /// <summary>As in a real incident, not all alike.</summary>
    public static string Varied(int number) => (number % 20) switch
    {
        3 => $"/timeline hypothesis release {number} leaks connections",
        7 => $"/timeline action restarted checkout-{number}, errors went down for a minute",
        11 => $"/timeline misleading looked at the load balancer {number}, it was fine",
        13 => $"/incident update {number}: we know the cause and roll back now",
        17 => $"/incident status identified step {number}",
        _ => $"/timeline note {Text}, reading {number}",
    };
}
