using System.Globalization;
using IncidentBot.Incidents.ActionItems;
using IncidentBot.Incidents.Commands.Values;
using IncidentBot.Incidents.Declaring;
using IncidentBot.Incidents.Escalations;
using IncidentBot.Incidents.Overview;
using IncidentBot.Incidents.Resolving;
using IncidentBot.Incidents.Responding;
using IncidentBot.Incidents.Timeline;

namespace IncidentBot.Incidents.Commands;

/// <summary>How the text after a command's name becomes its record; a refusal says what is wrong, the parser adds usage and example.</summary>
internal static class CommandSyntax
{
    private static readonly Dictionary<string, IncidentStatus> Statuses = new(StringComparer.OrdinalIgnoreCase)
    {
        ["investigating"] = IncidentStatus.Investigating,
        ["identified"] = IncidentStatus.Identified,
        ["monitoring"] = IncidentStatus.Monitoring,
    };

    private static readonly Dictionary<string, IncidentRole> Roles = new(StringComparer.OrdinalIgnoreCase)
    {
        ["commander"] = IncidentRole.Commander,
        ["lead"] = IncidentRole.Commander,
        ["comms"] = IncidentRole.Comms,
        ["scribe"] = IncidentRole.Scribe,
    };

    private static readonly Dictionary<string, DetectionSource> Sources = new(StringComparer.OrdinalIgnoreCase)
    {
        ["monitoring"] = DetectionSource.Monitoring,
        ["engineer"] = DetectionSource.Engineer,
        ["customer"] = DetectionSource.Customer,
        ["other"] = DetectionSource.Other,
    };

    private static readonly Dictionary<string, AnswerKind> Nones = new(StringComparer.OrdinalIgnoreCase)
    {
        ["misleading"] = AnswerKind.NoMisleadingPaths,
        ["escalations"] = AnswerKind.NoEscalations,
    };

    private static readonly Dictionary<string, AnswerKind> Waivers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["cause"] = AnswerKind.WaivedRootCause,
        ["fix"] = AnswerKind.WaivedFix,
        ["impact"] = AnswerKind.WaivedImpact,
        ["tasks"] = AnswerKind.WaivedTasks,
        ["root-cause"] = AnswerKind.WaivedRootCause,
        ["resolution"] = AnswerKind.WaivedFix,
        ["task"] = AnswerKind.WaivedTasks,
        ["action-items"] = AnswerKind.WaivedTasks,
    };

    private static readonly Dictionary<string, IncidentFilter> Filters = new(StringComparer.OrdinalIgnoreCase)
    {
        ["open"] = IncidentFilter.Open,
        ["resolved"] = IncidentFilter.Resolved,
        ["all"] = IncidentFilter.All,
    };

    public static Outcome<Command> Start(ArgumentReader reader, CommandReading reading)
    {
        const OptionNames accepted = OptionNames.Service | OptionNames.At | OptionNames.Private | OptionNames.Drill;
        if (!CommandOptions.TryTake(reader, accepted, reading.Clock.Now, reading.Clock.Zone, out var options, out var refusal))
            return refusal;
        Severity? severity = null;
        if (reader.PeekWord() is { } word && SeverityWord.LooksLikeOne(word))
        {
            severity = SeverityWord.Read(word);
            if (severity is null)
                return SeverityWord.Refuse(word);
            reader.TryTakeWord(out _);
        }
        var title = TypedText.Unquote(reader.TakeRest());
        if (title.Length == 0)
            return new OpenDeclareForm(severity, options.Services, options.Drill);
        return new StartIncident(severity, title, options.Services, options.At, options.Private, options.Drill);
    }

    public static Outcome<Command> Detected(ArgumentReader reader, CommandReading reading) =>
        Detection(reader, reading.Clock).Succeeded(out var detection, out var refusal) ? detection : refusal;

    public static Outcome<RecordDetection> Detection(ArgumentReader reader, CommandClock clock)
    {
        if (!TryTakeAt(reader, clock, out var at, out var refusal))
            return refusal!;
        DetectionSource? source = null;
        var start = reader.Position;
        if (reader.TryTakeKeyword("by") && reader.TryTakeWord(out var word))
        {
            var name = word.TrimEnd(':', ',');
            if (Sources.TryGetValue(name, out var known))
                source = known;
            else if (DidYouMean.Suggest(name, Sources.Keys) is [var meant, ..])
                return Unknown(name, "source", Sources.Keys, meant);
            else
                reader.ReturnTo(start);
        }
        // The time may also stand behind the source.
        if (at is null && !TryTakeAt(reader, clock, out at, out refusal))
            return refusal!;
        var how = reader.TakeRest();
        return how.Length == 0 && source is null ? Missing("text: how it was noticed") : new RecordDetection(at, source, how);
    }

    public static Outcome<Command> Impact(ArgumentReader reader, CommandReading reading)
    {
        const OptionNames accepted = OptionNames.Service | OptionNames.Users;
        if (!CommandOptions.TryTake(reader, accepted, reading.Clock.Now, reading.Clock.Zone, out var options, out var refusal))
            return refusal;
        var experience = reader.TakeRest();
        if (experience.Length == 0 && options is { Services.Count: 0, Users: null })
            return Missing("text: what users experience");
        return new RecordImpact(options.Services, options.Users, experience);
    }

    public static Outcome<Command> Status(ArgumentReader reader, CommandReading reading)
    {
        if (reader.PeekWord()?.ToUpperInvariant() is "RESOLVED" or "CLOSED" or "FIXED" or "DONE")
            return new Refusal($"\"{reader.PeekWord()}\" is no status: an outage is ended with /incident resolve [how]. {Accepted(Statuses.Keys)}");
        return Choose(reader, "status", Statuses, out var status) is { } refusal ? refusal : new ChangeStatus(status, reader.TakeRest());
    }

    public static Outcome<Command> Severity(ArgumentReader reader, CommandReading reading)
    {
        if (!reader.TryTakeWord(out var word))
            return Missing("severity");
        // sev 1 is two words.
        if (word.Equals("sev", StringComparison.OrdinalIgnoreCase) && reader.TryTakeWord(out var digit))
            word += digit;
        if (word is [>= '1' and <= '4'])
            word = "sev" + word;
        return SeverityWord.Read(word) is { } severity ? new ChangeSeverity(severity, reader.TakeRest()) : SeverityWord.Refuse(word);
    }

    public static Outcome<Command> Role(ArgumentReader reader, CommandReading reading)
    {
        if (Choose(reader, "role", Roles, out var role) is { } refusal)
            return refusal;
        if (!PersonReference.TryRead(reader, out var person, out var fault))
            return fault;
        return new AssignRole(role, reading.FindPerson(person.Name) ?? new Person(reading.Platform, person.Name, person.Name));
    }

    public static Outcome<Command> Update(ArgumentReader reader, CommandReading reading) =>
        RequireText(reader, text => new PostUpdate(text));

    public static Outcome<Command> Escalate(ArgumentReader reader, CommandReading reading)
    {
        if (!PersonReference.TryRead(reader, out var target, out var refusal))
            return refusal;
        var person = target.IsMention ? reading.FindPerson(target.Name) : null;
        return new Escalate(person?.Name ?? target.Name, person, reader.TakeRest());
    }

    public static Func<ArgumentReader, CommandReading, Outcome<Command>> AnswerEscalation(bool isAcknowledged) => (reader, _) =>
    {
        int? number = null;
        if (reader.PeekWord() is { } word && TryNumber(word, out var read))
        {
            number = read;
            reader.TryTakeWord(out var _);
        }
        return new AnswerEscalation(isAcknowledged, number, reader.TakeRest());
    };

    public static Outcome<Command> Snooze(ArgumentReader reader, CommandReading reading)
    {
        var longest = TimeSpan.FromDays(1);
        const string accepted = "Use a duration of at most a day, such as 20m or 1h30m, or off to end a snooze.";
        var typed = reader.Rest;
        if (typed.Length == 0)
            return new Refusal($"For how long? {accepted}");
        if (typed.Equals("off", StringComparison.OrdinalIgnoreCase))
            return new EndSnooze();
        return DurationExpression.TryRead(typed, out var length) && length > TimeSpan.Zero && length <= longest
            ? new SnoozeReminders(length)
            : new Refusal($"\"{typed}\" is no time to snooze for. {accepted}");
    }

    public static Outcome<Command> Started(ArgumentReader reader, CommandReading reading)
    {
        reader.TryTakeKeyword("at");
        if (!TimeExpression.TryReadRequired(reader, reading.Clock.Now, reading.Clock.Zone, out var at, out var refusal))
            return refusal!;
        return reader.AtEnd ? new CorrectStart(at) : new Refusal($"\"{reader.Rest}\" is more than a time. {TimeExpression.Accepted}");
    }

    public static Outcome<Command> Resolve(ArgumentReader reader, CommandReading reading) => new ResolveIncident(reader.TakeRest());

    public static Outcome<Command> Reopen(ArgumentReader reader, CommandReading reading) => new ReopenIncident(reader.TakeRest());

    public static Outcome<Command> Cancel(ArgumentReader reader, CommandReading reading) => new CancelIncident(reader.TakeRest());

    public static Func<ArgumentReader, CommandReading, Outcome<Command>> Answer(AnswerKind kind) =>
        (reader, _) => RequireText(reader, text => new GiveAnswer(kind, text));

    public static Outcome<Command> Task(ArgumentReader reader, CommandReading reading)
    {
        var text = reader.TakeRest();
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var verb = words is [var first, ..] ? first.ToUpperInvariant() : "";
        switch (words)
        {
            case [_] when verb == "LIST":
                return new ListActionItems();
            case [_] when verb is "DONE" or "DUE" or "OWNER" or "NOT-MINE":
                return Missing("number of the task");
            case [_, var which] when verb is "DONE" or "NOT-MINE":
                return !TryNumber(which, out var number) ? NoNumber(which, "task") : verb == "DONE" ? new CompleteActionItem(number) : new DisownActionItem(number);
            // A task may begin with these words: only a number behind them makes them verbs.
            case [_, var which, ..] when verb is "DUE" or "OWNER" && TryNumber(which, out var about):
                return ChangeTask(verb == "DUE", about, text, reading);
        }
        return TaskArguments.TryParse(text, reading.Clock.Now, reading.Clock.Zone, out var task, out var refusal)
            ? Task(task, reading.FindPerson)
            : refusal;
    }

    /// <param name="text"><c>due 3 friday</c> or <c>owner 3 @li</c>.</param>
    private static Outcome<Command> ChangeTask(bool isDate, int number, string text, CommandReading reading)
    {
        var rest = new ArgumentReader(text);
        rest.TryTakeWord(out _);
        rest.TryTakeWord(out _);
        if (isDate)
        {
            if (DateExpression.TryRead(rest, reading.Clock.Now, reading.Clock.Zone, out var due, out var fault) && rest.AtEnd)
                return new RescheduleActionItem(number, due);
            return fault ?? new Refusal(rest.AtEnd ? $"The date is missing. {DateExpression.Accepted}" : $"\"{rest.Rest}\" is not a date. {DateExpression.Accepted}");
        }
        if (!PersonReference.TryRead(rest, out var owner, out var refusal))
            return refusal;
        var person = reading.FindPerson(owner.Name);
        return new AssignActionItem(number, person?.Name ?? owner.Name, person?.Id);
    }

    public static AddActionItem Task(TaskArguments task, Func<string, Person?> findPerson)
    {
        var owner = task.Owner is null ? null : findPerson(task.Owner.Name);
        return new AddActionItem(task.Text, owner?.Name ?? task.Owner?.Name, task.Due, owner?.Id);
    }

    public static Outcome<Command> None(ArgumentReader reader, CommandReading reading) =>
        Choose(reader, "kind of nothing", Nones, out var kind) is { } refusal ? refusal : new GiveAnswer(kind, "");

    public static Outcome<Command> Waive(ArgumentReader reader, CommandReading reading)
    {
        // As the bot itself names the parts: "the root cause".
        reader.TryTakeKeyword("the");
        reader.TryTakeKeyword("root");
        if (Choose(reader, "part", Waivers, out var part) is { } refusal)
            return refusal;
        var reason = reader.TakeRest();
        return reason.Length == 0 ? Missing("reason") : new WaivePart(part, reason);
    }

    public static Outcome<Command> Due(ArgumentReader reader, CommandReading reading)
    {
        if (reader.AtEnd)
            return new Refusal($"The date is missing. {DateExpression.Accepted}");
        if (!DateExpression.TryRead(reader, reading.Clock.Now, reading.Clock.Zone, out var due, out var fault))
            return fault ?? DateExpression.Refuse(reader.Rest);
        return reader.AtEnd ? new MovePostmortemDate(due) : new Refusal($"\"{reader.Rest}\" is more than a date. {DateExpression.Accepted}");
    }

    public static Outcome<Command> List(ArgumentReader reader, CommandReading reading)
    {
        if (reader.AtEnd)
            return new ListIncidents(IncidentFilter.Open);
        return Choose(reader, "list", Filters, out var filter) is { } refusal ? refusal : new ListIncidents(filter);
    }

    public static Outcome<Command> Show(ArgumentReader reader, CommandReading reading)
    {
        if (!reader.TryTakeWord(out var word))
            return new ShowIncident(null);
        return IncidentKey.TryRead(word, out var number) ? new ShowIncident(number) : new Refusal($"\"{word}\" names no incident. Write it as INC-7.");
    }

    public static Func<ArgumentReader, CommandReading, Outcome<Command>> Entry(EntryKind kind) =>
        (reader, reading) => Entry(kind, defaultAt: null)(reader, reading.Clock);

    public static Func<ArgumentReader, CommandClock, Outcome<Command>> Entry(EntryKind kind, DateTimeOffset? defaultAt) => (reader, clock) =>
    {
        if (!TryTakeAt(reader, clock, out var at, out var refusal))
            return refusal!;
        return RequireText(reader, text => new AddTimelineEntry(kind, at ?? defaultAt, text));
    };

    public static Outcome<Command> ShowTimeline(ArgumentReader reader, CommandReading reading) => new ShowTimeline();

    public static Outcome<Command> Edit(ArgumentReader reader, CommandReading reading) =>
        TakeNumber(reader, out var number) is { } refusal ? refusal : RequireText(reader, text => new EditEntry(number, text));

    public static Outcome<Command> Move(ArgumentReader reader, CommandReading reading)
    {
        if (TakeNumber(reader, out var number) is { } fault)
            return fault;
        return Started(reader, reading).Succeeded(out var moved, out var refusal) ? new MoveEntry(number, ((CorrectStart)moved).At) : refusal;
    }

    public static Outcome<Command> Kind(ArgumentReader reader, CommandReading reading)
    {
        if (TakeNumber(reader, out var number) is { } fault)
            return fault;
        return Choose(reader, "kind", CommandTable.EntryKindNames, out var kind) is { } refusal ? refusal : new ChangeEntryKind(number, kind);
    }

    public static Outcome<Command> Remove(ArgumentReader reader, CommandReading reading) =>
        TakeNumber(reader, out var number) is { } refusal ? refusal : new RemoveEntry(number);

    public static Outcome<Command> Help(ArgumentReader reader, CommandReading reading) => new ShowHelp(reader.TakeRest());

    private static bool TryTakeAt(ArgumentReader reader, CommandClock clock, out DateTimeOffset? at, out Refusal? refusal)
    {
        at = TimeExpression.TryReadAfterAt(reader, clock.Now, clock.Zone, out var instant, out refusal) ? instant : null;
        return refusal is null;
    }

    private static Outcome<Command> RequireText(ArgumentReader reader, Func<string, Command> create)
    {
        var text = reader.TakeRest();
        return text.Length == 0 ? Missing("text") : create(text);
    }

    private static Refusal? Choose<TValue>(ArgumentReader reader, string what, IReadOnlyDictionary<string, TValue> values, out TValue value)
        where TValue : struct
    {
        value = default;
        if (!reader.TryTakeWord(out var word))
            return new Refusal($"The {what} is missing. {Accepted(values.Keys)}");
        if (values.TryGetValue(word.TrimEnd(':', ','), out value))
            return null;
        return Unknown(word, what, values.Keys, DidYouMean.Suggest(word, values.Keys) is [var meant, ..] ? meant : null);
    }

    private static Refusal? TakeNumber(ArgumentReader reader, out int number)
    {
        number = 0;
        if (!reader.TryTakeWord(out var word))
            return Missing("number of the entry");
        return TryNumber(word, out number) ? null : NoNumber(word, "entry");
    }

    private static bool TryNumber(string word, out int number) =>
        int.TryParse(word.AsSpan(word.StartsWith('#') ? 1 : 0), NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0;

    private static Refusal NoNumber(string word, string of) => new($"\"{word}\" is not the number of {(of[0] == 'e' ? "an" : "a")} {of}. A whole number is accepted, for example 3 or #3.");

    private static Refusal Missing(string what) => new($"The {what} is missing.");

    private static Refusal Unknown(string word, string what, IEnumerable<string> accepted, string? meant) =>
        new($"\"{word}\" is no {what} that is known. {(meant is null ? "" : $"Did you mean {meant}? ")}{Accepted(accepted)}");

    private static string Accepted(IEnumerable<string> values) => $"Accepted: {string.Join(", ", values)}.";
}
