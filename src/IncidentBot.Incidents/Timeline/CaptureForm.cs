using System.Globalization;
using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Commands.Values;

namespace IncidentBot.Incidents.Timeline;

/// <summary>The form that makes a timeline entry of a message.</summary>
public static class CaptureForm
{
    public const string Id = "capture";

    private static readonly EntryKind[] Kinds = [EntryKind.Note, EntryKind.Action, EntryKind.Hypothesis, EntryKind.Misleading];

    /// <param name="incident">The incident it is for.</param>
    /// <param name="text">What was said, to be edited.</param>
    /// <param name="zone">The zone of whoever fills it in.</param>
    public static ChatForm Build(Incident incident, CapturedMessage message, string text, TimeZoneInfo zone) => new(
        new FormReference(Id, incident.Number, message),
        "Add to timeline",
        "Add",
        RichText.Format($"{RichText.Bold(incident.Key)} {incident.Title}"),
        [
            new ChoiceInput(
                "kind",
                "Kind",
                [.. Kinds.Select(k => new ChatOption(k.ToText(), k == EntryKind.Note ? "Note" : k == EntryKind.Action ? "Action taken" : EntryText.Label(k)))],
                IsRequired: true,
                Value: EntryKind.Note.ToText()),
            new TextInput(
                "at",
                "When did it happen?",
                "For example 14:05, 10m ago or yesterday 23:50.",
                IsRequired: true,
                Value: Moment(message.SaidAt, zone)),
            new TextInput("text", "What happened?", IsRequired: true, Value: text, IsLong: true),
        ]);

    /// <summary>As TIME takes it, and with its zone, as the bot may know another one of the person when the form comes back.</summary>
    private static string Moment(DateTimeOffset at, TimeZoneInfo zone)
    {
        var local = new ArgumentReader(Write(zone, ZonedTime.IsUtc(zone) ? "UTC" : zone.Id));
        // UTC for the hour that a clock change repeats, and for a zone whose name is none of a TIME's.
        return TimeExpression.TryRead(local, at, zone, out _, out _) && local.AtEnd ? local.Text : Write(TimeZoneInfo.Utc, "UTC");

        string Write(TimeZoneInfo shown, string name) => string.Create(CultureInfo.InvariantCulture, $"{TimeZoneInfo.ConvertTime(at, shown):yyyy-MM-dd HH:mm} {name}");
    }

    /// <summary>The command that the values stand for, or the faults by input name.</summary>
    public static (Command? Command, IReadOnlyDictionary<string, string> Faults) Read(
        CapturedMessage message, IReadOnlyDictionary<string, string> values, DateTimeOffset now, TimeZoneInfo zone)
    {
        var faults = new Dictionary<string, string>();
        var kind = Array.Find(Kinds, k => k.ToText() == values.GetValueOrDefault("kind"));
        if (!kind.IsFreeText())
            faults["kind"] = "Choose a kind.";
        var text = values.GetValueOrDefault("text", "").Trim();
        if (text.Length == 0)
            faults["text"] = "Say what happened.";
        var time = new ArgumentReader(values.GetValueOrDefault("at", ""));
        if (!TimeExpression.TryReadRequired(time, now, zone, out var at, out var refusal))
            faults["at"] = refusal!.Reason;
        else if (!time.AtEnd)
            faults["at"] = $"\"{time.Rest}\" is more than a time. {TimeExpression.Accepted}";
        return faults.Count == 0 ? (new CaptureMessage(message, kind, at, text), faults) : (null, faults);
    }
}
