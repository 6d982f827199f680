using System.Diagnostics.CodeAnalysis;
using IncidentBot.Incidents.Commands.Values;

namespace IncidentBot.Incidents.Commands;

/// <param name="IncidentNumber">The incident that the text names, null when the place has to tell.</param>
public sealed record ParsedCommand(int? IncidentNumber, Command Command);

/// <summary>Text to command, or a refusal that says what is wrong, what is accepted, and gives an example. No clock, no store.</summary>
public static class CommandParser
{
    /// <summary>Whether the text is for the bot: it begins with <c>/incident</c> or <c>/timeline</c>.</summary>
    public static bool IsCommand(string text) => TryTakeGroup(new ArgumentReader(text), out _);

    /// <summary>The slash command of a text; <c>incident</c> where it has none.</summary>
    internal static string GroupOf(string text) => TryTakeGroup(new ArgumentReader(text), out var group) ? group : CommandTable.Incident;

    public static Outcome<ParsedCommand> Parse(string text, CommandReading reading)
    {
        var reader = new ArgumentReader(text);
        if (!TryTakeGroup(reader, out var group))
        {
            var meant = DidYouMean.Suggest(text.TrimStart('/', ' ').Split(' ', '\n')[0], [CommandTable.Incident, CommandTable.Timeline]);
            return new Refusal($"{(meant is [var group0, ..] ? $"Did you mean /{group0}? " : "")}A command begins with /incident or /timeline. /incident help lists them all.");
        }
        int? incident = null;
        if (reader.PeekWord() is { } word && IncidentKey.TryRead(word, out var number))
        {
            incident = number;
            reader.TryTakeWord(out _);
        }
        if (!reader.TryTakeWord(out var name))
            return new ParsedCommand(incident, incident is null ? new ShowHelp(group == CommandTable.Timeline ? group : "") : new Overview.ShowIncident(incident));
        if (CommandTable.Find(group, name) is not { } definition)
            return Unknown(group, name, reader.Rest);
        if (!definition.Read(new ArgumentReader(reader.Rest), reading).Succeeded(out var command, out var refusal))
            return new Refusal($"{refusal.Reason}\nUsage: {definition.Syntax}\nExample: {definition.Example}");
        return new ParsedCommand(command.NamedIncident ?? incident, command);
    }

    private static bool TryTakeGroup(ArgumentReader reader, [NotNullWhen(true)] out string? group)
    {
        group = null;
        if (reader.TryTakeWord(out var word) && word.StartsWith('/'))
        {
            group = word[1..].ToUpperInvariant() switch
            {
                "INCIDENT" => CommandTable.Incident,
                "TIMELINE" => CommandTable.Timeline,
                _ => null,
            };
        }
        return group is not null;
    }

    private static Refusal Unknown(string group, string name, string rest)
    {
        var own = CommandTable.All.Where(d => d.Group == group).SelectMany(d => d.Names);
        var other = CommandTable.All.Where(d => d.Group != group).SelectMany(d => d.Names.Select(n => (d.Group, Name: n))).ToList();
        string hint;
        if (other.Find(o => o.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { Name: not null } elsewhere)
            hint = $"Did you mean /{elsewhere.Group} {elsewhere.Name}?";
        else if (DidYouMean.Suggest(name, own) is [var meant, ..])
            hint = $"Did you mean /{group} {meant}?";
        else if (group == CommandTable.Timeline && rest.Length > 0)
            hint = $"To record it as a note: /timeline note {name} {rest}";
        else
            hint = $"Known are: {string.Join(", ", CommandTable.All.Where(d => d.Group == group).Select(d => d.Name))}.";
        return new Refusal($"\"{name}\" is no /{group} command. {hint}\n/{group} help explains them all.");
    }
}
