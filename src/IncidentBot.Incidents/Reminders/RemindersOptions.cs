using System.ComponentModel.DataAnnotations;
using IncidentBot.Incidents.Commands.Values;

namespace IncidentBot.Incidents.Reminders;

/// <summary>Section <c>Reminders</c>: what people are reminded of, and when. A duration of 0 is never.</summary>
public sealed class RemindersOptions : IValidatableObject
{
    public const string Section = "Reminders";

    private const string Longest = "30.00:00:00";
    private const string UpToLongest = "{0} must be from 0 (never) to 30 days.";

    /// <summary>After how long without a status update one of a sev1 is asked for. Default: 30 minutes.</summary>
    [Range(typeof(TimeSpan), "0", Longest, ErrorMessage = UpToLongest)]
    public TimeSpan UpdateSev1 { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Default: 1 hour.</summary>
    [Range(typeof(TimeSpan), "0", Longest, ErrorMessage = UpToLongest)]
    public TimeSpan UpdateSev2 { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Default: 4 hours.</summary>
    [Range(typeof(TimeSpan), "0", Longest, ErrorMessage = UpToLongest)]
    public TimeSpan UpdateSev3 { get; set; } = TimeSpan.FromHours(4);

    /// <summary>Default: never.</summary>
    [Range(typeof(TimeSpan), "0", Longest, ErrorMessage = UpToLongest)]
    public TimeSpan UpdateSev4 { get; set; } = TimeSpan.Zero;

    /// <summary>How long after it was declared it is asked how the incident was detected. Default: 10 minutes.</summary>
    [Range(typeof(TimeSpan), "0", Longest, ErrorMessage = UpToLongest)]
    public TimeSpan DetectionAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long after it was declared an incident without a commander asks for one. Default: 15 minutes.</summary>
    [Range(typeof(TimeSpan), "0", Longest, ErrorMessage = UpToLongest)]
    public TimeSpan CommanderAfter { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long after it was declared it is asked what the impact is. Default: 20 minutes.</summary>
    [Range(typeof(TimeSpan), "0", Longest, ErrorMessage = UpToLongest)]
    public TimeSpan ImpactAfter { get; set; } = TimeSpan.FromMinutes(20);

    /// <summary>After how long without an entry of the timeline it is asked how it stands. Default: 1 hour.</summary>
    [Range(typeof(TimeSpan), "0", Longest, ErrorMessage = UpToLongest)]
    public TimeSpan QuietAfter { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How many reminders an outage gets within an hour at most; escalations do not count. Default: 4.</summary>
    [Range(1, 60, ErrorMessage = "{0} must be from 1 to 60.")]
    public int MostPerHour { get; set; } = 4;

    /// <summary>How long after it was resolved what the postmortem still lacks is asked for. Default: 1 hour.</summary>
    [Range(typeof(TimeSpan), "0", Longest, ErrorMessage = UpToLongest)]
    public TimeSpan MissingAfter { get; set; } = TimeSpan.FromHours(1);

    /// <summary>When, on a working day, people are reminded of what is not urgent; in the incident's zone. Default: 09:00.</summary>
    public TimeOnly WorkingMorning { get; set; } = new(9, 0);

    /// <summary>Default: Monday to Friday.</summary>
    [MinLength(1, ErrorMessage = "{0} has no day. Use weekdays with commas between them, for example Mon,Tue,Wed,Thu,Fri.")]
    public HashSet<DayOfWeek> WorkingDays { get; set; } = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    /// <summary>How many working days after the end of an incident its postmortem is due. Default: 5.</summary>
    [Range(1, 60, ErrorMessage = "{0} must be from 1 to 60 working days.")]
    public int PostmortemDueDays { get; set; } = 5;

    /// <summary>How many days before it is due somebody is reminded of a task. Default: 2.</summary>
    [Range(0, 30, ErrorMessage = "{0} must be from 0 to 30 days.")]
    public int TaskDaysBefore { get; set; } = 2;

    /// <summary>The weekday of the digest; empty: there is none. Read it as <see cref="DigestOn"/>. Default: Monday.</summary>
    public string DigestDay { get; set; } = nameof(DayOfWeek.Monday);

    /// <summary>Reminders of the outage itself that are later than this, since the bot was not running, are dropped with a note. Default: 1 day.</summary>
    [Range(typeof(TimeSpan), "00:01:00", Longest, ErrorMessage = "{0} must be from 1m to 30 days, for example 1d.")]
    public TimeSpan StaleAfter { get; set; } = TimeSpan.FromDays(1);

    public WorkingCalendar Calendar => new(WorkingMorning, WorkingDays);

    public DayOfWeek? DigestOn => DateExpression.ReadWeekday(DigestDay.Trim());

    /// <summary>How long an incident of that severity may be without a status update; null: for ever.</summary>
    public TimeSpan? UpdateEvery(Severity severity)
    {
        var every = severity switch
        {
            Severity.Sev1 => UpdateSev1,
            Severity.Sev2 => UpdateSev2,
            Severity.Sev3 => UpdateSev3,
            _ => UpdateSev4,
        };
        return every > TimeSpan.Zero ? every : null;
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (DigestDay.Trim().Length > 0 && DigestOn is null)
            yield return new ValidationResult($"{validationContext.DisplayName}:{nameof(DigestDay)} is \"{DigestDay}\". Use a day of the week such as Mon or Monday, or leave it empty for no digest.");
    }
}
