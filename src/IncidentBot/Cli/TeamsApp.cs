using IncidentBot.Incidents;
using IncidentBot.Teams;

namespace IncidentBot.Cli;

/// <summary><c>teams-app FILE</c>: writes the app package for Teams and says where it goes.</summary>
internal static class TeamsApp
{
    /// <param name="settings">As on the command line of the bot.</param>
    public static async Task<int> RunAsync(string path, string[] settings, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        if (!path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
        {
            await errors.WriteLineAsync($"{path}: Teams takes a .zip only. Name one, for example incidentbot.zip.");
            return ExitCodes.Usage;
        }
        try
        {
            var configuration = WebApplication.CreateBuilder(settings).Configuration;
            var appId = configuration[$"{TeamsOptions.Section}:{nameof(TeamsOptions.MicrosoftAppId)}"] ?? "";
            var publicUrl = configuration[$"IncidentBot:{nameof(IncidentBotOptions.PublicUrl)}"] ?? "";
            var faults = TeamsAppPackage.FaultsOf(appId, publicUrl).ToList();
            foreach (var fault in faults)
                await errors.WriteLineAsync(fault);
            if (faults.Count > 0)
                return ExitCodes.Failure;
            await File.WriteAllBytesAsync(path, TeamsAppPackage.Create(appId, publicUrl), cancellationToken);
            await output.WriteLineAsync(Next(path, appId, TeamsAppPackage.EndpointOf(publicUrl)));
            return ExitCodes.Success;
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or IOException)
        {
            await errors.WriteLineAsync($"{path}: cannot be written: {fault.Message}");
            return ExitCodes.Usage;
        }
        catch (Exception fault) when (BotHost.Explain(fault) is { } explanation)
        {
            await errors.WriteLineAsync(explanation);
            return ExitCodes.Failure;
        }
    }

    private static string Next(string path, string appId, string endpoint) => $"""
        {path} is the app package of the bot {appId}.
        1. The Azure Bot needs the messaging endpoint {endpoint} (page "Configuration") and the channel Microsoft Teams (page "Channels").
        2. In Teams: Apps, Manage your apps, Upload an app, Upload a custom app. Where that is not offered, an administrator
           uploads the file in the Teams admin center: Teams apps, Manage apps, Actions, Upload new app.
        3. Add the app to a team or a chat, and write there: @IncidentBot help
        """;
}
