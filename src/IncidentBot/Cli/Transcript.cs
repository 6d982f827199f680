using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace IncidentBot.Cli;

/// <param name="Line">1-based.</param>
/// <param name="User">Without <c>@</c>.</param>
public sealed record TranscriptMessage(int Line, DateTimeOffset At, string User, string Text);

/// <summary>A file cannot be read as a transcript; the message names file, line and reason.</summary>
public sealed class TranscriptException(string message) : Exception(message);

/// <summary>
/// A chat as UTF-8 text, one message a line: <c>&lt;ISO 8601 time with offset&gt; &lt;@user&gt; &lt;text&gt;</c>. Blank lines and
/// lines that begin with <c>#</c> are skipped.
/// </summary>
public static partial class Transcript
{
    /// <exception cref="TranscriptException">The file is missing, is not UTF-8, or a line is no message.</exception>
    public static async Task<IReadOnlyList<TranscriptMessage>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        string text;
        try
        {
            var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
            text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException fault)
        {
            throw new TranscriptException($"{path}: not UTF-8 text (byte {fault.Index}). Save the file as UTF-8.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new TranscriptException($"{path}: cannot be read: {fault.Message}");
        }
        return [.. Parse(text, path)];
    }

    /// <inheritdoc cref="ReadAsync"/>
    public static IEnumerable<TranscriptMessage> Parse(string text, string path)
    {
        var number = 0;
        foreach (var raw in text.TrimStart('\uFEFF').Split('\n'))
        {
            number++;
            var line = raw.Trim();
            if (line.Length > 0 && line[0] != '#')
                yield return Read(line, number, path);
        }
    }

    private static TranscriptMessage Read(string line, int number, string path)
    {
        var match = MessageLine().Match(line);
        if (!match.Success)
            throw Fault("is not \"<time> <@user> <text>\", for example: 2026-03-02T09:14:00Z @maria /incident start sev2 Checkout answers 500");
        var time = match.Groups["time"].Value;
        if (!TimeWithOffset().IsMatch(time)
            || !DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at))
        {
            throw Fault($"begins with \"{time}\", which is no ISO 8601 time with an offset such as 2026-03-02T09:14:00Z or 2026-03-02T10:14:00+01:00");
        }
        return new TranscriptMessage(number, at, match.Groups["user"].Value, match.Groups["text"].Value);

        TranscriptException Fault(string why) => new($"{path}({number}): the line {why}.");
    }

    [GeneratedRegex(@"^(?<time>\S+)\s+@(?<user>\S+)(?:\s+(?<text>.*))?$", RegexOptions.Singleline)]
    private static partial Regex MessageLine();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:?\d\d)$", RegexOptions.CultureInvariant)]
    private static partial Regex TimeWithOffset();
}
