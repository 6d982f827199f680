using System.Globalization;

namespace IncidentBot.Tests.Reminders.Fortnight;

/// <summary>What people mean to do in the fortnight, in the order of time. The incidents are numbered as they are declared.</summary>
internal static class Script
{
    public static List<Deed> Write(int seed, int incidents, DateTimeOffset from, DateTimeOffset until)
    {
        var random = new Random(seed);
        var starts = Enumerable.Range(0, incidents).Select(_ => from + (random.NextDouble() * (until - from - TimeSpan.FromHours(1)))).Order().ToList();
        return [.. starts.SelectMany((at, i) => Number(OfIncident(new Random(HashOf(seed, i)), i + 1, at, until))).OrderBy(d => d.PlannedAt)];
    }

    private static int HashOf(int seed, int i) => (seed * 7919) + (i * 104729);

    private static List<Deed> OfIncident(Random random, int incident, DateTimeOffset start, DateTimeOffset until)
    {
        var deeds = new List<Deed>();
        var severity = Pick(random, (1, .15), (2, .3), (3, .35), (4, .2));
        Add(start, DeedKind.Start, d => d with { Number = severity, IsDrill = Chance(.1), IsPrivate = Chance(.15), IsComplete = Chance(.5) });

        // From when to when it goes on.
        var open = new List<(DateTimeOffset From, DateTimeOffset To)>();
        var how = Pick(random, (DeedKind.Resolve, .78), (DeedKind.Cancel, .12), (DeedKind.Start, severity <= 2 ? .02 : .15));
        var longest = severity <= 2 ? 6 : 48;
        var end = how == DeedKind.Start ? until : start + Between(TimeSpan.FromMinutes(4), TimeSpan.FromHours(longest));
        open.Add((start, end));
        if (how != DeedKind.Start)
            Add(end, how);
        if (how == DeedKind.Resolve && Chance(.3))
        {
            var isSoon = Chance(.4);
            var reopened = end + Between(TimeSpan.FromSeconds(40), isSoon ? TimeSpan.FromMinutes(3) : TimeSpan.FromDays(2));
            var again = severity <= 2 || Chance(.85) ? reopened + Between(TimeSpan.FromMinutes(4), TimeSpan.FromHours(8)) : until;
            Add(reopened, DeedKind.Reopen);
            if (again < until)
                Add(again, Chance(.85) ? DeedKind.Resolve : DeedKind.Cancel);
            open.Add((reopened, again));
            // Somebody was asked just before it was taken for over.
            if (isSoon && end - start > TimeSpan.FromMinutes(3))
                Ask(end - Between(TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(2)), (start, end));
        }

        foreach (var period in open)
        {
            for (var n = Pick(random, (0, .3), (1, .4), (2, .2), (3, .1)); n > 0; n--)
                Ask(period.From + Between(TimeSpan.FromSeconds(20), period.To - period.From), period);
            for (var n = random.Next(3); n > 0; n--)
                Within(period, DeedKind.Update);
            if (Chance(.4))
                Within(period, DeedKind.Note);
            if (Chance(.25))
                Within(period, DeedKind.Snooze, d => d with { Span = TimeSpan.FromMinutes(random.Next(10, 200)) });
            if (Chance(.12))
                Within(period, DeedKind.Severity, d => d with { Number = random.Next(period.To - period.From < TimeSpan.FromHours(8) ? 1 : 3, 5) });
        }
        if (Chance(.6))
            Early(open[0], DeedKind.Detected, TimeSpan.FromMinutes(25));
        if (Chance(.6))
            Early(open[0], DeedKind.Commander, TimeSpan.FromMinutes(30), d => d with { Whom = One(Cast.Responders) });
        if (Chance(.7))
            Early(open[0], DeedKind.Impact, TimeSpan.FromMinutes(40), d => d with { IsComplete = Chance(.7) });

        if (how == DeedKind.Resolve)
        {
            if (Chance(.65))
                Add(end + Between(TimeSpan.FromMinutes(1), TimeSpan.FromDays(6)), DeedKind.Cause);
            if (Chance(.65))
                Add(end + Between(TimeSpan.FromMinutes(1), TimeSpan.FromDays(6)), DeedKind.Fix);
            if (Chance(.5))
                Add(end + Between(TimeSpan.FromMinutes(1), TimeSpan.FromDays(6)), DeedKind.Impact, d => d with { IsComplete = true });
            for (int n = Pick(random, (0, .3), (1, .4), (2, .3)), task = 1; n > 0; n--, task++)
                Task(-task, end + Between(TimeSpan.FromMinutes(1), TimeSpan.FromDays(3)));
        }
        return deeds;

        bool Chance(double probability) => random.NextDouble() < probability;

        string One(string[] names) => names[random.Next(names.Length)];

        // Short spans are as likely as long ones.
        TimeSpan Between(TimeSpan least, TimeSpan most) => least >= most ? most : least * Math.Pow(most / least, random.NextDouble());

        void Add(DateTimeOffset at, DeedKind kind, Func<Deed, Deed>? more = null)
        {
            var deed = new Deed(new DateTimeOffset(at.Ticks - (at.Ticks % TimeSpan.TicksPerMillisecond), at.Offset), incident, kind)
            {
                Dice = random.Next(),
                Mark = string.Create(CultureInfo.InvariantCulture, $"x{incident}x{deeds.Count}x"),
            };
            if (at < until)
                deeds.Add(more is null ? deed : more(deed));
        }

        void Within((DateTimeOffset From, DateTimeOffset To) period, DeedKind kind, Func<Deed, Deed>? more = null) =>
            Add(period.From + Between(TimeSpan.FromSeconds(30), period.To - period.From - TimeSpan.FromSeconds(1)), kind, more);

        void Early((DateTimeOffset From, DateTimeOffset To) period, DeedKind kind, TimeSpan most, Func<Deed, Deed>? more = null)
        {
            var at = period.From + Between(TimeSpan.FromSeconds(30), most);
            if (at < period.To)
                Add(at, kind, more);
        }

        // Numbers of escalations and tasks are given later, in the order of time: until then a number below 0 tells which one is meant.
        void Ask(DateTimeOffset at, (DateTimeOffset From, DateTimeOffset To) period)
        {
            var own = -deeds.Count;
            var whom = Pick(random, (One(Cast.Responders), .45), (Cast.Oncall, .2), (Cast.Database, .1), (Cast.Payments, .1), (Cast.NetworkTeam, .15));
            Add(at, DeedKind.Escalate, d => d with { Number = own, Whom = whom });
            var answer = Pick(random, (DeedKind.Start, .3), (DeedKind.Acknowledge, .45), (DeedKind.Decline, .25));
            for (var answered = at; answer != DeedKind.Start; answer = Chance(.7) ? (Chance(.5) ? DeedKind.Acknowledge : DeedKind.Decline) : DeedKind.Start)
            {
                answered += Between(TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(25));
                if (answered >= period.To)
                    break;
                Add(answered, answer, d => d with { Number = own });
                if (answer == DeedKind.Acknowledge)
                    break;
            }
        }

        void Task(int own, DateTimeOffset at)
        {
            var owner = Pick(random, (One(Cast.Responders), .5), (Cast.Stranger, .2), ("", .3));
            Add(at, DeedKind.Task, d => d with { Number = own, Whom = owner.Length == 0 ? null : owner, Due = Chance(.75) ? Day(at) : null });
            var changed = at;
            for (var n = random.Next(3); n > 0; n--)
            {
                changed += Between(TimeSpan.FromMinutes(5), TimeSpan.FromDays(4));
                var kind = Pick(random, (DeedKind.TaskDue, .5), (DeedKind.TaskOwner, .3), (DeedKind.TaskNotMine, .2));
                if (kind == DeedKind.TaskNotMine && owner.Length == 0)
                    kind = DeedKind.TaskOwner;
                if (kind != DeedKind.TaskDue)
                    owner = kind == DeedKind.TaskOwner ? One(Cast.Responders) : "";
                var to = owner;
                Add(changed, kind, d => d with { Number = own, Whom = kind == DeedKind.TaskOwner ? to : null, Due = kind == DeedKind.TaskDue ? Day(changed) : null });
            }
            if (Chance(.45))
                Add(changed + Between(TimeSpan.FromMinutes(5), TimeSpan.FromDays(5)), DeedKind.TaskDone, d => d with { Number = own });
        }

        // At least tomorrow, as a deed may be put off past midnight by a bot that is down.
        DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Cast.Zone).DateTime).AddDays(random.Next(1, 9));
    }

    /// <summary>Gives escalations and tasks the numbers that the bot gives them.</summary>
    private static IEnumerable<Deed> Number(List<Deed> deeds)
    {
        var (escalations, tasks) = (0, 0);
        var numbers = new Dictionary<(bool IsTask, int Own), int>();
        var isOncallPaged = false;
        foreach (var deed in deeds.OrderBy(d => d.PlannedAt))
        {
            var isTask = deed.Kind is DeedKind.Task or DeedKind.TaskDone or DeedKind.TaskDue or DeedKind.TaskOwner or DeedKind.TaskNotMine;
            switch (deed.Kind)
            {
                case DeedKind.Start or DeedKind.Severity when deed.Number == 1 && !isOncallPaged:
                    escalations++;
                    isOncallPaged = true;
                    break;
                case DeedKind.Escalate:
                    numbers[(false, deed.Number)] = ++escalations;
                    isOncallPaged |= deed.Whom == Cast.Oncall;
                    break;
                case DeedKind.Task:
                    numbers[(true, deed.Number)] = ++tasks;
                    break;
            }
            yield return deed.Number < 0 ? deed with { Number = numbers[(isTask, deed.Number)] } : deed;
        }
    }

    private static T Pick<T>(Random random, params (T Value, double Weight)[] choices)
    {
        var left = random.NextDouble() * choices.Sum(c => c.Weight);
        foreach (var (value, weight) in choices)
        {
            if ((left -= weight) < 0)
                return value;
        }
        return choices[^1].Value;
    }
}
