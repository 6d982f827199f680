namespace IncidentBot.Slack;

public sealed class SlackPlatform
{
    public const string PlatformName = "slack";
}
