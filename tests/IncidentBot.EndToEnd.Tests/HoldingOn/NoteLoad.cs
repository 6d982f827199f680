using System.Collections.Concurrent;
using IncidentBot.EndToEnd.Tests.Running;

namespace IncidentBot.EndToEnd.Tests.HoldingOn;

/// <summary>Many people who note down things at the same time, each with an own text and an own id.</summary>
internal sealed class NoteLoad(LocalChatClient chat, string room, int round)
{
    private const int Clients = 16;

    private static readonly TimeSpan BetweenNotes = TimeSpan.FromMilliseconds(15);

    private volatile bool _isStopped;

    /// <summary>Texts of what the bot said it recorded.</summary>
    public ConcurrentBag<string> Acknowledged { get; } = [];

    /// <summary>What was sent and not answered, by id.</summary>
    public ConcurrentDictionary<string, string> Unanswered { get; } = [];

    public Task RunAsync() => Task.WhenAll(Enumerable.Range(0, Clients).Select(RunClientAsync));

    public void Stop() => _isStopped = true;

    /// <summary>Sends again what was not answered, under the same ids.</summary>
    public async Task SendAgainAsync()
    {
        foreach (var (id, text) in Unanswered)
            await SayAsync(id, text);
    }

    private async Task RunClientAsync(int client)
    {
        for (var n = 0; !_isStopped; n++)
        {
            var (id, text) = (LocalChatClient.NewId(), $"round {round} client {client} note {n}.");
            Unanswered[id] = text;
            try
            {
                await SayAsync(id, text);
            }
            catch (HttpRequestException)
            {
                // It is down: nobody knows what became of this one.
                return;
            }
            Unanswered.TryRemove(id, out _);
            await Task.Delay(BetweenNotes);
        }
    }

    private async Task SayAsync(string id, string text)
    {
        var answer = (await chat.TrySayAsync($"/timeline note {text}", room, id: id)).Answer();
        Assert.False(answer.IsRefused, answer.Text);
        Acknowledged.Add(text);
    }
}
