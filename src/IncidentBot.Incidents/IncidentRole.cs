namespace IncidentBot.Incidents;

public enum IncidentRole
{
    Commander,
    Comms,
    Scribe,
}

public static class IncidentRoles
{
    public static string ToText(this IncidentRole role) => role switch
    {
        IncidentRole.Commander => "commander",
        IncidentRole.Comms => "comms",
        IncidentRole.Scribe => "scribe",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, null),
    };
}

/// <summary>Who holds a role and since when; an earlier holder's row keeps its <see cref="EndedAt"/>.</summary>
public sealed class RoleAssignment
{
    private RoleAssignment()
    {
    }

    internal RoleAssignment(Incident incident, IncidentRole role, Person holder, DateTimeOffset now)
    {
        IncidentNumber = incident.Number;
        Role = role;
        Holder = holder;
        AssignedAt = now;
    }

    public long Id { get; private set; }

    public int IncidentNumber { get; private set; }

    public IncidentRole Role { get; private set; }

    public Person Holder { get; private set; } = null!;

    public DateTimeOffset AssignedAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public void End(DateTimeOffset now) => EndedAt = now;
}
