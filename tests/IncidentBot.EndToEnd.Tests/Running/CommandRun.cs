using System.Diagnostics;

namespace IncidentBot.EndToEnd.Tests.Running;

/// <summary>A program that ran to its end.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Errors)
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(40);

    public static async Task<CommandRun> OfAsync(ProcessStartInfo start)
    {
        using var timeout = new CancellationTokenSource(Bound);
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(timeout.Token);
        var errors = process.StandardError.ReadToEndAsync(timeout.Token);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw new TimeoutException($"{string.Join(' ', start.ArgumentList)} did not end.");
        }
        return new CommandRun(process.ExitCode, await output, await errors);
    }

    /// <summary>The bot with these arguments, for commands that end by themselves.</summary>
    public static async Task<CommandRun> OfBotAsync(params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        return await OfAsync(BotProgram.With(arguments, folder.Path));
    }

    /// <summary>It did not start, said why, and spared the person the program's insides.</summary>
    public void AssertRefusedToStart(params string[] says)
    {
        Assert.True(ExitCode == 1, $"exit {ExitCode}: {Output}{Errors}");
        AssertExplains(Errors, says);
        AssertNoInsides(Output);
    }

    public static void AssertExplains(string text, params string[] says)
    {
        foreach (var part in says)
            Assert.Contains(part, text, StringComparison.OrdinalIgnoreCase);
        AssertNoInsides(text);
    }

    private static void AssertNoInsides(string text)
    {
        Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
    }
}
