using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using IncidentBot.Incidents.Chat;

namespace IncidentBot.Web;

/// <summary>Markup. Build it with <see cref="Of"/>, which escapes whatever is not markup already.</summary>
internal readonly record struct Html(string Markup)
{
    internal static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static Html Of(HtmlInterpolation markup) => new(markup.Markup.ToString());

    public static Html Text(RichText text) => Of($"{text.Spans.Select(Span)}");

    /// <summary>A time that programs can read, too.</summary>
    public static Html Time(DateTimeOffset at, string shown) =>
        Of($"<time datetime=\"{at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}\">{shown}</time>");

    private static Html Span(RichSpan span) => span switch
    {
        TextSpan { Style: TextStyle.Bold } text => Of($"<strong>{text.Text}</strong>"),
        TextSpan { Style: TextStyle.Italic } text => Of($"<em>{text.Text}</em>"),
        TextSpan { Style: TextStyle.Code } text => Of($"<code>{text.Text}</code>"),
        LinkSpan link when Uri.TryCreate(link.Url, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" =>
            Of($"<a href=\"{link.Url}\" rel=\"nofollow noopener noreferrer\">{link.Text}</a>"),
        LinkSpan link => Of($"{link.Text}"),
        InstantSpan instant => Time(instant.At, instant.ToPlainText()),
        _ => Of($"{span.ToPlainText()}"),
    };
}

[InterpolatedStringHandler]
internal readonly struct HtmlInterpolation(int literalLength, int formattedCount)
{
    internal StringBuilder Markup { get; } = new(literalLength + (32 * formattedCount));

    public void AppendLiteral(string value) => Markup.Append(value);

    public void AppendFormatted(string? value) => Markup.Append(Html.Encoder.Encode(value ?? ""));

    public void AppendFormatted(int value) => Markup.Append(value);

    public void AppendFormatted(Html value) => Markup.Append(value.Markup);

    public void AppendFormatted(RichText value) => AppendFormatted(Html.Text(value));

    public void AppendFormatted(IEnumerable<Html> values)
    {
        foreach (var value in values)
            AppendFormatted(value);
    }
}
