namespace IncidentBot.LocalChat.Store;

public sealed class PersonRow
{
    /// <summary>The name in lower case.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>IANA id.</summary>
    public required string ZoneId { get; init; }

    public Incidents.Person ToPerson() => new(LocalChatPlatform.PlatformName, Id, Name);
}
