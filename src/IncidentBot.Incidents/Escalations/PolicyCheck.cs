using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands.Values;

namespace IncidentBot.Incidents.Escalations;

/// <summary>What <c>doctor</c> says of the configured policies: whether each level reaches somebody.</summary>
/// <param name="served">The names of the platforms that are served.</param>
/// <param name="findName">Of a platform and an id there the name of who has it, null for nobody; throws <see cref="ChatPlatformException"/> where the platform does not tell.</param>
public sealed class PolicyCheck(EscalationPolicies policies, IReadOnlyCollection<string> served, Func<string, string, CancellationToken, Task<string?>> findName)
{
    private static readonly string[] WorstFirst = ["FAIL", "warn", "--", "ok"];

    /// <summary>One line for each policy: whom its levels reach, and beside each what is wrong with it.</summary>
    public async Task<IReadOnlyList<Diagnosis>> RunAsync(CancellationToken cancellationToken)
    {
        if (policies.All.Count == 0)
            return ["none is configured; " + DescribeDirect(policies.Direct(EscalationTarget.Read("")).Levels[0])];
        var lines = new List<Diagnosis>();
        foreach (var policy in policies.All)
            lines.Add(await CheckAsync(policy, cancellationToken));
        return lines;
    }

    private async Task<Diagnosis> CheckAsync(EscalationPolicy policy, CancellationToken cancellationToken)
    {
        var levels = new List<FoundLevel>();
        foreach (var level in policy.Levels)
        {
            var found = new FoundLevel();
            foreach (var target in level.Targets)
                await FindAsync(target, found, cancellationToken);
            levels.Add(found);
        }
        var paged = policy.PageOn.Count == 0 ? "" : $"; paged by {string.Join(", ", policy.PageOn.Order().Select(s => s.ToText()))}";
        return new Diagnosis(
            levels.Select(l => l.Mark).MinBy(mark => Array.IndexOf(WorstFirst, mark))!,
            $"policy {policy.Name}: {string.Join("; ", levels.Select((level, i) => $"level {i + 1} {level.Describe()}"))}{paged}");
    }

    private async Task FindAsync(EscalationTarget target, FoundLevel level, CancellationToken cancellationToken)
    {
        if (target is not { Platform: { } platform, Id: { } id })
        {
            level.OnlyNamed.Add(target.Name);
            return;
        }
        var chat = platform == "local" ? "the local chat" : char.ToUpperInvariant(platform[0]) + platform[1..];
        if (!served.Contains(platform))
        {
            level.NotServed.Add($"{platform}:{id} is of {chat}, which is not served");
            return;
        }
        try
        {
            if (await findName(platform, id, cancellationToken) is { } name)
                level.Reached.Add(name);
            else
                level.Unknown.Add($"{platform}:{id} is unknown to {chat}");
        }
        catch (ChatPlatformException fault)
        {
            level.NotTold.Add($"{platform}:{id} cannot be looked up: {fault.Message}");
        }
    }

    private static string DescribeDirect(EscalationLevel level) => level.Repeats == 0
        ? "who is asked directly is not asked again"
        : $"who is asked directly is asked again after {DurationExpression.Show(level.Wait)}";

    private sealed class FoundLevel
    {
        public List<string> Reached { get; } = [];

        public List<string> OnlyNamed { get; } = [];

        public List<string> NotServed { get; } = [];

        public List<string> Unknown { get; } = [];

        public List<string> NotTold { get; } = [];

        /// <summary>As in <see cref="Diagnosis.Mark"/>.</summary>
        public string Mark =>
            NotServed.Count > 0 || (ReachesNobody && Unknown.Count > 0) ? "FAIL"
            : ReachesNobody || Unknown.Count > 0 ? "warn"
            : NotTold.Count > 0 ? "--"
            : "ok";

        private bool ReachesNobody => Reached.Count == 0 && NotTold.Count == 0;

        public string Describe()
        {
            List<string> names = [.. Reached, .. OnlyNamed];
            if (names.Count == 0)
                names.Add(ReachesNobody ? "nobody" : "somebody");
            List<string> faults = [.. Unknown, .. NotServed, .. NotTold];
            if (ReachesNobody && OnlyNamed.Count > 0)
                faults.Add("only named in the room, so nobody is notified in person");
            return string.Join(", ", names) + (faults.Count == 0 ? "" : $" ({string.Join("; ", faults)})");
        }
    }
}
