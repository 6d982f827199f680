using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Configuration;
using IncidentBot.Incidents.Escalations;
using IncidentBot.Incidents.Postmortems;
using IncidentBot.Incidents.Postmortems.Templates;
using IncidentBot.Incidents.Store;
using IncidentBot.Slack;
using IncidentBot.Teams;
using Microsoft.Extensions.Options;

namespace IncidentBot.Cli;

/// <summary><c>doctor</c>: one line for each thing that can be wrong; exit 1 if any is.</summary>
internal static class Doctor
{
    private const string UntilMended = "Until it is mended the built-in template is used.";

    public static async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken cancellationToken)
    {
        WebApplication app;
        try
        {
            // What is wrong is told in lines, not in logs beside them.
            app = BotHost.Create([.. args, "--Logging:LogLevel:IncidentBot=None"]);
        }
        catch (Exception fault) when (BotHost.Explain(fault) is { } explanation)
        {
            await output.WriteLineAsync($"FAIL configuration: {explanation}");
            return ExitCodes.Failure;
        }
        await using (app)
        {
            var isHealthy = true;
            Task CheckAsync(string what, Func<Task<Diagnosis>> check) => CheckAllAsync(what, async () => [await check()]);

            async Task CheckAllAsync(string what, Func<Task<IReadOnlyList<Diagnosis>>> check)
            {
                IReadOnlyList<Diagnosis> found;
                try
                {
                    found = await check();
                }
                catch (Exception fault) when (fault is not OperationCanceledException)
                {
                    found = [Diagnosis.Fault(BotHost.Explain(fault) ?? fault.Message)];
                }
                isHealthy &= !found.Any(f => f.IsFault);
                foreach (var (mark, line) in found.SelectMany(f => f.Text.Split(Environment.NewLine), (f, line) => (f.Mark, line)))
                    await output.WriteLineAsync($"{mark,-4} {what}: {line}");
            }

            var services = app.Services;
            foreach (var unknown in services.DescribeUnknownSettings())
                await CheckAsync("configuration", () => Task.FromResult(Diagnosis.Warning(unknown)));
            await CheckAsync("configuration", () =>
            {
                services.GetRequiredService<IStartupValidator>().Validate();
                return Task.FromResult<Diagnosis>($"times without a zone are read in {services.GetRequiredService<IOptions<IncidentBotOptions>>().Value.TimeZone}");
            });
            if (!isHealthy)
                return ExitCodes.Failure;
            await CheckAsync("database", async () =>
            {
                var store = services.GetRequiredService<IncidentStore>();
                var file = Path.Combine(store.DataDirectory, IncidentStore.FileName);
                return await store.InspectAsync(cancellationToken) switch
                {
                    null => $"{file} will be created at the first start",
                    [] => $"{file} is sound and up to date",
                    var pending => $"{file} is sound; the next start applies {string.Join(", ", pending)}",
                };
            });
            await CheckAsync("postmortem template", () => Task.FromResult<Diagnosis>(InspectTemplate(services.GetRequiredService<IOptions<PostmortemOptions>>().Value, cancellationToken) is var (line, isUsable) && isUsable ? line : throw new InvalidOperationException(line)));
            await CheckAsync("chat platforms", () => Task.FromResult<Diagnosis>(BotHost.DescribePlatforms(app)));
            foreach (var (what, check) in services.GetService<SlackDoctor>()?.Checks(cancellationToken) ?? [])
                await CheckAsync(what, check);
            foreach (var (what, check) in services.GetService<TeamsDoctor>()?.Checks(cancellationToken) ?? [])
                await CheckAsync(what, check);
            var platforms = services.GetServices<IChatPlatform>().ToDictionary(p => p.Name);
            await CheckAllAsync("escalation policies", () => new PolicyCheck(services.GetRequiredService<EscalationPolicies>(), platforms.Keys, FindNameAsync).RunAsync(cancellationToken));
            return isHealthy ? ExitCodes.Success : ExitCodes.Failure;

            async Task<string?> FindNameAsync(string platform, string id, CancellationToken _)
            {
                try
                {
                    return (await platforms[platform].FindPersonAsync(id, cancellationToken))?.Person.Name;
                }
                catch (StoreUnavailableException)
                {
                    // Before the first start there is no database that could tell.
                    throw new ChatPlatformException("the database is not there yet, or does not answer.", isTransient: true);
                }
            }
        }
    }

    /// <summary>One line; what a draft lacks is for <c>check-template</c> to tell, since the bot works all the same.</summary>
    internal static (string Line, bool IsUsable) InspectTemplate(PostmortemOptions options, CancellationToken cancellationToken)
    {
        if (options.TemplatePath is not { Length: > 0 } path)
            return ("the built-in one", true);
        if (TemplateText.Read(path, out var fault) is not { } text)
            return ($"{path} cannot be read: {fault} {UntilMended}", false);
        var report = TemplateCheck.Run(path, text, options, cancellationToken);
        if (report.Messages.FirstOrDefault(m => m.Kind == TemplateMessageKind.Error) is { } error)
            return ($"{MarkdownText.OneLine(error.ToText(withCaret: false))} - {UntilMended}", false);
        int warnings = report.Messages.Count(m => m.Kind == TemplateMessageKind.Warning);
        return (warnings == 0 ? $"{path} renders the samples" : $"{path} renders the samples; check-template has {warnings} {(warnings == 1 ? "warning" : "warnings")} about it", true);
    }
}
