using System.Text.Json.Serialization;

namespace IncidentBot.Slack.Blocks;

/// <summary>https://api.slack.com/reference/surfaces/views</summary>
/// <param name="Blocks">At most 100.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ModalViewDefinition), "modal")]
[JsonDerivedType(typeof(HomeViewDefinition), "home")]
public abstract record ViewDefinition(IReadOnlyList<Block> Blocks);

/// <param name="Title">A <see cref="PlainText"/> of at most 24 characters, as are <paramref name="Submit"/> and <paramref name="Close"/>.</param>
/// <param name="Submit">Required where there are inputs.</param>
/// <param name="PrivateMetadata">At most 3,000 characters; handed back with the values.</param>
public sealed record ModalViewDefinition(
    IReadOnlyList<Block> Blocks, TextObject Title, TextObject? Submit, TextObject Close, string CallbackId, string PrivateMetadata)
    : ViewDefinition(Blocks);

/// <summary>The App Home tab of one person.</summary>
public sealed record HomeViewDefinition(IReadOnlyList<Block> Blocks) : ViewDefinition(Blocks);
