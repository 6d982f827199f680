using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Serialization;

namespace IncidentBot.Incidents.Chat;

/// <summary>
/// The only text type in chat messages and forms: mentions, links and emphasis are data, and what a person typed is always
/// a <see cref="TextSpan"/>, so that it is never read as markup. Build it with <see cref="Format"/>:
/// <c>RichText.Format($"{person} declared {title}")</c>.
/// </summary>
public sealed record RichText(IReadOnlyList<RichSpan> Spans)
{
    public static RichText Empty { get; } = new([]);

    public static implicit operator RichText(string text) => new([new TextSpan(text)]);

    /// <summary>Literal parts and strings become plain text; <see cref="Person"/> a mention; <see cref="RichSpan"/> and <see cref="RichText"/> themselves.</summary>
    public static RichText Format(RichTextInterpolation text) => new(text.Spans);

    public static RichText Bold(string text) => new([new TextSpan(text, TextStyle.Bold)]);

    public static RichText Code(string text) => new([new TextSpan(text, TextStyle.Code)]);

    public static RichText operator +(RichText left, RichText right) => new([.. left.Spans, .. right.Spans]);

    public static RichText Add(RichText left, RichText right) => left + right;

    /// <summary>What a reader without markup sees.</summary>
    public string ToPlainText()
    {
        var text = new StringBuilder();
        foreach (var span in Spans)
            text.Append(span.ToPlainText());
        return text.ToString();
    }

    public override string ToString() => ToPlainText();
}

[JsonConverter(typeof(JsonStringEnumConverter<TextStyle>))]
public enum TextStyle
{
    Plain,
    Bold,
    Italic,
    Code,
}

[JsonDerivedType(typeof(TextSpan), "text")]
[JsonDerivedType(typeof(MentionSpan), "mention")]
[JsonDerivedType(typeof(LinkSpan), "link")]
[JsonDerivedType(typeof(RoomSpan), "room")]
[JsonDerivedType(typeof(InstantSpan), "instant")]
public abstract record RichSpan
{
    public abstract string ToPlainText();
}

public sealed record TextSpan(string Text, TextStyle Style = TextStyle.Plain) : RichSpan
{
    public override string ToPlainText() => Text;
}

/// <summary>Notifies the person where the platform can.</summary>
public sealed record MentionSpan(Person Person) : RichSpan
{
    public override string ToPlainText() => "@" + Person.Name;
}

/// <summary><paramref name="Url"/> is absolute and http or https; anything else is shown as text.</summary>
public sealed record LinkSpan(string Url, string Text) : RichSpan
{
    public override string ToPlainText() => Text == Url ? Url : $"{Text} ({Url})";
}

/// <summary>A link to a room of the same platform; for an incident's room that may still be under way, <paramref name="IncidentNumber"/> names it.</summary>
public sealed record RoomSpan(int IncidentNumber, string Name) : RichSpan
{
    public override string ToPlainText() => "#" + Name;
}

/// <summary>A time: a platform may show it in each reader's zone, the fallback names the given one (IANA id).</summary>
public sealed record InstantSpan(DateTimeOffset At, string ZoneId) : RichSpan
{
    public override string ToPlainText() => ZonedTime.Format(At, ZonedTime.Zone(ZoneId));
}

[InterpolatedStringHandler]
public sealed class RichTextInterpolation
{
    private readonly List<RichSpan> _spans;

    public RichTextInterpolation(int literalLength, int formattedCount)
    {
        _ = literalLength;
        _spans = new List<RichSpan>((2 * formattedCount) + 1);
    }

    internal IReadOnlyList<RichSpan> Spans => _spans;

    public void AppendLiteral(string value) => _spans.Add(new TextSpan(value));

    public void AppendFormatted(string? value)
    {
        if (!string.IsNullOrEmpty(value))
            _spans.Add(new TextSpan(value));
    }

    public void AppendFormatted(int value) => _spans.Add(new TextSpan(value.ToString(CultureInfo.InvariantCulture)));

    public void AppendFormatted(Person value) => _spans.Add(new MentionSpan(value));

    public void AppendFormatted(RichSpan value) => _spans.Add(value);

    public void AppendFormatted(RichText value) => _spans.AddRange(value.Spans);
}
