namespace IncidentBot.Incidents.Store;

/// <summary>What a platform's adapter has to know after a restart; the domain does not read it.</summary>
public sealed class PlatformState(string platform, string key, string value)
{
    public string Platform { get; private set; } = platform;

    public string Key { get; private set; } = key;

    /// <summary>JSON of the adapter's own shape.</summary>
    public string Value { get; set; } = value;
}
