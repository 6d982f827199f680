namespace IncidentBot.Tests.Reminders.Fortnight;

/// <summary>Holds what reached the far end against what had to. Every finding is a sentence; none is as it should be.</summary>
internal sealed class Checks
{
    private static readonly PostKind[] Exact =
        [PostKind.Call, PostKind.RoomCall, PostKind.NobodyAnswered, PostKind.MissingParts, PostKind.Task, PostKind.Digest];

    private static readonly Dictionary<PostKind, TimeSpan> Nudges = new()
    {
        [PostKind.NoDetection] = TimeSpan.FromMinutes(10),
        [PostKind.NoCommander] = TimeSpan.FromMinutes(15),
        [PostKind.NoImpact] = TimeSpan.FromMinutes(20),
        [PostKind.Quiet] = TimeSpan.FromHours(1),
    };

    private static readonly Dictionary<PostKind, string> LeftOutWords = new()
    {
        [PostKind.StatusUpdate] = "to give a status update",
        [PostKind.NoDetection] = "to record how it was detected",
        [PostKind.NoCommander] = "to name a commander",
        [PostKind.NoImpact] = "to record the impact",
        [PostKind.Quiet] = "that nothing was recorded for long",
    };

    private static readonly TimeSpan LateAfter = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>Between what is due and what is done of it, in the hours with Quartz, and where the far end was busy for a moment.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(6);

    private readonly Simulation _simulation;
    private readonly Running _running;
    private readonly Oracle _oracle;
    private readonly List<Expected> _expected;
    private readonly ILookup<int, Done> _deeds;
    private readonly ILookup<int, Post> _posts;

    public Checks(Simulation simulation)
    {
        _simulation = simulation;
        _running = new Running(simulation.Lives, simulation.Quiet);
        _oracle = new Oracle(simulation.Done, _running);
        _expected = _oracle.Foretell();
        _deeds = simulation.Done.ToLookup(d => d.Deed.Incident);
        _posts = simulation.FarEnd.Posts.ToLookup(p => p.Incident);
    }

    /// <summary>What is wrong, with the incident that it is about; 0 for none.</summary>
    public List<(int Incident, string What)> Findings { get; } = [];

    public int ExpectedCount => _expected.Count;

    public int UnclearCount => _oracle.Unclear.Count;

    public int EscalationCount => _oracle.Escalations;

    public async Task RunAsync()
    {
        CompareExactly();
        CheckLateness();
        foreach (var incident in _deeds)
        {
            CheckAnswered(incident.Key);
            CheckOncePerHour(incident.Key);
            CheckStatusUpdates(incident.Key, [.. incident]);
            foreach (var (kind, after) in Nudges)
                CheckNudge(incident.Key, kind, after, [.. incident]);
        }
        CheckTyped();
        CheckButtons();
        await CheckStoreAsync();
    }

    private void Find(int incident, string what) => Findings.Add((incident, what));

    // ---- Exact: each of these was foretold one by one. ----

    private void CompareExactly()
    {
        var expected = _expected.ToLookup(Of);
        var posted = _simulation.FarEnd.Posts
            .Where(p => Exact.Contains(p.Kind) || p is { Kind: PostKind.LeftOut, Subject: > 0 })
            .ToLookup(p => (p.Kind, p.Room, p.Incident, p.Subject));
        foreach (var key in expected.Select(e => e.Key).Union(posted.Select(p => p.Key)))
        {
            if (!_oracle.Unclear.Contains((key.Incident, key.Kind == PostKind.Task, key.Subject)))
                Compare(key.Incident, [.. expected[key].OrderBy(e => e.Earliest)], new Queue<Post>(posted[key]));
        }

        static (PostKind Kind, string Room, int Incident, int Subject) Of(Expected e) => (e.Kind, e.Room, e.Incident, e.Subject);
    }

    private void Compare(int incident, List<Expected> expected, Queue<Post> posted)
    {
        foreach (var (i, due) in expected.Index())
        {
            // The same message, brought up to date before it was sent, stands for the later one.
            if (due.IsOptional && posted.Count <= expected.Skip(i + 1).Count(e => !e.IsOptional))
                continue;
            while (posted.TryPeek(out var early) && early.At < due.Earliest)
                Find(incident, $"surplus, or twice: {posted.Dequeue()}");
            if (posted.TryPeek(out var post) && post.At <= due.Latest)
                CheckMark(incident, due, posted.Dequeue());
            else if (!due.IsOptional)
                Find(incident, $"missing: {due}; next is {(posted.TryPeek(out var next) ? next : "none")}");
        }
        foreach (var post in posted)
            Find(incident, $"surplus, or twice: {post}");
    }

    /// <summary>Two minutes are no lateness; what is later says so, and by how much.</summary>
    private void CheckMark(int incident, Expected due, Post post)
    {
        var (least, most) = (post.At - due.Due.Latest, post.At - due.Due.Earliest);
        if (post.Kind is PostKind.LeftOut or PostKind.NobodyAnswered)
            return;
        if (post.Late is null ? least > LateAfter + Slack : most < LateAfter - Slack || post.Late > most + Second || post.Late < least - TimeSpan.FromMinutes(1))
            Find(incident, $"wrongly marked ({post.Late?.ToString() ?? "not"} as late): {post}; was {due}");
    }

    // ---- Invariants. ----

    /// <summary>What comes late comes with a start, and has been due while the bot was down; nothing is left out unless it was down for long.</summary>
    private void CheckLateness()
    {
        foreach (var post in _simulation.FarEnd.Posts)
        {
            if (post.Late is { } late && (post.At - _running.LastStart(post.At) > Slack || !_running.StartsBetween(post.At - late, post.At)))
                Find(post.Incident, $"late, and not since the bot was down: {post}");
            if (post.Kind == PostKind.LeftOut && _running.DownBetween(post.At - Cast.StaleAfter - TimeSpan.FromMinutes(2), post.At) < Cast.StaleAfter - TimeSpan.FromMinutes(2))
                Find(post.Incident, $"left out, and the bot was not down for that long: {post}");
        }
    }

    /// <summary>Nobody hears of what is answered: by the order of commits, whatever the rules are.</summary>
    private void CheckAnswered(int incident)
    {
        foreach (var post in _posts[incident].Where(p => p.Kind is not (PostKind.Other or PostKind.Digest)))
        {
            var before = _deeds[incident].Where(d => d.Sequence < post.Sequence).ToList();
            var state = before.Last(d => d.Kind is DeedKind.Start or DeedKind.Resolve or DeedKind.Reopen or DeedKind.Cancel).Kind;
            var isOpen = state is DeedKind.Start or DeedKind.Reopen;
            var isAnswered = post.Kind switch
            {
                PostKind.Call or PostKind.RoomCall or PostKind.NobodyAnswered => !isOpen
                    || before.Exists(d => d.Kind == DeedKind.Acknowledge && d.Deed.Number == post.Subject)
                    || before.Exists(d => d.Kind == DeedKind.Decline && d.Deed.Number == post.Subject && d.By == post.Room),
                PostKind.Task => before.Exists(d => d.Kind == DeedKind.TaskDone && d.Deed.Number == post.Subject),
                PostKind.MissingParts => state != DeedKind.Resolve,
                PostKind.LeftOut => false,
                PostKind.NoDetection => !isOpen || before.Exists(d => d.Kind == DeedKind.Detected),
                PostKind.NoCommander => !isOpen || before.Exists(d => d.Kind == DeedKind.Commander),
                PostKind.NoImpact => !isOpen || HasImpact(before),
                _ => !isOpen,
            };
            if (isAnswered)
                Find(incident, $"answered before: {post}");
            if (IsOfOutage(post.Kind) && SnoozedUntil(before) > post.At + Second)
                Find(incident, $"snoozed: {post}");
        }
    }

    /// <summary>What was committed and not sent when the bot was killed comes at its start besides.</summary>
    private void CheckOncePerHour(int incident)
    {
        var times = _posts[incident].Where(p => IsOfOutage(p.Kind)).Select(p => p.At).ToList();
        foreach (var at in times)
        {
            var count = times.Count(t => t >= at && t < at + TimeSpan.FromMinutes(58));
            if (count > Cast.MostPerHour + (_running.StartsBetween(at, at + TimeSpan.FromMinutes(58)) ? 1 : 0))
                Find(incident, $"{count} reminders of the outage from {at:MM-dd HH:mm:ss} on, within an hour");
        }
    }

    /// <summary>Not sooner than the severity's time after what was said last, and not much later while the bot runs and nobody has snoozed it.</summary>
    private void CheckStatusUpdates(int incident, List<Done> deeds)
    {
        var posts = _posts[incident].Where(p => Is(p, PostKind.StatusUpdate)).ToList();
        foreach (var post in posts.Where(p => p.Kind == PostKind.StatusUpdate))
        {
            var before = deeds.FindAll(d => d.Sequence < post.Sequence);
            var since = before.Last(d => d.Kind is DeedKind.Start or DeedKind.Update or DeedKind.Reopen).At;
            if (Cast.UpdateEvery(before.Last(IsSeverity).Deed.Number) is not { } every)
                Find(incident, $"of a sev4: {post}");
            else if (post.At - since < every - Second)
                Find(incident, $"too soon after {since:HH:mm:ss}: {post}");
            else if (posts.TakeWhile(p => p != post).LastOrDefault() is { } last && post.At - last.At < every - Slack && !_running.StartsBetween(last.At, post.At))
                Find(incident, $"too soon after the one of {last.At:HH:mm:ss}: {post}");
        }
        // From one thing that starts it anew to the next.
        DeedKind[] kinds = [DeedKind.Start, DeedKind.Update, DeedKind.Severity, DeedKind.Reopen, DeedKind.Snooze, DeedKind.Resolve, DeedKind.Cancel];
        var marks = deeds.FindAll(d => kinds.Contains(d.Kind));
        foreach (var (i, mark) in marks.Index())
        {
            var state = marks.Take(i + 1).Last(d => d.Kind is DeedKind.Start or DeedKind.Resolve or DeedKind.Reopen or DeedKind.Cancel).Kind;
            if (state is DeedKind.Resolve or DeedKind.Cancel || Cast.UpdateEvery(deeds.Last(d => d.Sequence <= mark.Sequence && IsSeverity(d)).Deed.Number) is not { } every)
                continue;
            var end = i + 1 < marks.Count ? marks[i + 1].At : Simulation.Until;
            var from = SnoozedUntil(marks.Take(i + 1)) is { } snoozed && snoozed > mark.At ? snoozed : mark.At;
            foreach (var to in posts.Select(p => p.At).Where(t => t > mark.At && t < end).Append(end))
            {
                // As many as there may be within an hour keep it back for an hour.
                if (to - from > every + TimeSpan.FromHours(1) + Slack + _running.DownBetween(from, to))
                    Find(incident, $"no status update was asked for from {from:MM-dd HH:mm:ss} to {to:MM-dd HH:mm:ss}");
                from = to > from ? to : from;
            }
        }

        static bool IsSeverity(Done deed) => deed.Kind is DeedKind.Start or DeedKind.Severity;
    }

    /// <summary>
    /// Once at most; at its time where nothing keeps it back; and surely where it was lacking for hours in which the bot ran. Of what came due
    /// while it was over the time begins anew when it is opened again.
    /// </summary>
    private void CheckNudge(int incident, PostKind kind, TimeSpan after, List<Done> deeds)
    {
        var posts = _posts[incident].Where(p => Is(p, kind)).ToList();
        if (posts.Count > 1)
            Find(incident, $"{kind} twice: {posts[1]}");
        var start = deeds[0].At;
        while (_running.When(Moment.Of(start + after)) is { } seen && StateAt(deeds, seen.Earliest - Slack) is { Kind: DeedKind.Resolve or DeedKind.Cancel } end && end == StateAt(deeds, seen.Latest + Slack))
        {
            if (deeds.Find(d => d.Sequence > end.Sequence && d.Kind == DeedKind.Reopen) is not { } reopened)
                break;
            start = reopened.At;
        }
        if (posts is [var first, ..] && first.At < start + after - Second)
            Find(incident, $"too soon: {first}");
        if (kind == PostKind.Quiet)
        {
            if (posts is [{ Kind: PostKind.Quiet } quiet, ..] && Recorded(incident, deeds).Where(at => at < quiet.At).Max() > quiet.At - after + Slack)
                Find(incident, $"something was recorded: {quiet}");
            if (posts.Count == 0)
                FindQuiet(incident, deeds, after);
            return;
        }
        var due = start + after;
        var snoozes = deeds.Where(d => d.Kind == DeedKind.Snooze && d.At <= due + TimeSpan.FromHours(3)).ToList();
        if (snoozes.Count > 0 || !IsLacking(kind, deeds, start, due + Slack) || _running.DownBetween(due - Slack, due + TimeSpan.FromSeconds(10)) > TimeSpan.Zero)
            return;
        var lately = _posts[incident].Count(p => IsOfOutage(p.Kind) && p.At > due - TimeSpan.FromMinutes(61) && p.At <= due + Slack && p.Kind != kind);
        if (lately < Cast.MostPerHour && !(posts is [var timely, ..] && timely.At >= due - Second && timely.At <= _running.SentBy(due) + Slack))
            Find(incident, $"{kind} was due at {due:MM-dd HH:mm:ss}: {posts.FirstOrDefault()?.ToString() ?? "never said"}");
        if (posts.Count == 0 && IsLacking(kind, deeds, start, due + TimeSpan.FromHours(2)) && _running.DownBetween(due, due + TimeSpan.FromHours(2)) < TimeSpan.FromMinutes(3))
            Find(incident, $"{kind} was never said");
    }

    /// <summary>Nothing at all was recorded for so long that it has to be said.</summary>
    private void FindQuiet(int incident, List<Done> deeds, TimeSpan after)
    {
        var recorded = Recorded(incident, deeds).Append(Simulation.Until).Order().ToList();
        foreach (var (from, to) in recorded.Zip(recorded.Skip(1)))
        {
            var since = SnoozedUntil(deeds.Where(d => d.At < to)) is { } snoozed && snoozed > from + after ? snoozed : from + after;
            if (StateAt(deeds, from).Kind is DeedKind.Start or DeedKind.Reopen && to - since > TimeSpan.FromHours(2) + Slack + _running.DownBetween(from, to))
                Find(incident, $"nothing was recorded from {from:MM-dd HH:mm:ss} to {to:MM-dd HH:mm:ss}, and nobody said so");
        }
    }

    /// <summary>Each text that somebody typed for others is in the room once, and an update once where updates are announced.</summary>
    private void CheckTyped()
    {
        var texts = _simulation.FarEnd.Posts.Where(p => p.Kind == PostKind.Other).Select(p => (p.Room, p.Text)).ToLookup(p => p.Room, p => p.Text);
        foreach (var deed in _simulation.Done.Where(d => d.Kind is DeedKind.Update or DeedKind.Note or DeedKind.Detected or DeedKind.Cause or DeedKind.Fix))
        {
            var count = texts[$"inc-{deed.Deed.Incident}"].Count(t => t.Contains(deed.Deed.Mark, StringComparison.Ordinal) && !t.Contains("Postmortem", StringComparison.OrdinalIgnoreCase) && !t.StartsWith("INC-", StringComparison.Ordinal));
            if (count != 1)
                Find(deed.Deed.Incident, $"{count} times in the room: {deed}");
            var announced = texts[Cast.Announcements].Count(t => t.Contains(deed.Deed.Mark, StringComparison.Ordinal));
            if (deed.Kind == DeedKind.Update && announced != (_deeds[deed.Deed.Incident].First().Deed.IsPrivate ? 0 : 1))
                Find(deed.Deed.Incident, $"{announced} times announced: {deed}");
        }
    }

    /// <summary>
    /// No button is left under a request that needs no answer any more. Of one whose posting the bot had not learned of when it was answered it
    /// does not know afterwards, either: to try again would be to call somebody who need not come.
    /// </summary>
    private void CheckButtons()
    {
        foreach (var post in _simulation.FarEnd.Posts.Where(p => p is { Kind: PostKind.Call or PostKind.RoomCall, IsAnswerLost: false } && p.Current.ToPlainText().Contains("[Acknowledge]", StringComparison.Ordinal)))
        {
            var isSuperseded = _posts[post.Incident].Any(p => p.Sequence > post.Sequence && p.Kind == post.Kind && p.Room == post.Room && p.Subject == post.Subject);
            var isAnswered = _deeds[post.Incident].Any(d => d.Kind == DeedKind.Acknowledge && d.Deed.Number == post.Subject);
            if (isSuperseded || isAnswered)
                Find(post.Incident, $"buttons are left{(isAnswered ? "" : " under an older one")}: {post}");
        }
    }

    private async Task CheckStoreAsync()
    {
        var (reminders, unsent) = await _simulation.ReadAsync();
        foreach (var message in unsent)
            Find(message.IncidentNumber ?? 0, $"{message.State} in the outbox: {message.Operation} ({message.Error})");
        foreach (var reminder in reminders.Where(r => r.Attempts > 0 || r.State == IncidentBot.Incidents.Reminders.ReminderState.Failed))
            Find(reminder.IncidentNumber ?? 0, $"reminder {reminder.Id} ({reminder.Kind}) failed: {reminder.Note}");
        foreach (var reminder in reminders.Where(r => r.State == IncidentBot.Incidents.Reminders.ReminderState.Waiting && r.DueAt <= Simulation.Until))
            Find(reminder.IncidentNumber ?? 0, $"reminder {reminder.Id} ({reminder.Kind}) of {reminder.DueAt:MM-dd HH:mm:ss} still waits");
    }

    private static bool IsOfOutage(PostKind kind) => kind == PostKind.StatusUpdate || Nudges.ContainsKey(kind);

    /// <summary>Said, or told as left out.</summary>
    private static bool Is(Post post, PostKind kind) => post.Kind == kind || (post.Kind == PostKind.LeftOut && post.Text.Contains(LeftOutWords[kind], StringComparison.Ordinal));

    private static bool HasImpact(List<Done> deeds) => deeds.Exists(d => d is { Kind: DeedKind.Impact, Deed.IsComplete: true });

    /// <summary>Reopening ends a snooze, and a later one replaces it.</summary>
    private static DateTimeOffset? SnoozedUntil(IEnumerable<Done> before) =>
        before.LastOrDefault(d => d.Kind is DeedKind.Snooze or DeedKind.Reopen) is { Kind: DeedKind.Snooze } snooze ? snooze.At + snooze.Deed.Span : null;

    /// <summary>What made it open or over by then.</summary>
    private static Done StateAt(List<Done> deeds, DateTimeOffset at) =>
        deeds.FindLast(d => d.At <= at && d.Kind is DeedKind.Resolve or DeedKind.Reopen or DeedKind.Cancel) ?? deeds[0];

    /// <summary>Open all the time since it was declared or reopened, and not recorded yet.</summary>
    private static bool IsLacking(PostKind kind, List<Done> deeds, DateTimeOffset since, DateTimeOffset until)
    {
        var by = deeds.FindAll(d => d.At <= until);
        return by.TrueForAll(d => d.At < since || d.Kind is not (DeedKind.Resolve or DeedKind.Cancel)) && kind switch
        {
            PostKind.NoDetection => !by.Exists(d => d.Kind == DeedKind.Detected),
            PostKind.NoCommander => !by.Exists(d => d.Kind == DeedKind.Commander),
            _ => !HasImpact(by),
        };
    }

    /// <summary>The entries of the timeline: by people, and by the bot when it asks again.</summary>
    private IEnumerable<DateTimeOffset> Recorded(int incident, List<Done> deeds)
    {
        DeedKind[] others = [DeedKind.Snooze, DeedKind.Cause, DeedKind.Fix, DeedKind.Task, DeedKind.TaskDone, DeedKind.TaskDue, DeedKind.TaskOwner, DeedKind.TaskNotMine];
        return deeds.Where(d => !others.Contains(d.Kind)).Select(d => d.At)
            .Concat(_expected.Where(e => e.Incident == incident && e.Kind is PostKind.RoomCall or PostKind.NobodyAnswered).Select(e => e.Earliest));
    }
}
