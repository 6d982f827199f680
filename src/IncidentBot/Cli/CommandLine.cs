using System.CommandLine;
using IncidentBot.Incidents.Postmortems;

namespace IncidentBot.Cli;

/// <summary>The command line: without a command the bot starts; everything else ends by itself.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The transcript: one message a line, <ISO 8601 time with offset> <@user> <text>" };
        var zone = new Option<string>("--zone") { Description = "IANA time zone for times without one, and of the draft", DefaultValueFactory = _ => "UTC" };
        var template = new Option<FileInfo?>("--template") { Description = "A Scriban template of your own, instead of Postmortem:TemplatePath" };
        var format = new Option<string>("--format") { Description = "markdown, html or json", DefaultValueFactory = _ => "markdown" };
        format.AcceptOnlyFromAmong("markdown", "html", "json");
        var strict = new Option<bool>("--strict") { Description = "Exit with 3 when a required part of the postmortem is missing" };
        var replay = new Command("replay", "Runs a transcript through the same handlers on a throw-away store and prints the postmortem")
        {
            file, zone, template, format, strict,
        };
        replay.SetAction(async (parsed, cancellationToken) => await RefuseUnknownAsync(parsed.UnmatchedTokens, replay) ?? await WithSettingsAsync(settings =>
        {
            settings.TemplatePath = parsed.GetValue(template)?.ToString() ?? settings.TemplatePath;
            return Replay.RunAsync(
                new ReplayRequest(parsed.GetRequiredValue(file), parsed.GetRequiredValue(zone), settings, parsed.GetRequiredValue(format), parsed.GetValue(strict)),
                Console.Out,
                Console.Error,
                cancellationToken);
        }));

        var templateFile = new Argument<FileInfo>("TEMPLATE") { Description = "A Scriban template" };
        var data = new Option<FileInfo?>("--data") { Description = "A JSON object; its members are the template's variables" };
        var render = new Command("render", "Renders any Scriban template; exit 2 if it cannot be read or parsed, 3 if it fails while it runs") { templateFile, data };
        render.SetAction(async (parsed, cancellationToken) => await RefuseUnknownAsync(parsed.UnmatchedTokens, render) ?? await RenderTemplate.RunAsync(
            parsed.GetRequiredValue(templateFile), parsed.GetValue(data), Console.Out, Console.Error, cancellationToken));

        var ownTemplate = new Argument<FileInfo>("FILE") { Description = "A Scriban template for postmortem drafts (Postmortem:TemplatePath)" };
        var checkTemplate = new Command(
            "check-template", "Tries a postmortem template with sample incidents: faults, unknown fields and missing parts with line and column; exit 2 if it cannot be read or parsed, 3 for anything else to mend")
        {
            ownTemplate,
        };
        checkTemplate.SetAction(async (parsed, cancellationToken) => await RefuseUnknownAsync(parsed.UnmatchedTokens, checkTemplate)
            ?? await WithSettingsAsync(settings => CheckTemplate.RunAsync(parsed.GetRequiredValue(ownTemplate).ToString(), settings, Console.Out, Console.Error, cancellationToken)));

        var migrate = new Command("migrate", "Brings the database up to date");
        migrate.SetAction((_, cancellationToken) => Migrate.RunAsync(Without(args, "migrate"), Console.Out, Console.Error, cancellationToken));
        var doctor = new Command("doctor", "Checks the configuration, the database, the postmortem template, the chats that are served and the escalation policies; exit 1 if any fails");
        doctor.SetAction((_, cancellationToken) => Doctor.RunAsync(Without(args, "doctor"), Console.Out, cancellationToken));
        var package = new Argument<FileInfo>("FILE") { Description = "The package to write, for example incidentbot.zip" };
        var teamsApp = new Command(
            "teams-app", "Makes the app package to upload to Microsoft Teams, from Teams:MicrosoftAppId and IncidentBot:PublicUrl; exit 1 if a setting is missing or wrong, 2 if the file cannot be written")
        {
            package,
        };
        teamsApp.SetAction((parsed, cancellationToken) => TeamsApp.RunAsync(parsed.GetRequiredValue(package).ToString(), [.. parsed.UnmatchedTokens], Console.Out, Console.Error, cancellationToken));

        var root = new RootCommand("IncidentBot keeps the timeline of an outage and drafts its postmortem. Without a command it starts the bot.")
        {
            replay, render, checkTemplate, migrate, doctor, teamsApp,
        };
        // Configuration such as --urls or --IncidentBot:TimeZone goes to the host.
        foreach (var command in new Command[] { root, migrate, doctor, teamsApp })
            command.TreatUnmatchedTokensAsErrors = false;
        root.SetAction(async (parsed, cancellationToken) =>
        {
            if (args is [var word, ..] && !word.StartsWith('-') && !word.Contains('=', StringComparison.Ordinal))
                return await ComplainAsync($"\"{word}\" is no command. Known are: {string.Join(", ", root.Subcommands.Select(c => c.Name))}; without one the bot starts.");
            if (args.FirstOrDefault(a => a.StartsWith('-') && !IsSetting(a)) is { } unknown)
                return await ComplainAsync($"{unknown} is no setting. A key of the configuration is accepted, for example --urls http://127.0.0.1:5081 or --IncidentBot:TimeZone Europe/Paris.");
            return await BotHost.RunAsync(args, Console.Out, Console.Error, cancellationToken);
        });
        // As long as the host takes to stop, and some more: after two seconds, which is the default, the process would end in the middle of it.
        return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(35) });
    }

    /// <summary>The settings of the bot and of its host that may stand on the command line; sections go with their keys.</summary>
    internal static bool IsSetting(string argument)
    {
        var name = argument.TrimStart('-').Split('=', ':')[0];
        string[] known = ["urls", "environment", "contentRoot", "applicationName", "IncidentBot", "Storage", "Slack", "Teams", "LocalChat", "Postmortem", "Escalation", "Reminders", "Logging", "Kestrel", "AllowedHosts"];
        return known.Contains(name, StringComparer.OrdinalIgnoreCase);
    }

    private static async Task<int?> RefuseUnknownAsync(IReadOnlyList<string> unmatched, Command command) => unmatched.Count == 0
        ? null
        : await ComplainAsync($"{unmatched[0]} is unknown here. {command.Name} accepts: {string.Join(", ", command.Options.Select(o => o.Name))}.");

    /// <summary>With the section Postmortem as it is configured here, so that what is tried is what the bot will do.</summary>
    private static async Task<int> WithSettingsAsync(Func<PostmortemOptions, Task<int>> run)
    {
        PostmortemOptions settings;
        try
        {
            settings = PostmortemSettings.Read();
        }
        catch (Exception fault) when (BotHost.Explain(fault) is { } explanation)
        {
            return await ComplainAsync(explanation);
        }
        return await run(settings);
    }

    private static async Task<int> ComplainAsync(string message)
    {
        await Console.Error.WriteLineAsync(message);
        return ExitCodes.Usage;
    }

    /// <summary>What is left for the host's configuration.</summary>
    private static string[] Without(string[] args, string command) => [.. args.Where(a => a != command)];
}
