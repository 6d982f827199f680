using System.Security;
using System.Text;

namespace IncidentBot.Incidents.Postmortems.Templates;

/// <summary>The text of the file of a template, or of its data.</summary>
public static class TemplateText
{
    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads UTF-8, or UTF-16 with its mark at the beginning; the mark is no part of the text.</summary>
    /// <param name="fault">Why it cannot be read, for a person; null when it was.</param>
    /// <returns>Null when it cannot be read.</returns>
    public static string? Read(string path, out string? fault)
    {
        try
        {
            fault = Directory.Exists(path) ? "This is a folder; a file is wanted." : null;
            if (fault is not null)
                return null;
            using var reader = new StreamReader(path, _strict, detectEncodingFromByteOrderMarks: true);
            var text = reader.ReadToEnd();
            fault = text.Contains('\0', StringComparison.Ordinal) ? "This is no text: it holds zero bytes." : null;
            return fault is null ? text : null;
        }
        catch (DecoderFallbackException)
        {
            fault = "This is no UTF-8 text. Save the file as UTF-8.";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SecurityException or ArgumentException or NotSupportedException)
        {
            fault = e.Message;
        }
        return null;
    }
}
