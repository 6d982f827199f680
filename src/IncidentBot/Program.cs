using IncidentBot.Cli;

return await CommandLine.RunAsync(args);
