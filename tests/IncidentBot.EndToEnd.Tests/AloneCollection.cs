namespace IncidentBot.EndToEnd.Tests;

/// <summary>Tests that load the machine, or whose outcome depends on what else runs: one after the other, apart from the rest.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "Alone";
}
