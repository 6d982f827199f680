using IncidentBot.Incidents.Store;

namespace IncidentBot.Cli;

/// <summary><c>migrate</c>: brings the database up to date and ends.</summary>
internal static class Migrate
{
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        try
        {
            await using var app = BotHost.Build(args);
            var store = app.Services.GetRequiredService<IncidentStore>();
            await store.PrepareAsync(cancellationToken);
            await output.WriteLineAsync($"The database in {store.DataDirectory} is up to date.");
            return ExitCodes.Success;
        }
        catch (Exception fault) when (BotHost.Explain(fault) is { } explanation)
        {
            await errors.WriteLineAsync(explanation);
            return ExitCodes.Failure;
        }
    }
}
