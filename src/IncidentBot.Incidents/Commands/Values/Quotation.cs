namespace IncidentBot.Incidents.Commands.Values;

/// <summary>Double quotes in typed text: straight ones, and the smart ones that phones and chat clients make of them.</summary>
internal static class Quotation
{
    private const string Marks = "\"“”„";

    /// <summary>Finds the mark that closes the quotation opened at <paramref name="start"/>; false when none opens or closes.</summary>
    public static bool TryFindEnd(string text, int start, out int end)
    {
        end = -1;
        if (!Opens(text, start))
            return false;

        var closing = text[start] switch { '“' => "”", '„' => "“”", '”' => "”", _ => "\"" };
        end = text.AsSpan(start + 1).IndexOfAny(closing);
        if (end < 0)
            // A client may make only one of the two marks smart.
            end = text.AsSpan(start + 1).IndexOfAny(Marks);
        if (end < 0)
            return false;

        end += start + 1;
        return true;
    }

    /// <summary>Whether a quotation may open here. The inch mark of <c>5"</c> opens none.</summary>
    public static bool Opens(string text, int index) =>
        index < text.Length && Marks.Contains(text[index]) && (index == 0 || !char.IsLetterOrDigit(text[index - 1]));
}
