namespace IncidentBot.Incidents.Resolving;

/// <summary>What people are asked for after the outage until it is there.</summary>
internal static class MissingParts
{
    /// <summary>In words: <c>the root cause</c>, <c>the tasks</c>; empty when nothing is missing.</summary>
    public static IReadOnlyList<string> Of(IncidentSnapshot snapshot)
    {
        var incident = snapshot.Incident;
        var missing = new List<string>();
        if (incident.RootCause is null)
            missing.Add("the root cause");
        if (incident.Fix is null)
            missing.Add("the fix");
        if (incident.Experience is null || incident.PercentOfUsers is null || incident.Services.Count == 0)
            missing.Add("the impact");
        if (snapshot.ActionItems.Count == 0)
            missing.Add("the tasks");
        return missing;
    }
}
