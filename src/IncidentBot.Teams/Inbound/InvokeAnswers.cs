using System.Collections.Concurrent;
using IncidentBot.Teams.Schema;

namespace IncidentBot.Teams.Inbound;

/// <summary>Teams sends an invoke again that took more than 15 seconds: it gets the answer of the first one, also while that is still worked on.</summary>
public sealed class InvokeAnswers(TimeProvider timeProvider)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, (Lazy<Task<InvokeResponse>> Answer, DateTimeOffset Until)> _answers = [];

    public async Task<InvokeResponse> OnceAsync(string key, Func<Task<InvokeResponse>> answer)
    {
        var now = timeProvider.GetUtcNow();
        foreach (var (old, entry) in _answers)
        {
            if (entry.Until < now)
                _answers.TryRemove(old, out _);
        }
        try
        {
            return await _answers.GetOrAdd(key, _ => (new Lazy<Task<InvokeResponse>>(answer), now + Kept)).Answer.Value;
        }
        catch
        {
            // The next delivery may have more luck.
            _answers.TryRemove(key, out _);
            throw;
        }
    }
}
