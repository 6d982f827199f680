using IncidentBot.Slack.Api;

namespace IncidentBot.Slack;

/// <summary>Asks Slack while somebody waits.</summary>
internal static class Patience
{
    /// <summary>Calls Slack for so long; where it refuses or does not answer in time, gives what <paramref name="otherwise"/> makes of the fault.</summary>
    public static async Task<T> AskAsync<T>(
        TimeSpan patience, TimeProvider timeProvider, Func<CancellationToken, Task<T>> ask, Func<Exception, T> otherwise, CancellationToken cancellationToken)
    {
        try
        {
            using var end = new CancellationTokenSource(patience, timeProvider);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(end.Token, cancellationToken);
            return await ask(either.Token);
        }
        catch (Exception fault) when (fault is SlackException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return otherwise(fault);
        }
    }
}
