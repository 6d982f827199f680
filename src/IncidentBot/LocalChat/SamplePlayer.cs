using System.Globalization;
using System.Threading.Channels;
using IncidentBot.Cli;
using IncidentBot.LocalChat.Http;
using IncidentBot.LocalChat.Store;

namespace IncidentBot.LocalChat;

/// <summary>
/// Plays the sample outage: each line is shown as its author typed it, and goes through the same dispatcher as everything else.
/// It begins in a fresh room and goes on in the incident's own room as soon as there is one.
/// </summary>
public sealed partial class SamplePlayer(
    LocalChatConversation conversation,
    LocalChatRooms rooms,
    LocalChatMessages messages,
    LocalChatPeople people,
    TimeProvider time,
    ILogger<SamplePlayer> logger) : BackgroundService
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromMilliseconds(350);
    private static readonly TimeSpan UntilRoomExists = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    private readonly Channel<RoomRow> _requests = Channel.CreateUnbounded<RoomRow>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Makes a fresh room and has the sample played there.</summary>
    /// <returns>The room's name.</returns>
    public async Task<string> RequestAsync(CancellationToken cancellationToken)
    {
        var room = await rooms.CreateFreshAsync("sample-outage", "A sample outage, played from a transcript with its own times.", cancellationToken);
        await _requests.Writer.WriteAsync(room, cancellationToken);
        return room.Id;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var room in _requests.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await PlayAsync(room, stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                // The room shows how far it came; the button plays it anew.
                Log.Interrupted(logger, room.Id, fault);
            }
        }
    }

    private async Task PlayAsync(RoomRow start, CancellationToken cancellationToken)
    {
        var room = start;
        var isDeclared = false;
        foreach (var (line, at, author, text) in ReadSample())
        {
            var person = await people.FindAsync(author, cancellationToken)
                ?? throw new InvalidOperationException($"The sample speaks as @{author}, who is not there.");
            var id = string.Create(CultureInfo.InvariantCulture, $"{start.Id}-{start.CreatedAt.ToUnixTimeMilliseconds()}-{line}");
            await messages.SayAsync(room, person, text, id, cancellationToken);
            if (LocalChatConversation.IsCommand(text) && await CommandAsync(room, person, id, text, at, cancellationToken) is { } number && !isDeclared)
            {
                isDeclared = true;
                room = await IncidentRoomAsync(number, cancellationToken) ?? room;
            }
            await Task.Delay(BetweenLines, time, cancellationToken);
        }
    }

    /// <returns>The incident that it was about.</returns>
    private async Task<int?> CommandAsync(
        RoomRow room, PersonRow person, string id, string text, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var answer = await conversation.CommandAsync($"local:{id}", room, person, text, at, cancellationToken);
        if (answer.IsRefused)
        {
            Log.Refused(logger, room.Id, id);
            await messages.PostAsync(room.Id, answer.Message, $"refusal:{id}", cancellationToken);
        }
        return answer.IncidentNumber;
    }

    /// <summary>The room is made by the outbox, a moment after the command.</summary>
    private async Task<RoomRow?> IncidentRoomAsync(int number, CancellationToken cancellationToken)
    {
        for (var began = time.GetTimestamp(); time.GetElapsedTime(began) < UntilRoomExists;)
        {
            if (await rooms.FindByIncidentAsync(number, cancellationToken) is { } room)
                return room;
            await Task.Delay(BetweenLooks, time, cancellationToken);
        }
        return null;
    }

    private static IEnumerable<TranscriptMessage> ReadSample()
    {
        const string name = "sample.transcript";
        using var file = new StreamReader(PageEndpoints.Open(name)!);
        return Transcript.Parse(file.ReadToEnd(), name);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The sample in {Room} was interrupted")]
        public static partial void Interrupted(ILogger logger, string room, Exception fault);

        [LoggerMessage(Level = LogLevel.Warning, Message = "A line of the sample in {Room} was refused: {Id}")]
        public static partial void Refused(ILogger logger, string room, string id);
    }
}
