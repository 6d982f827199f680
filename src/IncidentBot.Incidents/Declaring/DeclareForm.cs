using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Commands.Values;

namespace IncidentBot.Incidents.Declaring;

/// <summary>The form that <c>/incident start</c> without a title opens.</summary>
public static class DeclareForm
{
    public const string Id = "declare";

    public static ChatForm Build(Severity? severity = null, IReadOnlyList<string>? services = null, bool isDrill = false) => new(
        new FormReference(Id, null),
        "Declare an incident",
        "Declare",
        null,
        [
            new TextInput("title", "What is wrong?", "In a few words, as users see it.", IsRequired: true),
            new ChoiceInput(
                "severity",
                "Severity",
                [
                    new ChatOption("sev1", "sev1 - critical: most users cannot work"),
                    new ChatOption("sev2", "sev2 - major: a main function fails"),
                    new ChatOption("sev3", "sev3 - minor: some users are hindered"),
                    new ChatOption("sev4", "sev4 - low: hardly anybody notices"),
                ],
                IsRequired: true,
                Value: (severity ?? StartIncident.DefaultSeverity).ToText()),
            new TextInput("services", "Services", "Names, separated by commas.", Value: string.Join(", ", services ?? [])),
            new TextInput("at", "When did it begin?", "For example 14:05, 10m ago or yesterday 23:50. Empty: now."),
            new ChoiceInput("kind", "Kind", [new ChatOption("real", "A real incident"), new ChatOption("drill", "A drill")], Value: isDrill ? "drill" : "real"),
        ]);

    /// <summary>The command that the values stand for, or the faults by input name.</summary>
    public static (Command? Command, IReadOnlyDictionary<string, string> Faults) Read(
        IReadOnlyDictionary<string, string> values, DateTimeOffset now, TimeZoneInfo zone)
    {
        var faults = new Dictionary<string, string>();
        var title = values.GetValueOrDefault("title", "").Trim();
        if (title.Length == 0)
            faults["title"] = "Say in a few words what is wrong.";
        if (SeverityWord.Read(values.GetValueOrDefault("severity", "")) is not { } severity)
        {
            faults["severity"] = "Choose sev1, sev2, sev3 or sev4.";
            severity = StartIncident.DefaultSeverity;
        }
        DateTimeOffset? at = null;
        var time = new ArgumentReader(values.GetValueOrDefault("at", ""));
        if (!time.AtEnd)
        {
            if (!TimeExpression.TryReadRequired(time, now, zone, out var read, out var refusal))
                faults["at"] = refusal!.Reason;
            else if (!time.AtEnd)
                faults["at"] = $"\"{time.Rest}\" is more than a time. {TimeExpression.Accepted}";
            at = read;
        }
        var services = values.GetValueOrDefault("services", "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var command = new StartIncident(severity, title, services, at, IsPrivate: false, IsDrill: values.GetValueOrDefault("kind") == "drill");
        return faults.Count == 0 ? (command, faults) : (null, faults);
    }
}

/// <summary>Opens <see cref="DeclareForm"/> with what was said already.</summary>
public sealed record OpenDeclareForm(Severity? Severity, IReadOnlyList<string> Services, bool IsDrill) : Command
{
    internal override bool IsAboutIncident => false;

    internal override bool OnlyReads => true;

    internal override Task<CommandAnswer> ExecuteAsync(CommandContext context, CancellationToken cancellationToken) =>
        Task.FromResult(context.Capabilities.HasFlag(ChatCapabilities.Forms)
            ? new CommandAnswer(ChatMessage.Of("Fill in the form to declare an incident."), Form: DeclareForm.Build(Severity, Services, IsDrill))
            : CommandAnswer.Refused("The title is missing. Example: /incident start sev2 Checkout answers 500 --service checkout"));
}
