namespace IncidentBot.Tests.Reminders.Fortnight;

/// <summary>Who there is, and how the bot is configured: the one place that both the bot's settings and what is expected of it are made from.</summary>
internal static class Cast
{
    public const string Platform = "local";
    public const string Announcements = "announcements";
    public const string ZoneId = "Europe/Paris";

    /// <summary>The policy that a sev1 pages by itself.</summary>
    public const string Oncall = "oncall";

    public const string Database = "database";
    public const string Payments = "payments";
    public const string NetworkTeam = "network team";

    /// <summary>A group of the chat, to which somebody belongs who is named beside it as well.</summary>
    public const string PaymentsGroup = "payments-group";

    /// <summary>Whose account nobody knows.</summary>
    public const string Stranger = "somebody";

    public static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById(ZoneId);

    public static readonly string[] Declarers = ["maria", "jon", "eve"];

    public static readonly string[] Responders = ["li", "teo", "ana", "kim", "sam", "noa"];

    public static readonly string[] PaymentsMembers = ["sam", "noa", "li"];

    public static readonly TimeSpan DirectWait = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan StaleAfter = TimeSpan.FromHours(4);
    public const int DirectRepeats = 2;
    public const int MostPerHour = 4;

    public static readonly Dictionary<string, Policy> Policies = new()
    {
        [Oncall] = new([new(["li"], TimeSpan.FromMinutes(5), Repeats: 1), new(["teo", "ana"], TimeSpan.FromMinutes(10), Repeats: 0)], Rounds: 2),
        [Database] = new([new(["kim"], TimeSpan.FromMinutes(3), Repeats: 0), new(["database team"], TimeSpan.FromMinutes(12), Repeats: 1)], Rounds: 1),
        [Payments] = new([new(["li", PaymentsGroup], TimeSpan.FromMinutes(6), Repeats: 1)], Rounds: 2),
    };

    /// <summary>Those behind a target who can be written to.</summary>
    public static string[] PeopleOf(string target) => target == PaymentsGroup ? PaymentsMembers : IsKnown(target) ? [target] : [];

    public static bool IsKnown(string name) => Declarers.Contains(name) || Responders.Contains(name);

    /// <summary>Whoever is asked directly is a policy of one level.</summary>
    public static Policy PolicyOf(string target) => Policies.GetValueOrDefault(target) ?? new Policy([new([target], DirectWait, DirectRepeats)], Rounds: 1);

    public static TimeSpan? UpdateEvery(int severity) => severity switch
    {
        1 => TimeSpan.FromMinutes(30),
        2 => TimeSpan.FromHours(1),
        3 => TimeSpan.FromHours(4),
        _ => null,
    };

    public static Dictionary<string, string?> Settings(string directory)
    {
        var settings = new Dictionary<string, string?>
        {
            ["IncidentBot:DataDirectory"] = directory,
            ["IncidentBot:TimeZone"] = ZoneId,
            ["Reminders:StaleAfter"] = StaleAfter.ToString(),
            [$"Escalation:Policies:{Oncall}:PageOn:0"] = "sev1",
        };
        foreach (var (name, policy) in Policies)
        {
            var prefix = $"Escalation:Policies:{name}";
            settings[$"{prefix}:Rounds"] = $"{policy.Rounds}";
            foreach (var (i, level) in policy.Levels.Index())
            {
                settings[$"{prefix}:Levels:{i}:Wait"] = level.Wait.ToString();
                settings[$"{prefix}:Levels:{i}:Repeats"] = $"{level.Repeats}";
                foreach (var (j, target) in level.Targets.Index())
                    settings[$"{prefix}:Levels:{i}:Targets:{j}"] = PeopleOf(target).Length > 0 ? $"{Platform}:{target}" : target;
            }
        }
        return settings;
    }

    internal sealed record Level(string[] Targets, TimeSpan Wait, int Repeats);

    internal sealed record Policy(Level[] Levels, int Rounds);
}
