using System.Collections.Frozen;
using Microsoft.Extensions.Options;

namespace IncidentBot.Incidents.Escalations;

/// <summary>The configured policies, as they were at the start; who their ids are is learned from the platforms.</summary>
public sealed class EscalationPolicies(IOptions<EscalationOptions> options)
{
    private readonly EscalationOptions _options = options.Value;

    private volatile IReadOnlyList<EscalationPolicy> _all = [.. options.Value.Policies.Select(p => Read(p.Key, p.Value))];

    public IReadOnlyList<EscalationPolicy> All => _all;

    /// <summary>The account's own name and id, in place of what the configuration has.</summary>
    internal void Learn(Person account, Person found) => _all = [.. _all.Select(policy => policy with
    {
        Levels = [.. policy.Levels.Select(level => level with
        {
            Targets = [.. level.Targets.Select(target => target.Is(account) ? target with { Name = found.Name, Id = found.Id } : target)],
        })],
    })];

    /// <param name="name">In any case, with or without a leading <c>@</c>.</param>
    public EscalationPolicy? Find(string name)
    {
        var bare = name.Trim();
        bare = bare.StartsWith('@') ? bare[1..] : bare;
        return All.FirstOrDefault(p => p.Name.Equals(bare, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The policies that an incident of this severity pages by itself.</summary>
    public IEnumerable<EscalationPolicy> PagedOn(Severity severity) => All.Where(p => p.PageOn.Contains(severity));

    /// <summary>Who is asked when; null where the configuration does not name the policy any more, or nobody was asked.</summary>
    public EscalationPolicy? Of(Escalation escalation) => escalation switch
    {
        { Policy: { } name } => Find(name),
        { Steps: [{ Targets: [var target, ..] }, ..] } => Direct(target),
        _ => null,
    };

    /// <summary>How long those have to answer who were asked last.</summary>
    public TimeSpan WaitOf(Escalation escalation) =>
        Of(escalation) is { } policy && escalation.Steps[^1].Level <= policy.Levels.Count ? policy.Levels[escalation.Steps[^1].Level - 1].Wait : _options.Wait;

    /// <summary>For somebody who is asked directly; its name is theirs.</summary>
    public EscalationPolicy Direct(EscalationTarget target) =>
        new(target.Name, [new EscalationLevel([target], _options.Wait, _options.Repeats)], Rounds: 1, QuietRepeats: false, FrozenSet<Severity>.Empty);

    private static EscalationPolicy Read(string name, EscalationPolicyOptions policy) => new(
        name,
        [.. policy.Levels.Select(level => new EscalationLevel([.. level.Targets.Select(EscalationTarget.Read)], level.Wait, level.Repeats))],
        policy.Rounds,
        policy.QuietRepeats,
        policy.PageOn.ToFrozenSet());
}
