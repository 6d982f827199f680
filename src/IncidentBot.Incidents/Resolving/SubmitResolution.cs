using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Commands.Values;
using IncidentBot.Incidents.Responding;
using IncidentBot.Incidents.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.Incidents.Resolving;

/// <summary>
/// The answers of <see cref="ResolutionForm"/>: each filled in input is the command that it stands for, carried out in one
/// transaction; an empty one says nothing.
/// </summary>
/// <param name="Mentions">The people behind the <c>@name</c>s that the platform knows, by name.</param>
public sealed record SubmitResolution(IReadOnlyDictionary<string, string> Values, IReadOnlyDictionary<string, Person> Mentions) : Command
{
    internal override async Task<CommandAnswer> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var faults = new Dictionary<string, string>();
        var commands = Read(context, faults).ToList();
        if (faults.Count > 0)
            return Invalid(faults);
        if (Text("resolution") is { Length: > 0 } resolution && !await SetResolutionAsync(context, resolution, cancellationToken))
            faults["resolution"] = $"{context.Incident.Key} is open again; resolve it with /incident resolve <how>.";
        foreach (var (input, command) in commands)
        {
            // Rows of the earlier answers must be seen by the later ones.
            await context.Db.SaveChangesAsync(cancellationToken);
            if (await command.ExecuteAsync(context, cancellationToken) is { IsRefused: true } refused)
                faults[input] = refused.Message.ToPlainText();
        }
        if (faults.Count > 0)
            return Invalid(faults);
        var count = commands.Count + (Text("resolution").Length > 0 ? 1 : 0);
        return context.Answer(count == 0
            ? $"Nothing was filled in. /incident {context.Incident.Key} postmortem brings the form back."
            : $"Thank you: {count} answer{(count == 1 ? "" : "s")} for {context.Incident.Key} recorded. The draft in the room follows.");
    }

    private static CommandAnswer Invalid(Dictionary<string, string> faults) =>
        CommandAnswer.Refused("Nothing was recorded yet: " + string.Join(" ", faults.Values)) with { FieldErrors = faults };

    private static async Task<bool> SetResolutionAsync(CommandContext context, string text, CancellationToken cancellationToken)
    {
        var number = await context.Db.Entries
            .Where(e => e.IncidentNumber == context.Incident.Number && e.Kind == EntryKind.Resolved && !e.IsRemoved)
            .MaxAsync(e => (int?)e.Number, cancellationToken);
        if (number is null || context.Incident.IsOpen)
            return false;
        await new EditEntry(number.Value, text).ExecuteAsync(context, cancellationToken);
        return true;
    }

    private IEnumerable<(string Input, Command Command)> Read(CommandContext context, Dictionary<string, string> faults)
    {
        if (Text("cause") is { Length: > 0 } cause)
            yield return ("cause", new GiveAnswer(AnswerKind.RootCause, cause));
        if (Text("fix") is { Length: > 0 } fix)
            yield return ("fix", new GiveAnswer(AnswerKind.Fix, fix));
        if (Text("detected") is { Length: > 0 } detected)
        {
            var parsed = CommandSyntax.Detection(new ArgumentReader(detected), new CommandClock(context.Now, context.Zone));
            if (!parsed.Succeeded(out var detection, out var refusal))
                faults["detected"] = refusal.Reason;
            else if (detection.At is null)
                faults["detected"] = "Say when, for example: at 14:05 by monitoring error-rate alert fired";
            else
                yield return ("detected", detection);
        }
        if (ReadImpact(faults) is { } impact)
            yield return ("experience", impact);
        if (Text("misleading") is { Length: > 0 } misleading)
        {
            if (misleading.TrimEnd('.').Equals("none", StringComparison.OrdinalIgnoreCase))
                yield return ("misleading", new GiveAnswer(AnswerKind.NoMisleadingPaths, ""));
            else
            {
                foreach (var line in Lines(misleading))
                {
                    // Where no time is given it happened at the latest by the end.
                    if (CommandSyntax.Entry(EntryKind.Misleading, context.Incident.ResolvedAt)(new ArgumentReader(line), new CommandClock(context.Now, context.Zone)).Succeeded(out var path, out var refusal))
                        yield return ("misleading", path);
                    else
                        faults["misleading"] = refusal.Reason;
                }
            }
        }
        if (Text("escalations") == "none")
            yield return ("escalations", new GiveAnswer(AnswerKind.NoEscalations, ""));
        foreach (var line in Lines(Text("improvements")))
            yield return ("improvements", new GiveAnswer(AnswerKind.Improvement, line));
        foreach (var line in Lines(Text("tasks")))
        {
            if (TaskArguments.TryParse(line, context.Now, context.Zone, out var task, out var refusal))
                yield return ("tasks", CommandSyntax.Task(task, Mentions.GetValueOrDefault));
            else
                faults["tasks"] = refusal.Reason;
        }
    }

    private RecordImpact? ReadImpact(Dictionary<string, string> faults)
    {
        decimal? percent = null;
        var users = new ArgumentReader(Text("users"));
        if (!users.AtEnd)
        {
            if (!Percentage.TryRead(users, out var read, out var refusal))
                faults["users"] = refusal!.Reason;
            else if (!users.AtEnd)
                faults["users"] = $"\"{users.Rest}\" is more than a percentage. What users experienced has a field of its own.";
            percent = read;
        }
        var services = Text("services").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return percent is null && services.Length == 0 && Text("experience").Length == 0
            ? null
            : new RecordImpact(services, percent, Text("experience"));
    }

    private string Text(string input) => Values.GetValueOrDefault(input, "").Trim();

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
