namespace IncidentBot.EndToEnd.Tests.Running;

/// <summary>One bot for the tests of a class; each works on an incident of its own.</summary>
public sealed class RunningBot : IAsyncLifetime
{
    internal BotProcess Process { get; private set; } = null!;

    internal LocalChatClient Chat => Process.Chat;

    public async Task InitializeAsync() => Process = await BotProcess.StartAsync();

    public async Task DisposeAsync() => await Process.DisposeAsync();
}
