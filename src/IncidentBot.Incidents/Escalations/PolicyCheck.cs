using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands.Values;

namespace IncidentBot.Incidents.Escalations;

/// <summary>What <c>doctor</c> says of the configured policies: whether each level reaches somebody.</summary>
/// <param name="served">The names of the platforms that are served.</param>
/// <param name="findName">Of a platform and an id there the name of who has it, null for nobody; throws <see cref="ChatPlatformException"/> where the platform does not tell.</param>
public sealed class PolicyCheck(EscalationPolicies policies, IReadOnlyCollection<string> served, Func<string, string, CancellationToken, Task<string?>> findName)
{
    /// <summary>One line for each policy that is well, else one for each thing about it that is not.</summary>
    public async Task<IReadOnlyList<Diagnosis>> RunAsync(CancellationToken cancellationToken)
    {
        if (policies.All.Count == 0)
            return ["none is configured; " + DescribeDirect(policies.Direct("").Levels[0])];
        var lines = new List<Diagnosis>();
        foreach (var policy in policies.All)
            lines.AddRange(await CheckAsync(policy, cancellationToken));
        return lines;
    }

    private async Task<IReadOnlyList<Diagnosis>> CheckAsync(EscalationPolicy policy, CancellationToken cancellationToken)
    {
        var lines = new List<Diagnosis>();
        var levels = new List<string>();
        for (var i = 0; i < policy.Levels.Count; i++)
        {
            var level = new FoundLevel();
            foreach (var target in policy.Levels[i].Targets)
                await FindAsync(target, level, cancellationToken);
            lines.AddRange(level.Describe($"policy {policy.Name}, level {i + 1}: "));
            levels.Add($"level {i + 1} {string.Join(", ", level.Reached.Concat(level.OnlyNamed))}");
        }
        if (lines.Count > 0)
            return lines;
        var paged = policy.PageOn.Count == 0 ? "" : $"; paged by {string.Join(", ", policy.PageOn.Order().Select(s => s.ToText()))}";
        return [$"policy {policy.Name}: {string.Join("; ", levels)}{paged}"];
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

        public IEnumerable<Diagnosis> Describe(string start)
        {
            var reachesNobody = Reached.Count == 0 && NotTold.Count == 0;
            if (Unknown.Count + NotServed.Count > 0)
            {
                var text = start + (reachesNobody ? "nobody is reached: " : "") + string.Join("; ", Unknown.Concat(NotServed));
                yield return reachesNobody || NotServed.Count > 0 ? Diagnosis.Fault(text) : Diagnosis.Warning(text);
            }
            else if (reachesNobody)
            {
                yield return Diagnosis.Warning($"{start}nobody is notified in person, since {string.Join(", ", OnlyNamed)} {(OnlyNamed.Count == 1 ? "is" : "are")} only named in the room");
            }
            foreach (var fault in NotTold)
                yield return Diagnosis.NotChecked(start + fault);
        }
    }
}
