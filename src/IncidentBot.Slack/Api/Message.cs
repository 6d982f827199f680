using System.Text.Json;
using IncidentBot.Slack.Blocks;

namespace IncidentBot.Slack.Api;

/// <summary>What <c>chat.postMessage</c> takes.</summary>
/// <param name="Text">Under 4,000 characters; what notifications and screen readers read.</param>
/// <param name="Metadata">Not shown; handed back with the message, so that it can be recognised.</param>
public sealed record Message(string Channel, string Text, IReadOnlyList<Block> Blocks, MessageMetadata? Metadata = null)
{
    /// <summary>A link in a note must not cover the timeline with its preview.</summary>
    public bool UnfurlLinks { get; }

    public bool UnfurlMedia { get; }
}

/// <summary>What <c>chat.update</c> takes.</summary>
public sealed record MessageUpdate(string Channel, string Ts, string Text, IReadOnlyList<Block> Blocks);

/// <summary>https://api.slack.com/metadata</summary>
public sealed record MessageMetadata(string EventType, JsonElement EventPayload);

/// <summary>What goes back to a slash command, or to a <c>response_url</c>.</summary>
/// <param name="ResponseType"><c>ephemeral</c> or <c>in_channel</c>.</param>
public sealed record SlashCommandResponse(
    string Text, IReadOnlyList<Block> Blocks, string ResponseType = "ephemeral", bool? ReplaceOriginal = null);
