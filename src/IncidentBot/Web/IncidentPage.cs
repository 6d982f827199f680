using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using IncidentBot.Incidents;
using IncidentBot.Incidents.ActionItems;
using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Escalations;
using IncidentBot.Incidents.Overview;
using IncidentBot.Incidents.Postmortems;
using IncidentBot.Incidents.Timeline;

namespace IncidentBot.Web;

/// <summary>One incident for a browser: a document without scripts, and nothing that it loads.</summary>
internal static class IncidentPage
{
    /// <summary>Below the page's own headings (1 and 2).</summary>
    private const int DraftHeadings = 2;

    private static readonly string Styles = ReadStyles();

    /// <summary>The source of styles that a Content-Security-Policy allows.</summary>
    public static string StyleSource { get; } = $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Styles)))}'";

    public static string NotFound { get; } = Document("No such page", Html.Of(
        $"<h1>There is no such page</h1><p>The link to an incident is in its channel. It works only when it is complete.</p>"));

    public static string Compose(IncidentSnapshot snapshot, PostmortemDraft? draft, DateTimeOffset now)
    {
        var incident = snapshot.Incident;
        return Document($"{incident.Key} {incident.Title}", Html.Of(
            $"""
            <header>
            <p class="marks"><span>{incident.Key}</span>{Mark(incident.IsDrill, "drill")}{Mark(incident.IsPrivate, "private")}</p>
            <h1 dir="auto">{incident.Title}</h1>
            </header>
            <dl>{StatusCard.Compose(snapshot).Blocks.OfType<FieldsBlock>().SelectMany(f => f.Fields).Select(Fact)}</dl>
            <h2>Timeline</h2>
            {Days(snapshot)}
            {List("Escalations", snapshot.Escalations.Select(e => Describe(e, incident)))}
            {List("Tasks", snapshot.ActionItems.Select(t => (RichText)$"{t.Number}. {ListActionItems.Describe(t)}"))}
            {Draft(draft)}
            <footer>As of {RichText.Format($"{new InstantSpan(now, incident.ZoneId)}")}. Load the page again for what came since.</footer>
            """));
    }

    private static Html Mark(bool isSet, string text) => isSet ? Html.Of($" <strong>{text}</strong>") : default;

    private static Html Fact(ChatField field) => Html.Of($"<div><dt>{field.Label}</dt><dd dir=\"auto\">{field.Value}</dd></div>");

    /// <summary>A day on which the clocks change comes in two parts, so that each time has the offset above it.</summary>
    private static IEnumerable<Html> Days(IncidentSnapshot snapshot)
    {
        var zone = ZonedTime.Zone(snapshot.Incident.ZoneId);
        foreach (var day in snapshot.Entries.GroupBy(e => (Date: ZonedTime.Date(e.OccurredAt, zone), Offset: zone.GetUtcOffset(e.OccurredAt))))
        {
            var offset = ZonedTime.IsUtc(zone) ? "UTC" : $"{zone.Id} ({ZonedTime.FormatOffset(day.Key.Offset)})";
            yield return Html.Of(
                $"<h3>{ZonedTime.FormatDate(day.Key.Date)} <small>{offset}</small></h3>\n<ol class=\"timeline\">{day.Select(e => Entry(e, zone))}</ol>\n");
        }
    }

    private static Html Entry(TimelineEntry entry, TimeZoneInfo zone)
    {
        var link = entry.Link is null ? RichText.Empty : RichText.Format($" · {new LinkSpan(entry.Link, "message")}");
        return Html.Of(
            $"""
            <li class="{entry.Kind.ToText()}">{Html.Time(entry.OccurredAt, ZonedTime.FormatClock(entry.OccurredAt, zone))}
            <div><p dir="auto"><strong>{EntryText.Label(entry.Kind)}</strong> {EntryText.Describe(entry)}</p>
            <p class="context">#{entry.Number} · by {entry.Author.Name}{link}{(entry.Revisions.Count > 0 ? " · corrected" : "")}</p></div></li>

            """);
    }

    private static RichText Describe(Escalation escalation, Incident incident)
    {
        var state = escalation.State.ToString().ToLowerInvariant();
        var text = RichText.Format($"{escalation.Number}. {RichText.Bold(escalation.Target)} ({state}){Separated(escalation.Reason)}")
            + RichText.Format($"\nasked by {escalation.RequestedBy.Name}, {new InstantSpan(escalation.RequestedAt, incident.ZoneId)}");
        return escalation.AnsweredBy is { } by && escalation.AnsweredAt is { } at
            ? text + RichText.Format($"\n{state} by {by.Name}, {new InstantSpan(at, incident.ZoneId)}{Separated(escalation.AnswerReason)}")
            : text;
    }

    private static string Separated(string? text) => string.IsNullOrEmpty(text) ? "" : ": " + text;

    private static Html List(string heading, IEnumerable<RichText> items) => items.Any()
        ? Html.Of($"<h2>{heading}</h2>\n<ul>{items.Select(i => Html.Of($"<li dir=\"auto\">{i}</li>\n"))}</ul>")
        : default;

    private static Html Draft(PostmortemDraft? draft) => draft is null
        ? default
        : Html.Of($"<h2>Postmortem draft</h2>\n<article dir=\"auto\">{new Html(MarkdownHtml.Render(draft.Markdown, DraftHeadings))}</article>");

    private static string Document(string title, Html body) => Html.Of(
        $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{title}</title>
        <style>{new Html(Styles)}</style>
        </head>
        <body>
        <main>
        {body}
        </main>
        </body>
        </html>

        """).Markup;

    private static string ReadStyles()
    {
        using var styles = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("Web/page.css")!);
        return styles.ReadToEnd();
    }
}
