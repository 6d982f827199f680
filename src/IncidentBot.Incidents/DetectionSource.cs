namespace IncidentBot.Incidents;

/// <summary>Who or what noticed the outage first.</summary>
public enum DetectionSource
{
    Monitoring,
    Engineer,
    Customer,
    Other,
}

public static class DetectionSources
{
    public static string ToText(this DetectionSource source) => source switch
    {
        DetectionSource.Monitoring => "monitoring",
        DetectionSource.Engineer => "an engineer",
        DetectionSource.Customer => "a customer",
        DetectionSource.Other => "another source",
        _ => throw new ArgumentOutOfRangeException(nameof(source), source, null),
    };
}
