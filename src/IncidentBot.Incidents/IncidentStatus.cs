namespace IncidentBot.Incidents;

public enum IncidentStatus
{
    Investigating,
    Identified,
    Monitoring,
    Resolved,
    Cancelled,
}

public static class IncidentStatuses
{
    public static string ToText(this IncidentStatus status) => status switch
    {
        IncidentStatus.Investigating => "investigating",
        IncidentStatus.Identified => "identified",
        IncidentStatus.Monitoring => "monitoring",
        IncidentStatus.Resolved => "resolved",
        IncidentStatus.Cancelled => "cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    public static bool IsOpen(this IncidentStatus status) =>
        status is not (IncidentStatus.Resolved or IncidentStatus.Cancelled);
}
