using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Commands.Values;

namespace IncidentBot.Incidents.ActionItems;

/// <summary>Asks for a new date of a task.</summary>
public static class RescheduleForm
{
    public const string Id = "task-date";

    private const string Due = "due";

    public static ChatForm Build(Incident incident, ActionItem task) => new(
        new FormReference(Id, incident.Number, Number: task.Number),
        $"Task {task.Number} of {incident.Key}",
        "Save",
        task.Text,
        [new DateInput(Due, "When will it be done?", task.Due is { } due ? $"So far: {ZonedTime.FormatDate(due)}." : "", IsRequired: true)]);

    public static (Command? Command, IReadOnlyDictionary<string, string> Faults) Read(int number, IReadOnlyDictionary<string, string> values, CommandClock clock)
    {
        var reader = new ArgumentReader(values.GetValueOrDefault(Due, ""));
        if (DateExpression.TryRead(reader, clock.Now, clock.Zone, out var date, out var refusal) && reader.AtEnd)
            return (new RescheduleActionItem(number, date), new Dictionary<string, string>());
        return (null, new Dictionary<string, string> { [Due] = refusal?.Reason ?? DateExpression.Accepted });
    }
}
