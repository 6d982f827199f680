using IncidentBot.Incidents;
using IncidentBot.Incidents.ActionItems;
using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Escalations;
using IncidentBot.Incidents.Overview;
using IncidentBot.Incidents.Resolving;
using IncidentBot.Incidents.Responding;
using IncidentBot.Incidents.Timeline;

namespace IncidentBot.Tests.Commands;

public sealed class CommandParserTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-03-02T09:14:00Z", null);

    public static TheoryData<string, Command> Commands => new()
    {
        { "/incident detected at 09:12 by monitoring error-rate alert", new RecordDetection(At("09:12"), DetectionSource.Monitoring, "error-rate alert") },
        { "/incident detected by customer: a call", new RecordDetection(null, DetectionSource.Customer, "a call") },
        { "/incident detected by chance", new RecordDetection(null, null, "by chance") },
        { "/incident detected somebody saw it", new RecordDetection(null, null, "somebody saw it") },
        { "/incident status monitoring it looks good", new ChangeStatus(IncidentStatus.Monitoring, "it looks good") },
        { "/incident sev sev1", new ChangeSeverity(Severity.Sev1, "") },
        { "/incident severity SEV3 calmer now", new ChangeSeverity(Severity.Sev3, "calmer now") },
        { "/incident role lead @li", new AssignRole(IncidentRole.Commander, new Person("fake", "li", "li")) },
        { "/incident update back soon\n@here", new PostUpdate("back soon\n@here") },
        { "/incident page \"network team\" links are down", new Escalate("network team", null, "links are down") },
        { "/incident ack", new AnswerEscalation(true, null, "") },
        { "/incident ack #2", new AnswerEscalation(true, 2, "") },
        { "/incident decline 1 on a plane", new AnswerEscalation(false, 1, "on a plane") },
        { "/incident decline on a plane", new AnswerEscalation(false, null, "on a plane") },
        { "/incident started 08:55", new CorrectStart(At("08:55")!.Value) },
        { "/incident resolve", new ResolveIncident("") },
        { "/incident resolution rolled back", new GiveAnswer(AnswerKind.Fix, "rolled back") },
        { "/incident cause a | b < c & d", new GiveAnswer(AnswerKind.RootCause, "a | b < c & d") },
        { "/incident none misleading", new GiveAnswer(AnswerKind.NoMisleadingPaths, "") },
        { "/incident waive cause: the provider\nwill not say", new WaivePart(AnswerKind.WaivedRootCause, "the provider\nwill not say") },
        { "/incident waive the root cause nobody knows", new WaivePart(AnswerKind.WaivedRootCause, "nobody knows") },
        { "/incident waive Root-Cause nobody knows", new WaivePart(AnswerKind.WaivedRootCause, "nobody knows") },
        { "/incident waive resolution it went away", new WaivePart(AnswerKind.WaivedFix, "it went away") },
        { "/incident waive impact cause unknown", new WaivePart(AnswerKind.WaivedImpact, "cause unknown") },
        { "/incident waive task it is shut down", new WaivePart(AnswerKind.WaivedTasks, "it is shut down") },
        { "/incident due in 2 weeks", new MovePostmortemDate(new DateOnly(2026, 3, 16)) },
        { "/incident task Raise the limit @li due tomorrow", new AddActionItem("Raise the limit", "li", new DateOnly(2026, 3, 3)) },
        { "/incident todo Raise the limit", new AddActionItem("Raise the limit", null, null) },
        { "/incident task done 3", new CompleteActionItem(3) },
        { "/incident task list", new ListActionItems() },
        { "/incident list resolved", new ListIncidents(IncidentFilter.Resolved) },
        { "/incident show INC-4", new ShowIncident(4) },
        { "/incident", new ShowHelp("") },
        { "/timeline", new ShowHelp("timeline") },
        { "/timeline did at 09:00 restarted it", new AddTimelineEntry(EntryKind.Action, At("09:00"), "restarted it") },
        { "/timeline suspect at least 5 nodes are down", new AddTimelineEntry(EntryKind.Hypothesis, null, "at least 5 nodes are down") },
        { "/timeline dead-end at -5m the cache", new AddTimelineEntry(EntryKind.Misleading, At("09:09"), "the cache") },
        { "/TIMELINE Note two\nlines", new AddTimelineEntry(EntryKind.Note, null, "two\nlines") },
        { "/timeline edit #3 the web host", new EditEntry(3, "the web host") },
        { "/timeline move 3 09:01", new MoveEntry(3, At("09:01")!.Value) },
        { "/timeline kind 3 deadend", new ChangeEntryKind(3, EntryKind.Misleading) },
        { "/timeline remove 3", new RemoveEntry(3) },
    };

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_is_read(string text, Command expected)
    {
        var parsed = CommandParser.Parse(text, Reading);

        Assert.True(parsed.Refusal is null, parsed.Refusal?.Reason);
        Assert.Equal(expected, parsed.Value!.Command);
    }

    [Theory]
    [InlineData("/incident severty sev1", "Did you mean /incident severity?")]
    [InlineData("/timeline acton at 17:03 cleared it", "Did you mean /timeline action?")]
    [InlineData("/incident note hello", "Did you mean /timeline note?")]
    [InlineData("/timeline resolve", "Did you mean /incident resolve?")]
    [InlineData("/timeline everything broke", "/timeline note everything broke")]
    [InlineData("/incident status fixed it works", "/incident resolve [how]")]
    [InlineData("/incident status identifed it", "Did you mean identified?")]
    [InlineData("/incident role captain @li", "Accepted: commander, lead, comms, scribe.")]
    [InlineData("/incident impact --users 130% nothing loads", "130")]
    [InlineData("/incident none tasks", "Accepted: misleading, escalations.")]
    [InlineData("/incident waive", "The part is missing. Accepted: cause, fix, impact, tasks")]
    [InlineData("/incident waive cause", "The reason is missing.")]
    [InlineData("/incident waive the root cause ", "The reason is missing.")]
    [InlineData("/incident waive causes nobody knows", "Did you mean cause?")]
    [InlineData("/incident waive escalations nobody knows", "\"escalations\" is no part that is known. Accepted: cause, fix")]
    [InlineData("/incident due", "The date is missing. Accepted are 2026-03-09")]
    [InlineData("/incident due soon", "“soon” is not a date.")]
    [InlineData("/incident due fridy", "did you mean friday?")]
    [InlineData("/incident due yesterday", "has passed")]
    [InlineData("/incident due friday or so", "\"or so\" is more than a date.")]
    [InlineData("/incident detected by monitorng an alert", "Did you mean monitoring?")]
    [InlineData("/timeline note", "The text is missing.")]
    [InlineData("/timeline note at 25:99 later", "25:99")]
    [InlineData("/timeline edit three text", "\"three\" is not the number of an entry")]
    [InlineData("/incident task done soon", "\"soon\" is not the number of a task")]
    [InlineData("/incident started", "time is missing")]
    public void A_bad_value_is_refused_with_a_hint(string text, string hint)
    {
        var refusal = CommandParser.Parse(text, Reading).Refusal;

        Assert.NotNull(refusal);
        Assert.Contains(hint, refusal.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_example_of_the_table_is_read_by_its_own_definition()
    {
        Assert.All(CommandTable.All, definition =>
        {
            var parsed = CommandParser.Parse(definition.Example, Reading with { Clock = new CommandClock(Now.AddHours(12), TimeZoneInfo.Utc) });
            Assert.True(parsed.Refusal is null, parsed.Refusal?.Reason);
        });
    }

    [Fact]
    public void The_list_in_the_README_has_every_command()
    {
        var list = File.ReadAllText(Path.Combine(Root(), "README.md")).Split("## Commands")[1].Split("\n## ")[0];

        Assert.All(CommandTable.All.Where(d => d.Name != "help"), d => Assert.Matches($@"[`|]/?(?:{d.Group} )?{d.Name}\b", list));
    }

    private static string Root([System.Runtime.CompilerServices.CallerFilePath] string here = "") => here[..here.IndexOf(Path.Combine("tests", "IncidentBot.Tests"), StringComparison.Ordinal)];

    [Fact]
    public void No_two_commands_share_a_name()
    {
        var names = CommandTable.All.SelectMany(d => d.Names.Select(name => $"{d.Group} {name}")).ToList();

        Assert.Equal(names.Distinct(), names);
    }

    [Theory]
    [InlineData("hello", false)]
    [InlineData("/incidents start", false)]
    [InlineData("see /incident help", false)]
    [InlineData("  /incident help", true)]
    [InlineData("/timeline\nnote x", true)]
    public void A_text_that_is_no_command_is_chat(string text, bool isCommand) => Assert.Equal(isCommand, CommandParser.IsCommand(text));

    private static CommandReading Reading => new(new CommandClock(Now, TimeZoneInfo.Utc), "fake", _ => null);

    private static DateTimeOffset? At(string clock) => DateTimeOffset.Parse($"2026-03-02T{clock}:00Z", null);
}
