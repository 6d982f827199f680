namespace IncidentBot.Tests.Slack.SocketMode;

/// <summary>Envelopes as Slack sends them. https://api.slack.com/apis/socket-mode#events</summary>
internal static class Envelopes
{
    public static object Command(string command, string text, string? id = null, string? trigger = null, bool acceptsPayload = true) => new
    {
        envelope_id = id ?? NewId(),
        type = "slash_commands",
        accepts_response_payload = acceptsPayload,
        payload = new
        {
            token = "x", team_id = "T1", team_domain = "acme", channel_id = "C1", channel_name = "general", user_id = "U1", user_name = "maria",
            command, text, api_app_id = "A1", is_enterprise_install = "false", response_url = "", trigger_id = trigger ?? NewId(),
        },
    };

    public static object Declare(string title = "Checkout answers 500") => Command("/incident", $"start sev2 {title}");

    public static object Note(string text, string? id = null) => Command("/timeline", $"note {text}", id);

    /// <summary>The pushpin on the message that the fake's history holds.</summary>
    public static object Reaction(string eventId, int attempt = 0) => new
    {
        envelope_id = NewId(),
        type = "events_api",
        accepts_response_payload = false,
        retry_attempt = attempt,
        retry_reason = attempt == 0 ? "" : "timeout",
        payload = new
        {
            token = "x", team_id = "T1", api_app_id = "A1", type = "event_callback", event_id = eventId, event_time = 1700000000,
            @event = new { type = "reaction_added", user = "U1", reaction = "pushpin", item_user = "U1", event_ts = "1700000001.000100", item = new { type = "message", channel = "C1", ts = "1700000000.000100" } },
        },
    };

    public static object HomeOpened() => new
    {
        envelope_id = NewId(),
        type = "events_api",
        accepts_response_payload = false,
        payload = new { type = "event_callback", event_id = NewId(), @event = new { type = "app_home_opened", user = "U1", tab = "home" } },
    };

    /// <summary>A modal of the bot, which no input of it can answer.</summary>
    public static object Submission(string metadata, object values, string? id = null) => new
    {
        envelope_id = id ?? NewId(),
        type = "interactive",
        accepts_response_payload = true,
        payload = new
        {
            type = "view_submission", team = new { id = "T1" }, user = new { id = "U1", username = "maria" }, api_app_id = "A1", trigger_id = NewId(),
            view = new { id = "V1", type = "modal", callback_id = "form", private_metadata = metadata, hash = "1.2", state = new { values } },
        },
    };

    public static string NewId() => Guid.NewGuid().ToString();
}
