namespace IncidentBot.Incidents.Commands.Values;

/// <summary>The options that a command accepts.</summary>
[Flags]
public enum OptionNames
{
    None = 0,

    /// <summary><c>--service NAME</c>, any number of times.</summary>
    Service = 1,

    /// <summary><c>--users 30%</c>.</summary>
    Users = 2,

    /// <summary><c>--at TIME</c>.</summary>
    At = 4,

    /// <summary><c>--private</c>.</summary>
    Private = 8,

    /// <summary><c>--drill</c>.</summary>
    Drill = 16,
}
