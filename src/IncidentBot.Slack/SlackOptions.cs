using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace IncidentBot.Slack;

/// <summary>How Slack's requests reach the bot.</summary>
public enum SlackMode
{
    /// <summary>Slack calls the bot's request URLs; needs a public address and the signing secret.</summary>
    Http,

    /// <summary>The bot opens a WebSocket to Slack; needs the app-level token and no public address.</summary>
    SocketMode,
}

/// <summary>Where the work on an incident goes on.</summary>
public enum IncidentRoom
{
    /// <summary>In a channel of its own.</summary>
    NewChannel,

    /// <summary>In the channel where it was declared.</summary>
    SameChannel,
}

/// <summary>Section <c>Slack</c>. Slack is served where <see cref="BotToken"/> is set. https://api.slack.com/authentication/token-types</summary>
public sealed partial class SlackOptions : IValidatableObject
{
    public const string Section = "Slack";

    /// <summary>The bot user's token, <c>xoxb-…</c>. A secret.</summary>
    public string BotToken { get; set => field = value.Trim(); } = "";

    /// <summary>The app-level token with <c>connections:write</c>, <c>xapp-…</c>; for Socket Mode. A secret.</summary>
    public string AppToken { get; set => field = value.Trim(); } = "";

    /// <summary>The secret by which Slack signs its requests; for HTTP. A secret.</summary>
    public string SigningSecret { get; set => field = value.Trim(); } = "";

    /// <summary>Where Slack's Web API is; another one only for tests and proxies.</summary>
    public string ApiBaseUrl { get; set; } = "https://slack.com/api/";

    public SlackMode Mode { get; set; } = SlackMode.Http;

    /// <summary>The id (<c>C…</c>) or name of the channel where incidents and updates for stakeholders are announced; empty: where the incident was declared.</summary>
    public string AnnouncementChannel { get; set; } = "";

    public IncidentRoom IncidentRoom { get; set; } = IncidentRoom.NewChannel;

    /// <summary>What the names of incident channels begin with.</summary>
    public string ChannelPrefix { get; set; } = "inc";

    /// <summary>The emoji, with or without colons, that adds a message to the timeline.</summary>
    public string TimelineReaction { get; set => field = value.Trim(':'); } = "pushpin";

    /// <summary>How many WebSockets are open at once in Socket Mode, so that one is there while another is replaced. Slack allows 10.</summary>
    [Range(1, 10, ErrorMessage = "Slack:Connections must be from 1 to 10.")]
    public int Connections { get; set; } = 2;

    public bool IsConfigured => BotToken.Length > 0;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsConfigured)
        {
            var defaults = new SlackOptions();
            var others = typeof(SlackOptions).GetProperties().Where(p => p.CanWrite && !Equals(p.GetValue(this), p.GetValue(defaults))).Select(p => $"{Section}:{p.Name}").ToList();
            if (others.Count > 0)
                yield return new ValidationResult($"Slack:BotToken is empty, so Slack is not served, but {string.Join(", ", others)} {(others.Count == 1 ? "is" : "are")} set. Copy the Bot User OAuth Token (xoxb-…) from the app's page \"OAuth & Permissions\".");
            yield break;
        }
        if (!BotToken.StartsWith("xoxb-", StringComparison.Ordinal))
            yield return new ValidationResult("Slack:BotToken does not begin with xoxb-. Copy the Bot User OAuth Token from the app's page \"OAuth & Permissions\".");
        else if (!WholeToken().IsMatch(BotToken))
            yield return new ValidationResult("Slack:BotToken is not a whole token: it has a blank or another character that no token has. Copy the Bot User OAuth Token anew from the app's page \"OAuth & Permissions\".");
        if (Mode == SlackMode.SocketMode && !AppToken.StartsWith("xapp-", StringComparison.Ordinal))
            yield return new ValidationResult("Slack:AppToken does not begin with xapp-. Socket Mode needs an app-level token with the scope connections:write, from the app's page \"Basic Information\".", [nameof(AppToken), nameof(Mode)]);
        else if (Mode == SlackMode.SocketMode && !WholeToken().IsMatch(AppToken))
            yield return new ValidationResult("Slack:AppToken is not a whole token: it has a blank or another character that no token has. Copy the app-level token anew from the app's page \"Basic Information\".");
        if (Mode == SlackMode.Http && SigningSecret.Length == 0)
            yield return new ValidationResult("Slack:SigningSecret is empty. Copy the Signing Secret from the app's page \"Basic Information\", or set Slack:Mode to SocketMode.", [nameof(SigningSecret), nameof(Mode)]);
        else if (Mode == SlackMode.Http && SigningSecret.Any(c => c is <= ' ' or > '~'))
            yield return new ValidationResult("Slack:SigningSecret has a blank or another character that no secret of Slack has. Copy the Signing Secret anew from the app's page \"Basic Information\".");
        if (!Uri.TryCreate(ApiBaseUrl, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            yield return new ValidationResult($"Slack:ApiBaseUrl is \"{ApiBaseUrl}\", which is no web address. Leave it out for https://slack.com/api/.");
        else if (url.Scheme == "http" && !url.IsLoopback)
            yield return new ValidationResult("Slack:ApiBaseUrl begins with http://; the token would travel in the clear. Use https://.");
        if (ChannelPrefix.Length is 0 or > 21 || ChannelPrefix.Any(c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c is not ('-' or '_')))
            yield return new ValidationResult($"Slack:ChannelPrefix is \"{ChannelPrefix}\". Use 1 to 21 lower-case letters, digits, - and _, for example inc.");
        if (TimelineReaction.Length == 0)
            yield return new ValidationResult("Slack:TimelineReaction is empty. Use the name of an emoji, for example pushpin.");
    }

    [GeneratedRegex("^[!-~]{6,}$")]
    private static partial Regex WholeToken();
}
