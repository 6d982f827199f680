namespace IncidentBot.Tests.Reminders.Fortnight;

/// <summary>
/// When something happens that is meant for a time: then, or when the bot runs again. What is known of it is a span: a scheduler may be a
/// second ahead, and of several things that were due together when the bot was killed nobody outside knows which were done.
/// </summary>
/// <param name="At">Most likely.</param>
internal readonly record struct Moment(DateTimeOffset Earliest, DateTimeOffset At, DateTimeOffset Latest)
{
    public static Moment Of(DateTimeOffset at) => new(at, at, at);

    public static Moment operator +(Moment moment, TimeSpan later) => new(moment.Earliest + later, moment.At + later, moment.Latest + later);

    public static Moment Add(Moment left, TimeSpan right) => left + right;
}

/// <summary>Something that has to reach the far end once.</summary>
/// <param name="Room">Or the person.</param>
/// <param name="Due">When it was to be said.</param>
/// <param name="Earliest">Before that it was not committed.</param>
/// <param name="Latest">By then the outbox was empty.</param>
/// <param name="IsOptional">Whoever was to be told answered between the two, and then it may be kept back.</param>
internal sealed record Expected(PostKind Kind, string Room, int Incident, int Subject, Moment Due, DateTimeOffset Earliest, DateTimeOffset Latest, bool IsOptional)
{
    public override string ToString() =>
        $"{Kind} {Subject} of INC-{Incident} in {Room}, due {Due.At:MM-dd HH:mm:ss.fff}, from {Earliest:MM-dd HH:mm:ss.fff} to {Latest:MM-dd HH:mm:ss.fff}{(IsOptional ? ", perhaps" : "")}";
}

/// <summary>When the bot ran and when not, as whoever killed and started it knows.</summary>
internal sealed class Running(IReadOnlyList<BotLife> lives, IReadOnlyList<DateTimeOffset> quiet)
{
    /// <summary>A scheduler may be ahead by so much.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(1);

    /// <summary>Quartz works beside the simulation, whose clock goes on a little meanwhile.</summary>
    private static readonly TimeSpan Behind = TimeSpan.FromSeconds(5);

    /// <summary>When what is due at that time is looked at; null: not within the fortnight.</summary>
    public Moment? When(Moment due) =>
        When(due.Earliest) is { } earliest && When(due.At) is { } at && When(due.Latest) is { } latest
            ? new Moment(earliest.Earliest, at.At, latest.Latest)
            : null;

    /// <summary>When all that was committed at that time was sent.</summary>
    public DateTimeOffset SentBy(DateTimeOffset committed) => quiet.FirstOrDefault(q => q >= committed, DateTimeOffset.MaxValue);

    /// <summary>For how long nothing was looked at between the two.</summary>
    public TimeSpan DownBetween(DateTimeOffset from, DateTimeOffset to)
    {
        var up = TimeSpan.Zero;
        foreach (var life in lives.Where(l => l.HasFired))
        {
            var (start, end) = (life.StartedAt > from ? life.StartedAt : from, life.FiredUntil < to ? life.FiredUntil : to);
            up += end > start ? end - start : TimeSpan.Zero;
        }
        return to - from - up;
    }

    /// <summary>The last start before or at that time, of a life that came to anything.</summary>
    public DateTimeOffset LastStart(DateTimeOffset at) => lives.Last(l => l.HasFired && l.StartedAt <= at).StartedAt;

    public bool StartsBetween(DateTimeOffset from, DateTimeOffset to) => lives.Any(l => l.HasFired && l.StartedAt >= from && l.StartedAt <= to);

    private Moment? When(DateTimeOffset due)
    {
        foreach (var (i, life) in lives.Index())
        {
            if (!life.HasFired)
                continue;
            var at = due > life.StartedAt ? due : life.StartedAt;
            var earliest = at == life.StartedAt ? at : at - Ahead;
            if (life.FiredUntil >= due)
                return new Moment(earliest, at, life.HasQuartz ? at + Behind : at);
            if (life.FiredPartlyAt >= due)
                return new Moment(earliest, at, lives.Skip(i + 1).First(l => l.HasFired).StartedAt);
        }
        return null;
    }
}
