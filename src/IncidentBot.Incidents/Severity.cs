namespace IncidentBot.Incidents;

/// <summary>How bad it is; <see cref="Sev1"/> is the worst.</summary>
public enum Severity
{
    Sev1 = 1,
    Sev2 = 2,
    Sev3 = 3,
    Sev4 = 4,
}

public static class Severities
{
    public static string ToText(this Severity severity) => $"sev{(int)severity}";
}
