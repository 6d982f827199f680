using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using IncidentBot.Incidents;
using IncidentBot.Incidents.Commands;
using IncidentBot.Tests.Fakes;

namespace IncidentBot.Tests.Reminders.Fortnight;

/// <summary>
/// A fortnight of people, the bot and the chat, in which the bot is killed in every hour. Steps are made only where something is due.
/// All follows from the seed but for the milliseconds of the hours with Quartz, which does its work beside this.
/// </summary>
internal sealed partial class Simulation : IAsyncDisposable
{
    public const int Hours = 14 * 24;

    /// <summary>In so many hours it is the real scheduler once: each of its starts and triggers takes long.</summary>
    private const int QuartzEvery = 4;

    private static readonly TimeSpan Resubmission = TimeSpan.FromSeconds(10);

    /// <summary>After which hours it stays down for long: over working mornings, a digest, and for longer than reminders wait.</summary>
    private static readonly Dictionary<int, TimeSpan> LongDowns = new()
    {
        [32] = TimeSpan.FromHours(2.4),
        [55] = TimeSpan.FromHours(3.7),
        [80] = TimeSpan.FromHours(6.2),
        [175] = TimeSpan.FromHours(2.2),
        [205] = TimeSpan.FromHours(5.6),
        [250] = TimeSpan.FromHours(9.1),
    };

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("incidentbot-fortnight-");
    private readonly SteppedTimeProvider _clock = new(From);
    private readonly List<Done> _done = [];
    private readonly List<BotLife> _lives = [];
    private readonly List<DateTimeOffset> _quiet = [];
    private readonly Random _random;
    private readonly List<Deed> _script;
    private readonly Stopwatch _elapsed = Stopwatch.StartNew();
    private InboundCommand? _unanswered;
    private int _sequence;
    private int _next;
    private int _keys;

    public Simulation(int seed, int incidents)
    {
        Seed = seed;
        _random = new Random(seed);
        _script = Script.Write(seed, incidents, From, Until - TimeSpan.FromHours(3));
        FarEnd = new FarEnd(_clock, () => ++_sequence, seed);
    }

    /// <summary>A Monday at midnight. The clocks go forward on the Sunday.</summary>
    public static DateTimeOffset From { get; } = new(2026, 3, 22, 23, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset Until => From + TimeSpan.FromHours(Hours);

    public int Seed { get; }

    public FarEnd FarEnd { get; }

    public IReadOnlyList<Deed> Plan => _script;

    public IReadOnlyList<Done> Done => _done;

    public IReadOnlyList<BotLife> Lives => _lives;

    /// <summary>When nothing was left that was due or to be sent.</summary>
    public IReadOnlyList<DateTimeOffset> Quiet => _quiet;

    public int Kills { get; private set; }

    public int KillsAtCalls { get; private set; }

    public int KillsBetweenReminders { get; private set; }

    public int HoursWithQuartz { get; private set; }

    public TimeSpan Elapsed => _elapsed.Elapsed;

    private DateTimeOffset Now => _clock.GetUtcNow();

    public async Task RunAsync()
    {
        var startAt = From;
        for (var hour = 0; ;)
        {
            // Started while whatever keeps it down lasts: killed before it comes to anything.
            while (hour < Hours && KillAt(hour) <= startAt)
            {
                Pass(KillAt(hour));
                await KillAsync(await BeginAsync(hasQuartz: false));
                hour++;
            }
            Pass(startAt);
            var hasQuartz = hour < Hours && hour % QuartzEvery == 1;
            var life = await BeginAsync(hasQuartz);
            await LiveAsync(life, hour);
            if (hour == Hours)
                return;
            startAt = Now + DownAfter(hour);
            hour++;
        }
    }

    public Task<(List<IncidentBot.Incidents.Reminders.Reminder> Reminders, List<IncidentBot.Incidents.Outbox.OutboxMessage> Unsent)> ReadAsync() => _lives[^1].ReadAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var life in _lives)
            await life.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    private static int Mix(int seed, int hour, int salt) => (seed * 31) + (hour * 7919) + salt;

    /// <summary>At a random second of the hour.</summary>
    private DateTimeOffset KillAt(int hour) => From + TimeSpan.FromHours(hour) + TimeSpan.FromSeconds(new Random(Mix(Seed, hour, 1)).Next(20, 3300));

    private TimeSpan DownAfter(int hour)
    {
        if (hour >= Hours - 4)
            return TimeSpan.FromSeconds(15);
        var random = new Random(Mix(Seed, hour, 2));
        return LongDowns.TryGetValue(hour, out var longest) ? longest : random.NextDouble() switch
        {
            < .85 => TimeSpan.FromSeconds(random.Next(5, 40)),
            < .96 => TimeSpan.FromMinutes(random.Next(3, 50)),
            _ => TimeSpan.FromMinutes(random.Next(60, 200)),
        };
    }

    private void Pass(DateTimeOffset until)
    {
        if (until > Now)
            _clock.Advance(until - Now);
    }

    private async Task<BotLife> BeginAsync(bool hasQuartz)
    {
        var life = await BotLife.BeginAsync(_directory.FullName, _clock, FarEnd, hasQuartz);
        _lives.Add(life);
        return life;
    }

    private async Task KillAsync(BotLife life, byte[]? schedule = null)
    {
        Kills++;
        await life.KillAsync(schedule);
    }

    /// <summary>From a start to the kill of that hour, or to the end of the fortnight.</summary>
    private async Task LiveAsync(BotLife life, int hour)
    {
        var random = new Random(Mix(Seed, hour, 3));
        var isLast = hour == Hours;
        var killAt = isLast ? Until : KillAt(hour);
        var isArmed = false;
        if (life.HasQuartz)
            HoursWithQuartz++;
        // Killed again while it sends what the one before it left.
        if (!isLast && !life.HasQuartz && random.NextDouble() < .1)
            CutAtCall(random);
        if (!await CatchUpAsync(life, random))
        {
            await KillAsync(life);
            return;
        }
        FarEnd.DoNotCut();
        await life.CleanAsync();
        byte[]? schedule = null;
        while (true)
        {
            var due = await life.NextDueAsync();
            var deed = _next < _script.Count ? NextDeedAt(life) : (DateTimeOffset?)null;
            var sending = await life.NextSendingAsync();
            var next = Min(Min(due, deed), sending);
            var stop = isArmed ? From + TimeSpan.FromHours(hour + 1) : killAt;
            if (next is null || next > stop)
            {
                Pass(stop);
                life.Passed();
                if (isLast)
                    return;
                if (isArmed || life.HasQuartz || random.NextDouble() < .35)
                    break;
                // Not now, but of one of the next calls.
                isArmed = true;
                CutAtCall(random);
                continue;
            }
            // Half a second ahead is as good as in time to a scheduler.
            var isEarly = next == due && !life.HasQuartz && random.NextDouble() < .1;
            var ahead = isEarly ? TimeSpan.FromMilliseconds(random.Next(1, 900)) : TimeSpan.Zero;
            Pass(next.Value - ahead);
            if (isEarly)
            {
                await life.FireEarlyAsync(ahead);
                Pass(next.Value);
            }
            if (next == deed)
                await DoAsync(life, _script[_next++]);
            // In the middle of what Quartz does, its file is what it is.
            if (life.HasQuartz && next == due && random.NextDouble() < .5)
                schedule = await life.CopyScheduleAsync();
            int? most = isArmed && !life.HasQuartz && random.NextDouble() < .3 ? random.Next(3) : null;
            if (!await life.FireDueAsync(most))
            {
                KillsBetweenReminders++;
                break;
            }
            if (!await life.SendAsync())
            {
                KillsAtCalls++;
                break;
            }
            _unanswered = null;
            if (await life.NextSendingAsync() is null)
                _quiet.Add(Now);
        }
        FarEnd.DoNotCut();
        await KillAsync(life, life.HasQuartz && random.NextDouble() < .5 ? schedule : null);
    }

    /// <summary>What a start does first. People whose request was not answered send it again.</summary>
    private async Task<bool> CatchUpAsync(BotLife life, Random random)
    {
        if (_unanswered is { } again)
            Assert.False((await life.HandleAsync(again)).IsRefused);
        if (!await life.SendAsync())
        {
            KillsAtCalls++;
            return false;
        }
        if (life.HasQuartz)
        {
            // Its file may be anything: the reminders are in the database.
            var schedule = Path.Combine(_directory.FullName, "quartz.db");
            if (random.NextDouble() < .15)
                File.Delete(schedule);
            else if (random.NextDouble() < .15)
                await File.WriteAllTextAsync(schedule, "This is no database.");
            await life.StartQuartzAsync();
        }
        await life.FireDueAsync();
        if (!await life.SendAsync())
        {
            KillsAtCalls++;
            return false;
        }
        _unanswered = null;
        if (await life.NextSendingAsync() is null)
            _quiet.Add(Now);
        return true;
    }

    /// <summary>What nobody could do while the bot was down is done soon after its start, one after the other.</summary>
    private DateTimeOffset NextDeedAt(BotLife life)
    {
        var at = Max(_script[_next].PlannedAt, life.StartedAt + Resubmission);
        return _done is [.., var last] ? Max(at, last.At + TimeSpan.FromSeconds(1)) : at;
    }

    private void CutAtCall(Random random) => FarEnd.CutAt(random.Next(1, 9), isTaken: random.NextDouble() < .7);

    private async Task DoAsync(BotLife life, Deed deed)
    {
        var (by, room, text) = Typed(deed);
        if (text is null)
            return;
        var mentions = Cast.Declarers.Concat(Cast.Responders).ToDictionary(name => name, Somebody);
        var command = new InboundCommand(string.Create(CultureInfo.InvariantCulture, $"key:{++_keys}"), new Conversation(Cast.Platform, room), Somebody(by), text, null, Now, mentions);
        var answer = await life.HandleAsync(command);
        // Pressed before its message was brought up to date.
        if (deed.Kind is DeedKind.Acknowledge or DeedKind.Decline && AnsweredBefore().IsMatch(answer.Message.ToPlainText()))
            return;
        Assert.False(answer.IsRefused, $"{deed} was refused, as {by} typed in {room} \"{text}\": {answer.Message.ToPlainText()}");
        if (deed.Kind == DeedKind.Start)
            Assert.Equal(deed.Incident, answer.IncidentNumber);
        _done.Add(new Done(deed, by, command.ReceivedAt, ++_sequence));
        _unanswered = command;
    }

    private static Person Somebody(string name) => new(Cast.Platform, name, name);

    /// <returns>Who types where and what; nothing where there is nobody to do it.</returns>
    private (string By, string Room, string? Text) Typed(Deed deed)
    {
        var declarer = Cast.Declarers[deed.Incident % Cast.Declarers.Length];
        var key = $"INC-{deed.Incident}";
        if (deed.Kind is DeedKind.Acknowledge or DeedKind.Decline)
        {
            // Whoever was asked presses the button of the last message that they see; else somebody answers in the room for others.
            var buttons = FarEnd.ButtonsOf(deed.Incident, deed.Number, deed.Kind.ToString() is "Acknowledge" ? "Acknowledge" : "Decline").ToList();
            if (deed.Kind == DeedKind.Acknowledge && buttons.Count > 0 && buttons[deed.Dice % buttons.Count] is var pressed)
                return (pressed.Post.Room, pressed.Post.Room, pressed.Command);
            // Somebody who was not asked presses the button in the room.
            if (deed.Kind == DeedKind.Decline && deed.Dice % 6 == 0)
                return (declarer, $"inc-{deed.Incident}", $"/incident {key} decline {deed.Number} cannot help");
            if (deed.Kind == DeedKind.Decline && buttons.Count > 0 && buttons[^1] is var declined)
                return (declined.Post.Room, declined.Post.Room, $"{declined.Command} no time");
            var isTeam = _script.Any(d => d.Kind == DeedKind.Escalate && d.Incident == deed.Incident && d.Number == deed.Number && d.Whom == Cast.NetworkTeam);
            var wasDeclined = _done.Any(d => d.Kind is DeedKind.Decline or DeedKind.Acknowledge && d.Deed.Incident == deed.Incident && d.Deed.Number == deed.Number);
            if (deed.Kind == DeedKind.Decline && (!isTeam || wasDeclined))
                return default;
        }
        var room = FarEnd.Rooms.Contains($"inc-{deed.Incident}") ? $"inc-{deed.Incident}" : "general";
        var text = deed.Kind switch
        {
            DeedKind.Start => $"/incident start sev{deed.Number} Trouble {deed.Mark}{(deed.IsComplete ? " --service checkout" : "")}{(deed.IsDrill ? " --drill" : "")}{(deed.IsPrivate ? " --private" : "")}",
            DeedKind.Detected => $"/incident {key} detected by monitoring alert {deed.Mark}",
            DeedKind.Commander => $"/incident {key} role commander @{deed.Whom}",
            DeedKind.Impact => deed.IsComplete ? $"/incident {key} impact --service checkout --users 30% errors {deed.Mark}" : $"/incident {key} impact slow pages {deed.Mark}",
            DeedKind.Update => $"/incident {key} update known is {deed.Mark}",
            DeedKind.Note => $"/timeline {key} note seen {deed.Mark}",
            DeedKind.Escalate => $"/incident {key} escalate {(deed.Whom == Cast.NetworkTeam ? $"\"{deed.Whom}\"" : Cast.IsKnown(deed.Whom!) ? $"@{deed.Whom}" : deed.Whom)} help {deed.Mark}",
            DeedKind.Acknowledge => $"/incident {key} ack {deed.Number}",
            DeedKind.Decline => $"/incident {key} decline {deed.Number} no time",
            DeedKind.Snooze => $"/incident {key} snooze {deed.Span.TotalMinutes}m",
            DeedKind.Severity => $"/incident {key} severity sev{deed.Number} looks so {deed.Mark}",
            DeedKind.Resolve => $"/incident {key} resolve rolled back {deed.Mark}",
            DeedKind.Reopen => $"/incident {key} reopen back {deed.Mark}",
            DeedKind.Cancel => $"/incident {key} cancel nothing {deed.Mark}",
            DeedKind.Cause => $"/incident {key} cause the release {deed.Mark}",
            DeedKind.Fix => $"/incident {key} fix a rollback {deed.Mark}",
            DeedKind.Task => $"/incident {key} task write an alert {deed.Mark}{(deed.Whom is null ? "" : $" @{deed.Whom}")}{(deed.Due is { } due ? $" due {due:yyyy-MM-dd}" : "")}",
            DeedKind.TaskDone => $"/incident {key} task done {deed.Number}",
            DeedKind.TaskDue => $"/incident {key} task due {deed.Number} {deed.Due:yyyy-MM-dd}",
            DeedKind.TaskOwner => $"/incident {key} task owner {deed.Number} @{deed.Whom}",
            DeedKind.TaskNotMine => $"/incident {key} task not-mine {deed.Number}",
            _ => throw new UnreachableException(),
        };
        var by = deed.Kind == DeedKind.TaskNotMine ? OwnerOf(deed) : declarer;
        return (by, deed.Kind == DeedKind.Start ? "general" : room, text);
    }

    private string OwnerOf(Deed task) => _done
        .Last(d => d.Kind is DeedKind.Task or DeedKind.TaskOwner && d.Deed.Incident == task.Incident && d.Deed.Number == task.Number).Deed.Whom!;

    [GeneratedRegex("was already|You have declined|only they can decline it")]
    private static partial Regex AnsweredBefore();

    private static DateTimeOffset? Min(DateTimeOffset? a, DateTimeOffset? b) => a is null ? b : b is null || a < b ? a : b;

    private static DateTimeOffset Max(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
