using IncidentBot.Incidents.Commands.Values;

namespace IncidentBot.Incidents.Commands;

/// <summary>What reading a command needs besides its words.</summary>
/// <param name="FindPerson">Turns a name into a person of the platform; null when the platform does not know it.</param>
public sealed record CommandReading(CommandClock Clock, string Platform, Func<string, Person?> FindPerson);

/// <summary>
/// One row of <see cref="CommandTable"/>: it drives reading, help, completion and "did you mean".
/// </summary>
/// <param name="Group"><c>incident</c> or <c>timeline</c>, the slash command.</param>
/// <param name="Usage">What follows the name: <c>[at TIME] &lt;text&gt;</c>.</param>
/// <param name="Read">From the text after the name to the command, or why not.</param>
public sealed record CommandDefinition(
    string Group,
    string Name,
    IReadOnlyList<string> Aliases,
    string Usage,
    string Summary,
    string Example,
    Func<ArgumentReader, CommandReading, Outcome<Command>> Read)
{
    /// <summary><c>/timeline note [at TIME] &lt;text&gt;</c>.</summary>
    public string Syntax => Usage.Length == 0 ? $"/{Group} {Name}" : $"/{Group} {Name} {Usage}";

    public IEnumerable<string> Names => Aliases.Prepend(Name);
}
