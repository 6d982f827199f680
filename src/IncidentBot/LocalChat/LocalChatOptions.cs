using Microsoft.Extensions.Options;

namespace IncidentBot.LocalChat;

/// <summary>The configuration section <c>LocalChat</c>.</summary>
public sealed class LocalChatOptions
{
    public const string Section = "LocalChat";

    /// <summary>Whether the page is served. Not set: only while neither Slack nor Teams is configured.</summary>
    public bool? Enabled { get; set; }

    /// <summary>Whether a bot with this configuration serves the page.</summary>
    /// <exception cref="OptionsValidationException"><c>LocalChat:Enabled</c> is neither true nor false.</exception>
    public static bool IsEnabled(IConfiguration configuration)
    {
        var value = configuration[$"{Section}:{nameof(Enabled)}"];
        if (string.IsNullOrWhiteSpace(value))
            return string.IsNullOrWhiteSpace(configuration["Slack:BotToken"]) && string.IsNullOrWhiteSpace(configuration["Teams:MicrosoftAppId"]);
        return bool.TryParse(value, out var enabled)
            ? enabled
            : throw new OptionsValidationException(Section, typeof(LocalChatOptions), [$"{Section}:{nameof(Enabled)} is \"{value}\". Write true or false."]);
    }
}
