using IncidentBot.Incidents.Postmortems;
using IncidentBot.Incidents.Postmortems.Templates;

namespace IncidentBot.Cli;

/// <summary><c>check-template FILE</c>: everything there is to say of a postmortem template, on standard output.</summary>
internal static class CheckTemplate
{
    public static async Task<int> RunAsync(string path, PostmortemOptions options, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        if (TemplateText.Read(path, out var fault) is not { } text)
        {
            await errors.WriteLineAsync($"{path}: cannot be read: {fault}");
            return ExitCodes.Usage;
        }
        var report = TemplateCheck.Run(path, text, options, cancellationToken);
        foreach (var message in report.Messages)
            await output.WriteLineAsync(message.ToText(withCaret: true));
        await output.WriteLineAsync($"{path}: {Sum(report)}");
        return !report.IsParsed ? ExitCodes.Usage : report.IsFlawless ? ExitCodes.Success : ExitCodes.Incomplete;
    }

    private static string Sum(TemplateReport report)
    {
        int errors = report.Messages.Count(m => m.Kind == TemplateMessageKind.Error);
        int warnings = report.Messages.Count(m => m.Kind == TemplateMessageKind.Warning);
        return report.IsFlawless
            ? $"nothing to mend; the draft of the full sample has {report.Words} words"
            : $"{Count(errors, "error")}, {Count(warnings, "warning")}";
    }

    private static string Count(int number, string what) => number == 1 ? $"1 {what}" : $"{number} {what}s";
}
