using System.Net.WebSockets;
using IncidentBot.Slack.Api;
using IncidentBot.Slack.Inbound;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IncidentBot.Slack.SocketMode;

/// <summary>
/// Keeps the configured number of WebSockets to Slack open, each in a slot of its own: a new one is open before the old one
/// is closed, a lost one is opened again after a growing, jittered pause.
/// </summary>
public sealed partial class SocketModeService(
    ISlackApiClient slack,
    SlackRequestHandler handler,
    SlackFollowUps followUps,
    SocketModeState state,
    IOptions<SlackOptions> options,
    TimeProvider timeProvider,
    ILogger<SocketModeService> logger) : BackgroundService
{
    private static readonly TimeSpan LongestRetirement = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>A socket that ended sooner counts as a failure, or the next ones would follow it without a pause.</summary>
    private static readonly TimeSpan ShortLife = TimeSpan.FromSeconds(10);

    /// <summary>Another try cannot help until somebody mends it.</summary>
    private static readonly string[] Unrecoverable =
        ["not_authed", "invalid_auth", "account_inactive", "user_removed_from_team", "team_disabled", "token_revoked", "missing_scope", "not_allowed_token_type"];

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, options.Value.Connections).Select(_ => KeepAsync(stoppingToken)));

    private async Task KeepAsync(CancellationToken stopping)
    {
        SocketModeConnection? current = null;
        var retiring = new List<Task>();
        var failures = 0;
        try
        {
            while (!stopping.IsCancellationRequested && state.GivenUp is null)
            {
                try
                {
                    var next = await OpenAsync(stopping);
                    var openedAt = timeProvider.GetTimestamp();
                    retiring.RemoveAll(t => t.IsCompleted);
                    if (current is not null)
                        retiring.Add(RetireAsync(current, stopping));
                    current = next;
                    await Task.WhenAny(current.Ended, current.ReplacementWanted).WaitAsync(stopping);
                    if (current.ReplacementWanted is { IsCompleted: true } disabled && await disabled == "link_disabled")
                        Log.LinkDisabled(logger);
                    // Slack closes one because there are too many: not at once another.
                    if (current.ReplacementWanted is { IsCompleted: true } wanted && await wanted == "too_many_websockets")
                        await PauseAsync(failures = 5, stopping);
                    else if (timeProvider.GetElapsedTime(openedAt) < ShortLife)
                        await PauseAsync(failures++, stopping);
                    else
                        failures = 0;
                }
                catch (SlackException fault) when (Unrecoverable.Contains(fault.ErrorCode))
                {
                    var reason = SlackFaults.Explain(fault);
                    if (state.GiveUp(reason))
                        Log.GivenUp(logger, reason);
                }
                catch (Exception fault) when (fault is SlackException or WebSocketException)
                {
                    // Every slot, and every try of it, would say the same.
                    var reason = SlackFaults.Describe(fault);
                    if (state.IsNews(reason))
                        Log.NotConnected(logger, reason);
                    await PauseAsync(failures++, stopping, (fault as SlackRateLimitException)?.RetryAfter);
                }
                catch (Exception fault) when (fault is not OperationCanceledException || !stopping.IsCancellationRequested)
                {
                    // Whatever it was, a slot that ends would be missed by nobody.
                    Log.Failed(logger, fault);
                    await PauseAsync(failures++, stopping);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host stops.
        }
        finally
        {
            if (current is not null)
                await current.DisposeAsync();
            await Task.WhenAll(retiring);
        }
    }

    /// <summary>Slack may send over the old socket until it closes it itself.</summary>
    private async Task RetireAsync(SocketModeConnection connection, CancellationToken stopping)
    {
        await Task.WhenAny(connection.Ended, Task.Delay(LongestRetirement, timeProvider, stopping));
        await connection.DisposeAsync();
    }

    private async Task<SocketModeConnection> OpenAsync(CancellationToken stopping)
    {
        var url = await slack.AppsConnections.Open(stopping);
        var (connection, appConnections) = await SocketModeConnection.OpenAsync(url, handler, followUps, state, timeProvider, logger, stopping);
        if (appConnections > state.Held)
            Log.Shared(logger, appConnections.Value, state.Held);
        else
            Log.Connected(logger, appConnections ?? 0);
        return connection;
    }

    private Task PauseAsync(int failures, CancellationToken stopping, TimeSpan? asked = null)
    {
        var seconds = Math.Min(Math.Pow(2, failures), LongestPause.TotalSeconds) * (0.5 + Random.Shared.NextDouble());
        return Task.Delay(TimeSpan.FromSeconds(Math.Max(seconds, asked?.TotalSeconds ?? 0)), timeProvider, stopping);
    }

    private static partial class Log
    {
        [LoggerMessage(9, LogLevel.Error, "A slot for a WebSocket failed")]
        public static partial void Failed(ILogger logger, Exception exception);

        [LoggerMessage(1, LogLevel.Information, "Connected to Slack; the app has {Connections} sockets open")]
        public static partial void Connected(ILogger logger, int connections);

        [LoggerMessage(2, LogLevel.Warning, "The app has {Connections} sockets open, and this bot only {Own}: another process uses the same Slack:AppToken and gets a part of what people type, unless a connection that was lost just now is still counted")]
        public static partial void Shared(ILogger logger, int connections, int own);

        [LoggerMessage(3, LogLevel.Warning, "No connection to Slack, which is tried again until there is one: {Reason}")]
        public static partial void NotConnected(ILogger logger, string reason);

        [LoggerMessage(5, LogLevel.Warning, "Socket Mode was switched off on the app's page \"Socket Mode\". Switch it on again there, or set Slack:Mode to Http")]
        public static partial void LinkDisabled(ILogger logger);

        [LoggerMessage(4, LogLevel.Critical, "Socket Mode stops for good: {Reason} Mend it and start the bot again. It runs on without what people type in Slack, and /healthz/ready stays red.")]
        public static partial void GivenUp(ILogger logger, string reason);
    }
}
