using System.Text.Json.Serialization;

namespace IncidentBot.Slack.Blocks;

/// <summary>https://api.slack.com/reference/block-kit/composition-objects#text</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(PlainText), "plain_text")]
[JsonDerivedType(typeof(Markdown), "mrkdwn")]
public abstract record TextObject(string Text);

/// <summary>Shown as it is, but for <c>:emoji:</c> where <see cref="Emoji"/> says so.</summary>
public sealed record PlainText(string Text) : TextObject(Text)
{
    /// <summary>A <c>:cron:</c> in a title is no picture.</summary>
    public bool Emoji { get; }
}

/// <summary>Slack's mrkdwn; whatever a person typed in it is escaped by <see cref="Mrkdwn"/>.</summary>
public sealed record Markdown(string Text) : TextObject(Text)
{
    /// <summary>Nothing becomes a link or a mention that is not written as one; <see cref="Mrkdwn"/> writes the addresses that people type as links.</summary>
    public bool Verbatim { get; } = true;
}
