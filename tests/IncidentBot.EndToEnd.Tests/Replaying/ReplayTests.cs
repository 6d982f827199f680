using System.Text.Json;
using System.Text.RegularExpressions;
using IncidentBot.EndToEnd.Tests.Running;

namespace IncidentBot.EndToEnd.Tests.Replaying;

public sealed partial class ReplayTests
{
    private static readonly string[] Sections =
        ["Issue summary", "Timeline", "Root cause and resolution", "Corrective and preventative measures"];

    private const string Incomplete = """
        2026-03-02T09:14:00Z @maria /incident start sev2 Checkout answers 500
        2026-03-02T09:52:00Z @maria /incident resolve rolled back
        """;

    private static readonly Lazy<Task<CommandRun>> Sample = new(() => ReplayAsync(Repository.Sample, "--strict"));

    [Fact]
    public async Task The_sample_outage_gives_a_complete_postmortem_of_400_to_600_words()
    {
        var run = await Sample.Value;

        Assert.True(run.ExitCode == 0, run.Errors);
        AssertInOrder(run.Output, Sections);
        Assert.DoesNotContain("Not recorded", run.Output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("missing:", run.Errors, StringComparison.Ordinal);
        Assert.InRange(CountWords(run.Output), 400, 600);
        foreach (var fact in new[] { "47 min", "30%", "checkout", "09:05", "09:52", "UTC", "2026-03-20", "Payment provider support" })
            Assert.Contains(fact, run.Output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_reminders_that_there_would_have_been_are_listed_and_change_nothing()
    {
        using var folder = new TemporaryFolder();
        var run = await ReplayAsync(folder.Write("forgetful.transcript", """
            2026-03-02T09:00:00Z @maria /incident start sev1 Checkout answers 500
            2026-03-02T09:05:00Z @maria /incident escalate @li the gateway
            2026-03-02T09:12:00Z @li /incident ack
            2026-03-02T09:40:00Z @maria /incident update we are on it
            2026-03-02T09:50:00Z @maria /incident resolve rolled back
            2026-03-02T12:00:00Z @maria thanks all
            """));

        Assert.Equal(
            [
                "INC-1: at 2026-03-02 09:10 UTC there would have been a reminder that nobody has acknowledged escalation 1",
                "INC-1: at 2026-03-02 09:10 UTC there would have been a reminder to record how it was detected",
                "INC-1: at 2026-03-02 09:15 UTC there would have been a reminder to name a commander",
                "INC-1: at 2026-03-02 09:20 UTC there would have been a reminder to record the impact",
                "INC-1: at 2026-03-02 09:30 UTC there would have been a reminder to give a status update",
                "INC-1: at 2026-03-02 10:50 UTC there would have been a reminder of what the postmortem lacks",
            ],
            run.Errors.Split('\n').Where(l => l.Contains("would have been", StringComparison.Ordinal)).Order());
        Assert.Contains("Escalated to li (acknowledged at 09:12, after 7 min): the gateway", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replaying_twice_prints_the_same()
    {
        var first = await Sample.Value;
        var second = await ReplayAsync(Repository.Sample);

        Assert.Equal(first.Output, second.Output);
        Assert.Equal(first.Errors, second.Errors);
    }

    [Fact]
    public async Task What_is_recorded_after_the_first_look_at_an_incident_is_saved_as_well()
    {
        using var folder = new TemporaryFolder();
        var run = await ReplayAsync(folder.Write("look-first.transcript", """
            2026-03-02T09:14:00Z @maria /incident start sev2 Checkout answers 500
            2026-03-02T09:15:00Z @maria /timeline show
            2026-03-02T09:16:00Z @maria /timeline note looked at the logs
            2026-03-02T09:17:00Z @li /timeline note restarted the gateway
            2026-03-02T09:52:00Z @maria /incident resolve rolled back
            """));

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Contains("restarted the gateway", run.Output, StringComparison.Ordinal);
        Assert.Contains("38 min", run.Output, StringComparison.Ordinal);
    }

    [TranscriptTheory]
    [InlineData("docs-disk-full")]
    [InlineData("image-pulls")]
    public async Task A_real_outage_gives_what_the_independent_check_wants(string name)
    {
        using var folder = new TemporaryFolder();
        var facts = Path.Combine(TranscriptTheoryAttribute.Folder!, "transcripts", name + ".facts.json");
        var run = await ReplayAsync([Path.ChangeExtension(facts, null)[..^".facts".Length] + ".transcript", .. ReplayArguments(facts)]);
        Assert.True(run.ExitCode == 0, run.Errors);

        var check = await CommandRun.OfAsync(new System.Diagnostics.ProcessStartInfo(
            "python3",
            [
                Path.Combine(TranscriptTheoryAttribute.Folder!, "checks", "check_postmortem.py"), facts,
                folder.Write("draft.md", run.Output), folder.Write("stderr.txt", run.Errors),
            ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        });

        Assert.True(check.ExitCode == 0, $"{check.Output}{check.Errors}\n{run.Output}");
    }

    [Fact]
    public async Task Json_holds_the_facts_the_timeline_and_the_draft()
    {
        var run = await ReplayAsync(Repository.Sample, "--format", "json");

        Assert.Equal(0, run.ExitCode);
        var incident = JsonElement.Parse(run.Output)[0];
        Assert.Equal("resolved", incident.GetProperty("status").GetString());
        Assert.Equal(47, incident.GetProperty("durationMinutes").GetDouble());
        Assert.Equal(30, incident.GetProperty("percentOfUsers").GetDecimal());
        Assert.Equal(4, incident.GetProperty("tasks").GetArrayLength());
        Assert.Equal(incident.GetProperty("markdown").GetString()!.TrimEnd(), (await Sample.Value).Output.TrimEnd());
    }

    [Fact]
    public async Task Html_holds_headings_and_lists_and_no_markup_that_was_typed()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("hostile.transcript", Incomplete.Replace("Checkout answers 500", "<script>alert(1)</script> & {{ title }}", StringComparison.Ordinal));

        var run = await ReplayAsync(path, "--format", "html");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("<h2", run.Output, StringComparison.Ordinal);
        Assert.Contains("<li", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", run.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("{{ title }}", System.Net.WebUtility.HtmlDecode(run.Output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_incomplete_outage_shows_what_is_missing_and_only_strict_makes_it_an_error()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("incomplete.transcript", Incomplete);

        var lenient = await ReplayAsync(path);
        var strict = await ReplayAsync(path, "--strict");

        Assert.Equal(0, lenient.ExitCode);
        Assert.Equal(3, strict.ExitCode);
        Assert.Equal(lenient.Output, strict.Output);
        Assert.Contains("_Not recorded: ", lenient.Output, StringComparison.Ordinal);
        Assert.Contains("INC-1: missing: ", lenient.Errors, StringComparison.Ordinal);
        Assert.Contains("/incident INC-1 cause <text>", lenient.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_command_is_told_with_its_line_and_the_replay_goes_on()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("refused.transcript", "# comment\n\n2026-03-02T09:00:00Z @li /incident resolve nothing\n2026-03-02T09:01:00Z @li just talk\n" + Incomplete);

        var run = await ReplayAsync(path);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("line 3: refused: ", run.Errors, StringComparison.Ordinal);
        Assert.Contains("/incident resolve nothing", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("just talk", run.Errors + run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-03-02T09:14:00Z @maria fine\nnonsense", "(2)", "<time> <@user> <text>")]
    [InlineData("2026-03-02T09:14:00 @maria no offset", "(1)", "offset")]
    [InlineData("2026-13-41T09:14:00Z @maria no such day", "(1)", "2026-13-41")]
    [InlineData("\n# comment\n2026-03-02T09:14:00Z maria no at sign", "(3)", "@user")]
    public async Task A_file_that_is_no_transcript_is_refused_with_file_line_and_reason(string content, string line, string reason)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("bad.transcript", content);

        var run = await ReplayAsync(path);

        AssertUnreadable(run, path + line, reason);
    }

    [Fact]
    public async Task A_file_that_is_missing_or_no_text_is_refused_with_the_reason()
    {
        using var folder = new TemporaryFolder();
        var binary = Path.Combine(folder.Path, "binary.transcript");
        await File.WriteAllBytesAsync(binary, [0x32, 0xFF, 0xFE, 0x00, 0xC3]);

        AssertUnreadable(await ReplayAsync(binary), binary, "UTF-8");
        AssertUnreadable(await ReplayAsync(folder.Path), folder.Path, "cannot be read");
        AssertUnreadable(await ReplayAsync(Path.Combine(folder.Path, "missing.transcript")), "missing.transcript", "cannot be read");
    }

    [Fact]
    public async Task An_unknown_zone_is_refused()
    {
        AssertUnreadable(await ReplayAsync(Repository.Sample, "--zone", "Mars/Olympus"), "Mars/Olympus", "Europe/Paris");
    }

    [Fact]
    public async Task The_draft_is_in_the_zone_that_was_asked_for()
    {
        var run = await ReplayAsync(Repository.Sample, "--zone", "Asia/Tokyo");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Asia/Tokyo", run.Output, StringComparison.Ordinal);
        Assert.Contains("18:05", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("# {{ title\n{{ end }}")]
    [InlineData("{{ for x in 1..100000000 }}{{ x }}{{ end }}")]
    [InlineData("{{ no_such_function 1 }}")]
    public async Task A_faulty_template_is_told_and_the_built_in_one_used(string template)
    {
        using var folder = new TemporaryFolder();

        var run = await ReplayAsync(Repository.Sample, "--template", folder.Write("own.sbn", template));

        Assert.Equal(0, run.ExitCode);
        AssertInOrder(run.Output, Sections);
        CommandRun.AssertExplains(run.Errors, "template", "built-in", "own.sbn");
    }

    [Fact]
    public async Task A_template_of_ones_own_is_used()
    {
        using var folder = new TemporaryFolder();

        var run = await ReplayAsync(Repository.Sample, "--template", folder.Write("own.sbn", "Our own words: {{ 6 * 7 }}"));

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("Our own words: 42", run.Output, StringComparison.Ordinal);
    }

    private static Task<CommandRun> ReplayAsync(params string[] arguments) => CommandRun.OfBotAsync(["replay", .. arguments]);

    private static void AssertUnreadable(CommandRun run, params string[] says)
    {
        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Output);
        CommandRun.AssertExplains(run.Errors, says);
    }

    private static void AssertInOrder(string text, IEnumerable<string> parts)
    {
        var at = 0;
        foreach (var part in parts)
        {
            var found = text.IndexOf(part, at, StringComparison.OrdinalIgnoreCase);
            Assert.True(found >= 0, $"\"{part}\" is missing, or at another place:\n{text}");
            at = found;
        }
    }

    private static int CountWords(string markdown) => Word().Count(markdown);

    private static string[] ReplayArguments(string factsPath)
    {
        var facts = JsonElement.Parse(File.ReadAllText(factsPath));
        return facts.TryGetProperty("replay_args", out var arguments) && arguments.ValueKind == JsonValueKind.Array
            ? [.. arguments.EnumerateArray().Select(a => a.GetString()!)]
            : [];
    }

    [GeneratedRegex(@"\S*[\p{L}\p{N}]\S*")]
    private static partial Regex Word();

    /// <summary>For the transcripts of real outages, which are not part of the repository.</summary>
    private sealed class TranscriptTheoryAttribute : TheoryAttribute
    {
        public TranscriptTheoryAttribute() => Skip =
            Folder is null ? "There is no folder shared/transcripts above the tests; the sample of our own is tested anyway."
            : !Programs.IsThere("python3") ? "The check of the drafts needs python3."
            : null;

        public static string? Folder => Path.GetDirectoryName(Repository.FindAbove(Path.Combine("shared", "transcripts")));
    }
}
