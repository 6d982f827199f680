using System.Text.RegularExpressions;

namespace IncidentBot.Incidents.Postmortems;

/// <summary>Says of a draft, one finding a line, what is missing, vague, contradictory or worth knowing, and the command that mends it.</summary>
public static partial class PostmortemReview
{
    private const int FewWords = 8;
    private const string CheckTemplate = "check-template FILE on the command line";

    /// <summary>The headings of a draft, in this order.</summary>
    internal static IReadOnlyList<string> Sections { get; } =
        ["Issue summary", "Timeline", "Root cause and resolution", "Corrective and preventative measures"];

    public static IReadOnlyList<Finding> Review(
        PostmortemModel model, IncidentSnapshot snapshot, string markdown, int wordCount, string? templateFault, PostmortemOptions options) =>
    [
        .. Missing(model),
        .. Vague(model),
        .. PostmortemContradictions.Find(model, snapshot),
        .. Notices(model, markdown, wordCount, templateFault, options),
    ];

    private static IEnumerable<Finding> Missing(PostmortemModel m)
    {
        if (m.End is null)
            yield return Missing("end of the outage", "It is not resolved, so its end and duration are open.", $"/incident {m.Key} resolve <how it was resolved>");
        if (m.Detection is null)
            yield return Missing("detection", "Nobody recorded when and how it was detected.", $"/incident {m.Key} detected at <time> by monitoring|engineer|customer|other <how>");
        if (m.Services.Count == 0)
            yield return MissingUnless(m.Waived.Impact, "services", "No affected service is named.", $"/incident {m.Key} impact --service <name>");
        if (m.Experience is null)
            yield return MissingUnless(m.Waived.Impact, "experience", "Nobody recorded what users experienced.", $"/incident {m.Key} impact <what users experience>");
        if (m.PercentOfUsers is null)
            yield return MissingUnless(m.Waived.Impact, "percent of users", "Nobody recorded which share of users was affected.", $"/incident {m.Key} impact --users <percent>");
        if (m.RootCause is null)
            yield return MissingUnless(m.Waived.RootCause, "root cause", "The root cause is not recorded.", $"/incident {m.Key} cause <text>");
        if (m.Fix is null)
            yield return MissingUnless(m.Waived.Fix, "fix", "How it was fixed is not recorded.", $"/incident {m.Key} fix <text>");
        if (m is { HasMisleadingPaths: false, StatesNoMisleadingPaths: false })
            yield return Missing("misleading paths", "No misleading path is recorded, and nobody stated that there was none.", $"/incident {m.Key} none misleading");
        if (m is { HasEscalations: false, StatesNoEscalations: false })
            yield return Missing("escalations", "No escalation is recorded, and nobody stated that there was none.", $"/incident {m.Key} none escalations");
        if (m.Improvements.Count == 0)
            yield return Missing("improvements", "Nothing is recorded that can be improved.", $"/incident {m.Key} improve <text>");
        if (m.Tasks.Count == 0)
            yield return MissingUnless(m.Waived.Tasks, "tasks", "There is no task.", $"/incident {m.Key} task <text> @owner due <date>");
    }

    private static IEnumerable<Finding> Vague(PostmortemModel m)
    {
        if (m.Detection is { By: null })
            yield return Vague("detection", "It is not said who or what detected it.", $"/incident {m.Key} detected at <time> by monitoring|engineer|customer|other <how>");
        if (m.Detection is { How: null })
            yield return Vague("detection", "It is not said how it was detected.", $"/incident {m.Key} detected at <time> by monitoring|engineer|customer|other <how>");
        if (m.RootCause is { } cause)
        {
            if (Words.Count(cause) < FewWords)
                yield return Vague("root cause", $"The root cause has fewer than {FewWords} words.", $"/incident {m.Key} cause <text>");
            if (Blame().IsMatch(cause) && Words.Count(cause) < 3 * FewWords)
                yield return Vague("root cause", "A person's mistake is named as the cause: say what let it happen and go unnoticed.", $"/incident {m.Key} cause <text>");
        }
        if (m.Fix is { } fix && Words.Count(fix) < FewWords)
            yield return Vague("fix", $"The fix has fewer than {FewWords} words.", $"/incident {m.Key} fix <text>");
        if (m.End is not null && m.Resolution is null && m.Status == IncidentStatus.Resolved.ToText())
            yield return Vague("resolution", "It was resolved without saying how; the fix should tell.", $"/incident {m.Key} fix <text>");
        foreach (var task in m.Tasks.Where(t => !t.IsDone && (t.Owner is null || t.Due is null)))
        {
            var lacks = (task.Owner, task.Due) switch
            {
                (null, null) => "no owner and no due date",
                (null, _) => "no owner",
                _ => "no due date",
            };
            yield return Vague(
                "tasks",
                $"Task {task.Number} has {lacks}: {Words.First(MarkdownText.OneLine(task.Text), 12, 120)}",
                $"/incident {m.Key} task <text> @owner due <date>");
        }
    }

    private static IEnumerable<Finding> Notices(PostmortemModel m, string markdown, int wordCount, string? templateFault, PostmortemOptions options)
    {
        if (templateFault is not null)
            yield return Notice("template", $"The built-in template was used, since the own one has a fault: {templateFault.Split('\n')[0]}");
        else if (options.TemplatePath is { Length: > 0 } && Sections.Where(s => !Heading(s).IsMatch(markdown)).ToList() is { Count: > 0 } lacking)
            yield return Missing("template", $"The own template shows no section {string.Join(", ", lacking.Select(s => $"\"{s}\""))}.", CheckTemplate);
        foreach (var heading in EmptySections(markdown))
            yield return Missing("template", $"The own template shows nothing under \"{heading}\".", CheckTemplate);
        if (m.Timeline.LeftOut > 0)
            yield return Notice(
                "timeline",
                $"{m.Timeline.LeftOut} of {m.Candidates.Sum(c => c.EntryCount)} entries {(m.Timeline.LeftOut == 1 ? "is" : "are")} left out of the draft for brevity.",
                "/timeline show");
        if (wordCount > options.MaxWords)
            yield return Notice("length", TooLong(m, wordCount, options.MaxWords), $"/incident {m.Key} cause <shorter text>");
        if (wordCount < options.MinWords)
            yield return Notice(
                "length",
                $"The draft has {wordCount} {(wordCount == 1 ? "word" : "words")}, fewer than {options.MinWords}: "
                    + (templateFault is null && options.TemplatePath is { Length: > 0 } ? "the own template shows no more of what is recorded." : "there is no more to tell from what is recorded."),
                "/timeline action <what was investigated or changed>");
    }

    /// <summary>Headings with nothing before the next one that is not part of them.</summary>
    internal static IEnumerable<string> EmptySections(string markdown)
    {
        var headings = AnyHeading().Matches(markdown);
        for (int i = 0; i < headings.Count; i++)
        {
            int end = i + 1 < headings.Count ? headings[i + 1].Index : markdown.Length;
            bool isParent = i + 1 < headings.Count && headings[i + 1].Groups["level"].Length > headings[i].Groups["level"].Length;
            if (!isParent && string.IsNullOrWhiteSpace(markdown[(headings[i].Index + headings[i].Length)..end]))
                yield return headings[i].Groups["title"].Value.Trim();
        }
    }

    private static string TooLong(PostmortemModel m, int wordCount, int maxWords)
    {
        var parts = new (string Name, int Words)[]
        {
            ("the root cause", Words.Count(m.RootCause ?? "")),
            ("the fix", Words.Count(m.Fix ?? "")),
            ("the experience of users", Words.Count(m.Experience ?? "")),
            ("the improvements", m.Improvements.Sum(Words.Count)),
            ("the tasks", m.Tasks.Sum(t => Words.Count(t.Text))),
            ("the timeline", m.Timeline.Bullets.Sum(b => b.WordCount)),
        };
        var longest = parts.OrderByDescending(p => p.Words).Take(2).Select(p => $"{p.Name} {p.Words}");
        return $"The draft has {wordCount} words, more than {maxWords}; what people wrote is not cut ({string.Join(", ", longest)}).";
    }

    internal static Regex Heading(string section) =>
        new(@"^[^\S\n]{0,3}#{1,6}[^\S\n].*" + Regex.Escape(section), RegexOptions.Multiline | RegexOptions.IgnoreCase);

    private static Finding Missing(string part, string text, string remedy) => new(FindingKind.Missing, part, text, remedy);

    /// <summary>What somebody waived is not complained of, but whoever reads the draft is to know who did and why.</summary>
    private static Finding MissingUnless(PostmortemWaiver? waiver, string part, string text, string remedy) => waiver is null
        ? Missing(part, text, remedy)
        : Notice(part, $"{text} Waived by @{MarkdownText.OneLine(waiver.By)}: {Words.First(MarkdownText.OneLine(waiver.Reason), 12, 120)}", remedy);

    private static Finding Vague(string part, string text, string remedy) => new(FindingKind.Vague, part, text, remedy);

    private static Finding Notice(string part, string text, string remedy = "") => new(FindingKind.Notice, part, text, remedy);

    [GeneratedRegex(@"^[^\S\n]{0,3}(?<level>#{1,6})[^\S\n](?<title>.*)$", RegexOptions.Multiline)]
    private static partial Regex AnyHeading();

    [GeneratedRegex(@"\b(?:human|operator|user|manual|pilot)\s+(?:error|mistake)\b|\bsomebody'?s? (?:mistake|fault)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Blame();
}
