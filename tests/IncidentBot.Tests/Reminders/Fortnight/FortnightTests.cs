using Xunit.Abstractions;

namespace IncidentBot.Tests.Reminders.Fortnight;

/// <summary>
/// A simulated fortnight with 200 incidents, in which the bot is killed every hour: each escalation and reminder that was due was sent once,
/// and none to somebody who had answered.
/// <para>
/// Exact, foretold one by one from what people did and when the bot ran (<see cref="Oracle"/>): the calls of escalations to people and in the
/// room, who hears that nobody answered, what a postmortem lacks, tasks, and the digest; each with the span of time in which it had to come and
/// whether it had to say that it is late. Invariants (<see cref="Checks"/>): reminders of the outage itself, whose times depend on each other
/// through snoozing and their number within an hour (not too soon, none twice, none kept back for long, none of what is recorded, at most four
/// within an hour, at their very time where nothing keeps them back); that whatever comes late was due while the bot was down; and that nobody
/// hears of what was answered, by the order in which it was committed.
/// </para>
/// <para>
/// A kill leaves the files and the far end as they are: at a call it is one that never returns, before or after the far end took the message;
/// else it is between two steps, or between two of several reminders that are due together. Nothing is drained or marked. In every fourth hour
/// the real scheduler triggers what is due, with Quartz on its file and on the simulated clock; its file is put back to what it was at the kill,
/// or in the middle of a trigger, and sometimes it is gone or no database at all. In the other hours the test reads the same list of what
/// waits, since a start of Quartz and each of its triggers take long.
/// </para>
/// </summary>
public sealed class FortnightTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(3)]
    public async Task All_that_was_due_came_once_and_nothing_to_whoever_had_answered(int seed)
    {
        await using var simulation = new Simulation(seed, incidents: 200);

        await simulation.RunAsync();
        var checks = new Checks(simulation);
        await checks.RunAsync();

        output.WriteLine(Figures(simulation, checks));
        Assert.True(checks.Findings.Count == 0, Describe(simulation, checks));
        // A simulation in which nothing happens proves nothing.
        Assert.True(simulation.Kills >= Simulation.Hours && simulation.KillsAtCalls > 50 && simulation.KillsBetweenReminders > 5);
        Assert.True(checks.ExpectedCount > 1000 && checks.UnclearCount * 50 < checks.ExpectedCount);
        Assert.All(Enum.GetValues<PostKind>(), kind => Assert.Contains(simulation.FarEnd.Posts, p => p.Kind == kind));
    }

    private static string Figures(Simulation simulation, Checks checks)
    {
        var (far, incidents) = (simulation.FarEnd, simulation.Done.Select(d => d.Deed.Incident).Distinct().Count());
        string[] figures =
        [
            $"seed {simulation.Seed}, {incidents} incidents, {simulation.Done.Count} deeds, {checks.EscalationCount} escalations",
            $"{simulation.Kills} kills: {simulation.KillsAtCalls} at a call, {simulation.KillsBetweenReminders} between two reminders; {simulation.HoursWithQuartz} lives with Quartz",
            $"{far.Posts.Count} messages in {far.Calls} calls, {far.RepeatedDeliveries} delivered again, {far.LostAnswers} answers lost",
            $"{checks.ExpectedCount} foretold exactly, {checks.UnclearCount} unclear; {simulation.Elapsed.TotalSeconds:F0} s",
        ];
        return Lines([.. figures, .. far.Posts.GroupBy(p => p.Kind).OrderBy(g => g.Key).Select(g => $"{g.Key}: {g.Count()}, {g.Count(p => p.Late is not null)} of them late")]);
    }

    /// <summary>What is wrong, and all that became of the first incident that it is about.</summary>
    private static string Describe(Simulation simulation, Checks checks)
    {
        if (checks.Findings is not [(var incident, _), ..])
            return "";
        var done = simulation.Done.Where(d => d.Deed.Incident == incident).Select(d => (d.Sequence, Line: d.ToString()));
        var posts = simulation.FarEnd.Posts.Where(p => p.Incident == incident).Select(p => (p.Sequence, Line: p.ToString()));
        return Lines(
        [
            $"Seed {simulation.Seed}, {checks.Findings.Count} findings:",
            .. checks.Findings.Take(40).Select(f => $"INC-{f.Incident} {f.What}"),
            $"INC-{incident} as it was planned:",
            .. simulation.Plan.Where(d => d.Incident == incident).Select(d => d.ToString()),
            "and as it went:",
            .. done.Concat(posts).OrderBy(x => x.Sequence).Select(x => x.Line),
        ]);
    }

    private static string Lines(IReadOnlyList<string> lines) => string.Join(Environment.NewLine, lines);
}
