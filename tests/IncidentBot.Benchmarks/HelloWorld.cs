using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IncidentBot.Benchmarks;

/// <summary>The least that a web application on the same framework can be: what the bot's start and memory are compared with.</summary>
internal static class HelloWorld
{
    public const string Switch = "--hello-world";

    public static async Task RunAsync()
    {
        var builder = WebApplication.CreateBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        await using var app = builder.Build();
        app.MapGet("/", () => "Hello World!");
        await app.StartAsync();
        Console.WriteLine($"Listens on {app.Urls.First()}");
        await app.WaitForShutdownAsync();
    }
}
