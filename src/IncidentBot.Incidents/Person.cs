namespace IncidentBot.Incidents;

/// <summary>
/// Somebody, as a chat platform knows them. <see cref="Id"/> is the platform's own id (kept verbatim),
/// <see cref="Name"/> the name without a leading <c>@</c>.
/// </summary>
public sealed record Person(string Platform, string Id, string Name)
{
    /// <summary>Whether both are the same account; the name may have changed in between.</summary>
    public bool IsSameAs(Person other) => Platform == other.Platform && Id == other.Id;

    public override string ToString() => "@" + Name;
}
