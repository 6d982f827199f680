using System.Diagnostics;

namespace IncidentBot.Tests.Reminders.Fortnight;

/// <summary>
/// What had to be said exactly, worked out from what people did and when the bot ran, by the rules as they are written down for people:
/// calls of escalations, what they end with, what a postmortem lacks, tasks, and the digest. It shares no code with the bot.
/// </summary>
internal sealed class Oracle(IReadOnlyList<Done> done, Running running)
{
    private static readonly TimeOnly Morning = new(9, 0);

    private readonly ILookup<int, Done> _byIncident = done.ToLookup(d => d.Deed.Incident);
    private readonly List<Expected> _expected = [];

    /// <summary>Where an answer fell into the very second of what it answers, so that nobody can say what comes after: incident, whether a task, number.</summary>
    public HashSet<(int Incident, bool IsTask, int Number)> Unclear { get; } = [];

    /// <summary>The first calls of escalations and the repeated ones.</summary>
    public int Escalations { get; private set; }

    public List<Expected> Foretell()
    {
        foreach (var deeds in _byIncident.OrderBy(i => i.Key))
        {
            ForetellEscalations(deeds.Key, [.. deeds]);
            ForetellMissingParts(deeds.Key, [.. deeds]);
            foreach (var task in deeds.Where(d => d.Kind == DeedKind.Task))
                ForetellTask(deeds.Key, task, [.. deeds]);
        }
        ForetellDigests();
        return _expected;
    }

    private void ForetellEscalations(int incident, List<Done> deeds)
    {
        var number = 0;
        var isOncallPaged = false;
        foreach (var deed in deeds)
        {
            if (deed.Kind == DeedKind.Escalate)
                ForetellEscalation(incident, ++number, deed.Deed.Whom!, deed, deeds);
            else if (deed.Kind is DeedKind.Start or DeedKind.Severity && deed.Deed.Number == 1 && !isOncallPaged)
                ForetellEscalation(incident, ++number, Cast.Oncall, deed, deeds);
            else
                continue;
            isOncallPaged |= deed.Kind != DeedKind.Escalate || deed.Deed.Whom == Cast.Oncall;
        }
    }

    /// <summary>
    /// Asked at once, again after each wait, then the next level, then the next round, then the asker hears that nobody answered. Who is
    /// asked and declines hands on to the next level at once and is left out from then on, or, where there is none, leaves it to the others who were asked; an acknowledgement or the end of the outage ends it.
    /// </summary>
    private void ForetellEscalation(int incident, int number, string target, Done asked, List<Done> deeds)
    {
        Escalations++;
        var policy = Cast.PolicyOf(target);
        var events = deeds.Where(d => d.Sequence > asked.Sequence && (EndsOutage(d) || (d.Kind is DeedKind.Acknowledge or DeedKind.Decline && d.Deed.Number == number))).ToList();
        // Who was called, and for which of the calls.
        var (declined, called) = (new HashSet<string>(), new Dictionary<string, int>());
        var (seen, calls) = (0, 0);
        var (level, round, times) = (0, 1, 1);
        var (isLeftOut, isCalled) = (false, false);
        var call = Moment.Of(asked.At);
        var due = call;
        while (true)
        {
            if (!isLeftOut && !isCalled)
                Call(call, due);
            isCalled = true;
            var nextDue = call + policy.Levels[level].Wait;
            // What was left out as too old is handed back to the asker; somebody who declines still hands on.
            var next = isLeftOut ? null : running.When(nextDue);
            var answer = events.FirstOrDefault(e => e.Sequence > seen && e.At > call.Latest);
            if (answer is not null && (next is null || answer.At <= next.Value.Latest))
            {
                if (next is { } about && answer.At >= about.Earliest)
                {
                    Unclear.Add((incident, false, number));
                    return;
                }
                if (answer.Kind != DeedKind.Decline)
                    return;
                seen = answer.Sequence;
                var isAsked = called.TryGetValue(answer.By, out var asking);
                if (isAsked)
                    declined.Add(answer.By);
                // Who is asked no more does not keep those from their time who are asked now.
                if (isAsked && asking != calls)
                    continue;
                var isNamedOnly = isAsked && policy.Levels[level].Targets.Any(t => Cast.PeopleOf(t).Length == 0);
                var before = (level, round, times);
                if (NextLevel() && (round == before.round || !(isNamedOnly || called.Any(c => c.Value == calls && !declined.Contains(c.Key)))))
                {
                    call = due = Moment.Of(answer.At);
                    isLeftOut = isCalled = false;
                    continue;
                }
                // Others who were called may still answer, and are asked again at its time.
                if (!isNamedOnly && called.Keys.All(declined.Contains))
                    return;
                (level, round, times) = before;
                continue;
            }
            if (next is null)
                return;
            if (next.Value.At - nextDue.At > Cast.StaleAfter)
            {
                Expect(PostKind.LeftOut, Room(incident), next.Value, nextDue);
                Expect(PostKind.NobodyAnswered, Room(incident), next.Value, nextDue);
                (call, isLeftOut) = (next.Value, true);
                continue;
            }
            if (times <= policy.Levels[level].Repeats && Asked().Length > 0)
            {
                times++;
            }
            else if (!NextLevel())
            {
                Expect(PostKind.NobodyAnswered, Room(incident), next.Value, nextDue);
                return;
            }
            (call, due, isCalled) = (next.Value, nextDue, false);
        }

        // A group is asked as long as one of its members has not declined.
        string[] Asked() => [.. policy.Levels[level].Targets.Where(t => Cast.PeopleOf(t) is not { Length: > 0 } people || people.Except(declined).Any())];

        bool NextLevel()
        {
            do
            {
                (level, round) = level + 1 < policy.Levels.Length ? (level + 1, round) : (0, round + 1);
                times = 1;
                if (round > policy.Rounds)
                    return false;
            }
            while (Asked().Length == 0);
            return true;
        }

        void Call(Moment at, Moment dueAt)
        {
            calls++;
            Expect(PostKind.RoomCall, Room(incident), at, dueAt);
            foreach (var person in Asked().SelectMany(Cast.PeopleOf).Distinct().Except(declined))
            {
                Expect(PostKind.Call, person, at, dueAt);
                called[person] = calls;
            }
        }

        void Expect(PostKind kind, string room, Moment at, Moment dueAt)
        {
            var latest = running.SentBy(at.Latest);
            _expected.Add(new Expected(kind, room, incident, number, dueAt, at.Earliest, latest, events.Exists(e => e.At > at.Earliest && e.At <= latest)));
        }
    }

    /// <summary>After a resolution: an hour later, the next working morning that is more than two hours later, and then weekly and on the morning of the fifth working day, as long as something is missing.</summary>
    private void ForetellMissingParts(int incident, List<Done> deeds)
    {
        foreach (var resolved in deeds.Where(d => d.Kind == DeedKind.Resolve))
        {
            var replaced = deeds.Find(d => d.Sequence > resolved.Sequence && d.Kind == DeedKind.Resolve);
            var reopened = deeds.Find(d => d.Sequence > resolved.Sequence && d.Kind == DeedKind.Reopen);
            var dueMorning = MorningOf(WorkingDaysLater(Day(resolved.At), 5));
            var due = Moment.Of(resolved.At + TimeSpan.FromHours(1));
            for (var nth = 1; running.When(due) is { } said; nth++)
            {
                // One that comes due while it is open again is the last one; one that waits is replaced by the next resolution.
                if (replaced?.At <= said.Latest || reopened?.At <= said.Latest || !Lacks(deeds, said.Earliest))
                    break;
                var latest = running.SentBy(said.Latest);
                _expected.Add(new Expected(PostKind.MissingParts, Room(incident), incident, 0, due, said.Earliest, latest, !Lacks(deeds, latest) || reopened?.At <= latest));
                var week = WorkingMorningFrom(Day(said.At).AddDays(7));
                due = Moment.Of(nth == 1 ? WorkingMorningAfter(said.At + TimeSpan.FromHours(2)) : dueMorning > said.At && dueMorning < week ? dueMorning : week);
            }
        }
    }

    /// <summary>Two days before it is due and on the day, in the working morning then or before; weekly from then on; all of it anew when its date or owner changes.</summary>
    private void ForetellTask(int incident, Done added, List<Done> deeds)
    {
        var number = added.Deed.Number;
        var changes = deeds.Where(d => d.Sequence > added.Sequence && d.Deed.Number == number && d.Kind is DeedKind.TaskDone or DeedKind.TaskDue or DeedKind.TaskOwner or DeedKind.TaskNotMine).ToList();
        var (owner, day) = (added.Deed.Whom, added.Deed.Due);
        var due = FirstAfter(added.At) ?? (day is null ? Weekly(added.At) : WorkingMorningAfter(added.At));
        while (true)
        {
            var change = changes.FirstOrDefault();
            var said = running.When(Moment.Of(due));
            if (change is not null && (said is null || change.At <= said.Value.Latest))
            {
                if (said is { } about && change.At >= about.Earliest)
                {
                    Unclear.Add((incident, true, number));
                    return;
                }
                changes.RemoveAt(0);
                if (change.Kind == DeedKind.TaskDone)
                    return;
                if (change.Kind == DeedKind.TaskDue)
                    day = change.Deed.Due;
                else
                    owner = change.Deed.Whom;
                due = FirstAfter(change.At) ?? (day is null ? Weekly(change.At) : WorkingMorningAfter(change.At));
                continue;
            }
            if (said is null)
                return;
            var latest = running.SentBy(said.Value.Latest);
            _expected.Add(new Expected(PostKind.Task, owner is not null && Cast.IsKnown(owner) ? owner : Room(incident), incident, number, Moment.Of(due), said.Value.Earliest, latest, change?.At <= latest));
            due = FirstAfter(said.Value.At) ?? Weekly(said.Value.At);
        }

        DateTimeOffset? FirstAfter(DateTimeOffset at) => day is null ? null
            : new[] { day.Value.AddDays(-2), day.Value }.Select(d => (DateTimeOffset?)MorningOf(OrWorkingDayBefore(d))).FirstOrDefault(m => m > at);

        static DateTimeOffset Weekly(DateTimeOffset at) => WorkingMorningFrom(Day(at).AddDays(7));
    }

    private void ForetellDigests()
    {
        for (var monday = Day(Simulation.From); MorningOf(monday) < Simulation.Until; monday = monday.AddDays(7))
        {
            if (running.When(Moment.Of(MorningOf(monday))) is not { } said)
                continue;
            var latest = running.SentBy(said.Latest);
            if (_byIncident.Any(i => IsToldOf([.. i], said.Earliest)))
                _expected.Add(new Expected(PostKind.Digest, Cast.Announcements, 0, 0, Moment.Of(MorningOf(monday)), said.Earliest, latest, IsOptional: false));
        }

        static bool IsToldOf(List<Done> deeds, DateTimeOffset at)
        {
            if (deeds[0].At > at || deeds[0].Deed.IsPrivate)
                return false;
            var state = deeds.Last(d => d.At <= at && d.Kind is DeedKind.Start or DeedKind.Resolve or DeedKind.Reopen or DeedKind.Cancel).Kind;
            return state is DeedKind.Start or DeedKind.Reopen || (state == DeedKind.Resolve && Lacks(deeds, at));
        }
    }

    private static string Room(int incident) => $"inc-{incident}";

    private static bool EndsOutage(Done deed) => deed.Kind is DeedKind.Resolve or DeedKind.Cancel;

    /// <summary>Whether the postmortem lacks a root cause, a fix, the impact or any task.</summary>
    private static bool Lacks(List<Done> deeds, DateTimeOffset at)
    {
        var known = deeds.Where(d => d.At <= at).ToList();
        return !known.Exists(d => d.Kind == DeedKind.Cause) || !known.Exists(d => d.Kind == DeedKind.Fix) || !known.Exists(d => d.Kind == DeedKind.Task)
            || !known.Exists(d => d is { Kind: DeedKind.Impact, Deed.IsComplete: true });
    }

    private static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Cast.Zone).DateTime);

    private static bool IsWorkingDay(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    private static DateOnly OrWorkingDayBefore(DateOnly day) => IsWorkingDay(day) ? day : OrWorkingDayBefore(day.AddDays(-1));

    private static DateOnly OrWorkingDayAfter(DateOnly day) => IsWorkingDay(day) ? day : OrWorkingDayAfter(day.AddDays(1));

    private static DateOnly WorkingDaysLater(DateOnly day, int days) => days == 0 ? day : WorkingDaysLater(OrWorkingDayAfter(day.AddDays(1)), days - 1);

    /// <summary>No clock of this zone changes at nine.</summary>
    private static DateTimeOffset MorningOf(DateOnly day)
    {
        var local = day.ToDateTime(Morning);
        Debug.Assert(!Cast.Zone.IsInvalidTime(local) && !Cast.Zone.IsAmbiguousTime(local), "It does.");
        return new DateTimeOffset(local, Cast.Zone.GetUtcOffset(local)).ToUniversalTime();
    }

    private static DateTimeOffset WorkingMorningFrom(DateOnly day) => MorningOf(OrWorkingDayAfter(day));

    private static DateTimeOffset WorkingMorningAfter(DateTimeOffset at) => WorkingMorningFrom(Day(at)) is var morning && morning > at ? morning : WorkingMorningFrom(Day(at).AddDays(1));
}
