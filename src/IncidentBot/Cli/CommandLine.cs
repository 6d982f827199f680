using System.CommandLine;

namespace IncidentBot.Cli;

/// <summary>The command line: without a command the bot starts; everything else ends by itself.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The transcript: one message a line, <ISO 8601 time with offset> <@user> <text>" };
        var zone = new Option<string>("--zone") { Description = "IANA time zone for times without one, and of the draft", DefaultValueFactory = _ => "UTC" };
        var template = new Option<FileInfo?>("--template") { Description = "A Scriban template of your own" };
        var format = new Option<string>("--format") { Description = "markdown, html or json", DefaultValueFactory = _ => "markdown" };
        format.AcceptOnlyFromAmong("markdown", "html", "json");
        var strict = new Option<bool>("--strict") { Description = "Exit with 3 when a required part of the postmortem is missing" };
        var replay = new Command("replay", "Runs a transcript through the same handlers on a throw-away store and prints the postmortem")
        {
            file, zone, template, format, strict,
        };
        replay.SetAction((parsed, cancellationToken) => Replay.RunAsync(
            new ReplayRequest(parsed.GetRequiredValue(file), parsed.GetRequiredValue(zone), parsed.GetValue(template), parsed.GetRequiredValue(format), parsed.GetValue(strict)),
            Console.Out,
            Console.Error,
            cancellationToken));

        var templateFile = new Argument<FileInfo>("TEMPLATE") { Description = "A Scriban template" };
        var data = new Option<FileInfo?>("--data") { Description = "A JSON object; its members are the template's variables" };
        var render = new Command("render", "Renders any Scriban template") { templateFile, data };
        render.SetAction((parsed, cancellationToken) => RenderTemplate.RunAsync(
            parsed.GetRequiredValue(templateFile), parsed.GetValue(data), Console.Out, Console.Error, cancellationToken));

        var migrate = new Command("migrate", "Brings the database up to date");
        migrate.SetAction((_, cancellationToken) => Migrate.RunAsync(Without(args, "migrate"), Console.Out, Console.Error, cancellationToken));
        var doctor = new Command("doctor", "Checks the configuration, the database and each platform's credentials");
        doctor.SetAction((_, cancellationToken) => Doctor.RunAsync(Without(args, "doctor"), Console.Out, cancellationToken));

        var root = new RootCommand("IncidentBot keeps the timeline of an outage and drafts its postmortem. Without a command it starts the bot.")
        {
            replay, render, migrate, doctor,
        };
        // Configuration such as --urls or --IncidentBot:TimeZone goes to the host.
        foreach (var command in new Command[] { root, migrate, doctor })
            command.TreatUnmatchedTokensAsErrors = false;
        root.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.UnmatchedTokens.FirstOrDefault(token => !token.StartsWith('-') && !token.Contains('=', StringComparison.Ordinal)) is { } word
                && args[0] == word)
            {
                await Console.Error.WriteLineAsync($"\"{word}\" is no command. Known are: {string.Join(", ", root.Subcommands.Select(c => c.Name))}; without one the bot starts.");
                return ExitCodes.Usage;
            }
            return await BotHost.RunAsync(args, Console.Out, Console.Error, cancellationToken);
        });
        return await root.Parse(args).InvokeAsync();
    }

    /// <summary>What is left for the host's configuration.</summary>
    private static string[] Without(string[] args, string command) => [.. args.Where(a => a != command)];
}
