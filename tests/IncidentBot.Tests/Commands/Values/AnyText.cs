using FsCheck;
using FsCheck.Fluent;

namespace IncidentBot.Tests.Commands.Values;

/// <summary>Random text that is rich in what the parsers look for.</summary>
internal static class AnyText
{
    private static readonly string[] Traps =
    [
        " ", " ", " ", "\n", "\t", "\"", "“", "”", "„", "--", "—", "–", "-", "=", ":", "@", "@li", "%", ",", ".", "/",
        "--service", "--users", "--at", "--private", "--drill", "--servce", "at", "due", "in", "next", "ago", "now", "a",
        "yesterday", "today", "tomorrow", "friday", "fridy", "14:05", "25:99", "02:30", "2026-03-29", "2026-02-30", "9999-12-31", "0001-01-01",
        "T", "Z", "UTC", "UTC+2", "+02:00", "+99:99", "CEST", "Europe/Paris", "Europe/Pariss", "Etc/GMT+5", "10m", "1h30m", "999999999w",
        "-10m", "999", "minutes", "weeks", "months", "30", "0,5", "all", "none", "pm", "2pm", "\uD83C", "🎉", "\0", "é", "x",
    ];

    public static Arbitrary<string> WithTraps()
    {
        var piece = Gen.Frequency(
            (8, Gen.Elements(Traps)),
            (1, ArbMap.Default.GeneratorFor<string>().Where(text => text is not null)));
        return Gen.Select(Gen.ListOf(piece), pieces => string.Concat(pieces)).ToArbitrary();
    }
}
