using IncidentBot.Incidents.Configuration;

namespace IncidentBot.LocalChat;

/// <summary>The configuration section <c>LocalChat</c>.</summary>
public sealed class LocalChatOptions
{
    public const string Section = "LocalChat";

    /// <summary>Whether the page is served. Not set: only while neither Slack nor Teams is configured.</summary>
    public bool? Enabled { get; set; }

    /// <summary>Whether a bot with this configuration serves the page.</summary>
    public static bool IsEnabled(IConfiguration configuration) => SettingsSection.Read<LocalChatOptions>(configuration, Section).Enabled
        ?? (string.IsNullOrWhiteSpace(configuration["Slack:BotToken"]) && string.IsNullOrWhiteSpace(configuration["Teams:MicrosoftAppId"]));
}
