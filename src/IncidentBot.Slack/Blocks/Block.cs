using System.Text.Json.Serialization;

namespace IncidentBot.Slack.Blocks;

/// <summary>A part of a message or view, by the names of SlackNet. https://api.slack.com/reference/block-kit/blocks</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(SectionBlock), "section")]
[JsonDerivedType(typeof(HeaderBlock), "header")]
[JsonDerivedType(typeof(ActionsBlock), "actions")]
[JsonDerivedType(typeof(ContextBlock), "context")]
[JsonDerivedType(typeof(InputBlock), "input")]
public abstract record Block
{
    /// <summary>At most 255 characters, unique in the message or view.</summary>
    public string? BlockId { get; init; }
}

/// <param name="Text">At most 3,000 characters; may be left out when there are fields.</param>
/// <param name="Fields">At most 10, each of at most 2,000 characters.</param>
public sealed record SectionBlock(TextObject? Text = null, IReadOnlyList<TextObject>? Fields = null) : Block;

/// <param name="Text">A <see cref="PlainText"/> of at most 150 characters.</param>
public sealed record HeaderBlock(TextObject Text) : Block;

/// <param name="Elements">At most 25.</param>
public sealed record ActionsBlock(IReadOnlyList<BlockElement> Elements) : Block;

/// <param name="Elements">At most 10 texts.</param>
public sealed record ContextBlock(IReadOnlyList<TextObject> Elements) : Block;

/// <param name="Label">A <see cref="PlainText"/> of at most 2,000 characters.</param>
/// <param name="Hint">A <see cref="PlainText"/> of at most 2,000 characters.</param>
public sealed record InputBlock(TextObject Label, BlockElement Element, TextObject? Hint = null, bool Optional = false) : Block;
