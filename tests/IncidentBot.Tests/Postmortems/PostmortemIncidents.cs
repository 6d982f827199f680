using IncidentBot.Incidents;
using IncidentBot.Tests.Builders;

namespace IncidentBot.Tests.Postmortems;

/// <summary>Incidents whose drafts are kept as golden files.</summary>
internal static class PostmortemIncidents
{
    public static IncidentBuilder Full() => new IncidentBuilder(began: "2026-03-02 09:05", services: ["checkout", "orders"])
        .Detected("09:12", DetectionSource.Monitoring, "error-rate alert fired")
        .Role("09:15", IncidentRole.Commander, "maria")
        .Impact("09:16", "every third order failed with \"500\"", 30)
        .Hypothesis("09:20", "The last deployment broke the payment client")
        .Action("09:25", "Rolled the deployment back")
        .Misleading("09:31", "Restarted the payment gateway, errors went on")
        .Escalated("09:40", "li", "you know the connection pool, please join")
        .Acknowledged("09:44", 1, "li")
        .Escalated("09:45", "database team", "who changed the limits?", isKnown: false)
        .Action("10:10", "Found 200 open connections that nobody closes")
        .Status("10:15", IncidentStatus.Identified, "the pool runs dry")
        .SeverityChanged("10:16", Severity.Sev1, "all orders fail now")
        .Update("10:20", "Orders cannot be placed; a fix is on its way")
        .Action("10:50", "Doubled the size of the pool")
        .Status("10:55", IncidentStatus.Monitoring)
        .Note("11:00", "Error rate is back at 0.1%")
        .Resolved("11:10", "error rate has been normal for fifteen minutes")
        .Cause("A retry loop opened a new connection per attempt and closed none. On Monday morning the pool ran dry within an hour.\n\nNo limit was set, and no graph showed the pool.")
        .Fix("The pool was doubled to gain time, and the loop now closes its connections.")
        .Improve("Nobody could see how full the pool was")
        .Task("Show the use of the pool and alert at 80%", "li", "2026-03-09")
        .Task("Review other retry loops for the same fault", "sam", isDone: true)
        .Task("Write down who may change the limits");

    public static IncidentBuilder Hundred()
    {
        var incident = new IncidentBuilder(title: "Images cannot be pulled", began: "2026-03-02 23:00", at: "2026-03-02 23:14", services: "registry")
            .Detected("23:15", DetectionSource.Customer, "a tenant called: no pod starts")
            .Impact("23:16", "no new pod starts", 10)
            .Escalated("23:17", "fern", "who has changed the password?")
            .Acknowledged("23:18", 1, "fern")
            .Misleading("23:19", "Compared the password with the one in the vault, which is the same");
        var at = incident.Time("2026-03-02 23:20");
        for (int i = 0; i < 90; i++)
        {
            incident.Entry(
                i % 5 == 0 ? Incidents.Timeline.EntryKind.Action : i % 7 == 0 ? Incidents.Timeline.EntryKind.Hypothesis : Incidents.Timeline.EntryKind.Note,
                at.AddMinutes(2 * i),
                i % 5 == 0
                    ? $"Looked at node group {i}, where pulls were refused. Its log says that the registry wants another password than the nodes hold."
                    : $"Count of pods that wait for their image: {i}");
        }
        return incident
            .Status("2026-03-03 02:30", IncidentStatus.Monitoring, "pulls come back")
            .Resolved("2026-03-03 02:40", "the former password is back")
            .Cause("The password of the registry was replaced while nodes went on using the old one.")
            .Fix("The former password was set again until all nodes can be replaced.")
            .Improve("List what uses a password before it is changed")
            .Task("Rotate the password out of hours", "fern", "2026-03-10");
    }

    public static IncidentBuilder Hostile() => new IncidentBuilder(title: "# **Down** <script>alert(1)</script>", zone: "America/New_York", services: ["a|b", "`c`"])
        .Detected("09:15", DetectionSource.Engineer, "- [x](javascript:alert) {{ 1 + 1 }}")
        .Impact("09:16", "502 | Bad gateway\n---\n# Timeline\n1. one\n```", 100)
        .Note("09:17", "</ul><!-- \n\n## Timeline\n\n* @here <!here> \u202eevil\u202c " + new string('x', 10_000))
        .Action("09:18", "Ran {{ for x in y }} with _a_ and *b* & &lt; http://example.org/a_b")
        .Escalated("09:19", "li|x", "**please** join #now")
        .Resolved("09:30", "{%{ done }%}")
        .Cause("First line\n## Root cause\n\n> second *paragraph* שלום\n    code?")
        .Fix("<b>bold</b> \\ backslash \\")
        .Improve("1. no list")
        .Task("| a | b |\n|---|---|", "x_y_", "2026-03-09");
}
