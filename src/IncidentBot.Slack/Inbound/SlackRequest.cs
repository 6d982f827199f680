using System.Text.Json;
using IncidentBot.Slack.Api;

namespace IncidentBot.Slack.Inbound;

/// <summary>What Slack sends, by any of its ways, once it is read. Unknown kinds and fields are no fault: Slack adds some all the time.</summary>
public abstract record SlackRequest;

/// <summary>Slack asks whether the address is ours; the challenge goes back. https://api.slack.com/events/url_verification</summary>
public sealed record UrlVerification(string Challenge) : SlackRequest;

/// <summary>Something that the bot does not know; it is acknowledged and nothing more.</summary>
public sealed record UnknownRequest(string Kind) : SlackRequest;

/// <summary>https://api.slack.com/interactivity/slash-commands</summary>
/// <param name="Text">With people and channels as references, and <c>&amp; &lt; &gt;</c> escaped.</param>
public sealed record SlashCommand(
    string Command, string Text, string UserId, string? UserName, string ChannelId, string TriggerId, string? ResponseUrl) : SlackRequest;

/// <summary>Something in the Events API. https://api.slack.com/apis/events-api</summary>
/// <param name="Type">The inner event's; empty where it has none.</param>
public sealed record EventCallback(string EventId, string Type, JsonElement Event) : SlackRequest;

/// <summary>A button was pressed. https://api.slack.com/reference/interaction-payloads/block-actions</summary>
/// <param name="View">Set where the button stands in a view and not in a message.</param>
public sealed record BlockActionRequest(
    SlackUser User, string TriggerId, IReadOnlyList<BlockAction?>? Actions, ChannelInfo? Channel, ViewState? View, string? ResponseUrl) : SlackRequest;

/// <summary>A modal was submitted. https://api.slack.com/reference/interaction-payloads/views</summary>
public sealed record ViewSubmission(SlackUser User, ViewState View) : SlackRequest;

/// <summary>A shortcut of a message's menu. https://api.slack.com/reference/interaction-payloads/shortcuts</summary>
public sealed record MessageShortcut(
    string CallbackId, SlackUser User, string TriggerId, ChannelInfo Channel, HistoryMessage Message, string? ResponseUrl) : SlackRequest;

public sealed record SlackUser(string Id, string? Username = null);

public sealed record ChannelInfo(string Id);

public sealed record BlockAction(string? Value);

/// <param name="State">Values by block and by action.</param>
public sealed record ViewState(string Id, string? Type, string? PrivateMetadata, ViewValues? State);

public sealed record ViewValues(IReadOnlyDictionary<string, IReadOnlyDictionary<string, ElementValue?>?>? Values);

/// <summary>What one input holds; which field it is depends on the kind of input.</summary>
public sealed record ElementValue(string? Value = null, SelectedOption? SelectedOption = null, string? SelectedDate = null, string? SelectedUser = null);

public sealed record SelectedOption(string? Value);
