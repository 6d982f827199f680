using System.ComponentModel.DataAnnotations;

namespace IncidentBot.Teams;

/// <summary>How the bot proves to be itself.</summary>
public enum MicrosoftAppType
{
    /// <summary>A secret, for the own tenant only.</summary>
    SingleTenant,

    /// <summary>A secret, for any tenant.</summary>
    MultiTenant,

    /// <summary>The managed identity of the Azure resource that the bot runs on; no secret.</summary>
    UserAssignedMSI,
}

/// <summary>Section <c>Teams</c>, by the Bot Framework's names. Teams is served where <see cref="MicrosoftAppId"/> is set.</summary>
public sealed class TeamsOptions : IValidatableObject
{
    public const string Section = "Teams";

    public MicrosoftAppType MicrosoftAppType { get; set; } = MicrosoftAppType.SingleTenant;

    /// <summary>The bot's application (client) id, a GUID.</summary>
    public string MicrosoftAppId { get; set; } = "";

    /// <summary>The client secret. A secret.</summary>
    public string MicrosoftAppPassword { get; set; } = "";

    /// <summary>The directory (tenant) id, a GUID or a domain; needed for SingleTenant unless <see cref="TokenUrl"/> is set. A MultiTenant bot that has one serves no other.</summary>
    public string MicrosoftAppTenantId { get; set; } = "";

    /// <summary>Where the keys are published by which the Bot Framework signs its requests.</summary>
    public string OpenIdMetadataUrl { get; set; } = "https://login.botframework.com/v1/.well-known/openidconfiguration";

    /// <summary>Where tokens for answers are asked for; empty: Microsoft's address for the configured tenant.</summary>
    public string TokenUrl { get; set; } = "";

    /// <summary>Takes requests without a token. For development; refuses to start where the bot listens on more than loopback.</summary>
    public bool AllowAnonymousOnLoopback { get; set; }

    /// <summary>The id (<c>19:…@thread.tacv2</c>) of the channel where incidents get their threads and are announced; empty: the channel where each was declared.</summary>
    public string AnnouncementConversation { get; set; } = "";

    /// <summary>The tenant that a bot for all of them is held to; empty: it is not. A bot of one tenant is Microsoft's to hold there, and guests of it name their own.</summary>
    public string OnlyTenantId => MicrosoftAppType == MicrosoftAppType.MultiTenant && IsGuid(MicrosoftAppTenantId) ? MicrosoftAppTenantId : "";

    public bool IsConfigured => MicrosoftAppId.Length > 0;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsConfigured)
        {
            if (MicrosoftAppPassword.Length > 0 || MicrosoftAppTenantId.Length > 0 || TokenUrl.Length > 0 || AnnouncementConversation.Length > 0 || AllowAnonymousOnLoopback)
                yield return new ValidationResult("Teams:MicrosoftAppId is empty while other settings of Teams are set. Copy the Microsoft App ID from the Azure Bot's page \"Configuration\", or remove the others.");
            yield break;
        }
        if (!IsGuid(MicrosoftAppId))
            yield return new ValidationResult("Teams:MicrosoftAppId is no GUID. Copy the Microsoft App ID from the Azure Bot's page \"Configuration\".");
        if (MicrosoftAppTenantId.Length > 0 && !IsGuid(MicrosoftAppTenantId) && (!MicrosoftAppTenantId.Contains('.', StringComparison.Ordinal) || Uri.CheckHostName(MicrosoftAppTenantId) != UriHostNameType.Dns))
            yield return new ValidationResult("Teams:MicrosoftAppTenantId is neither a GUID nor a domain. Copy the App Tenant ID from the Azure Bot's page \"Configuration\".");
        if (MicrosoftAppType == MicrosoftAppType.SingleTenant && MicrosoftAppTenantId.Length == 0 && TokenUrl.Length == 0)
            yield return new ValidationResult("Teams:MicrosoftAppTenantId is empty, but a SingleTenant bot needs it. Copy the App Tenant ID from the Azure Bot's page \"Configuration\".");
        if (MicrosoftAppType == MicrosoftAppType.UserAssignedMSI && MicrosoftAppPassword.Length > 0)
            yield return new ValidationResult("Teams:MicrosoftAppPassword is set, but a UserAssignedMSI bot has none. Remove it, or set Teams:MicrosoftAppType to the bot's type as the Azure Bot's page \"Configuration\" shows it.");
        if (MicrosoftAppType != MicrosoftAppType.UserAssignedMSI && MicrosoftAppPassword.Length == 0)
            yield return new ValidationResult($"Teams:MicrosoftAppPassword is empty, but a {MicrosoftAppType} bot needs it. Make a client secret on the app registration's page \"Certificates & secrets\" and copy its Value.");
        if (FaultOfUrl(OpenIdMetadataUrl) is { } metadataFault)
            yield return new ValidationResult($"Teams:OpenIdMetadataUrl {metadataFault} Leave it out for https://login.botframework.com/v1/.well-known/openidconfiguration.");
        if (TokenUrl.Length > 0 && FaultOfUrl(TokenUrl) is { } tokenFault)
            yield return new ValidationResult($"Teams:TokenUrl {tokenFault} Leave it out for Microsoft's address, https://login.microsoftonline.com/….");
        if (AnnouncementConversation.Length > 0 && (!AnnouncementConversation.StartsWith("19:", StringComparison.Ordinal) || AnnouncementConversation.Any(char.IsWhiteSpace)))
            yield return new ValidationResult($"Teams:AnnouncementConversation is \"{AnnouncementConversation}\", which is no channel's id. It begins with 19: and stands, percent-encoded, in the channel's link.");
    }

    /// <summary>As it is sent: the parser alone would pass spaces around it.</summary>
    internal static bool IsGuid(string value) => value.Length == 36 && Guid.TryParseExact(value, "D", out _);

    /// <summary>Secrets travel to these addresses, and trust comes from them.</summary>
    private static string? FaultOfUrl(string value) =>
        !Uri.TryCreate(value, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") ? $"is \"{value}\", which is no web address."
        : url.Scheme == "http" && !url.IsLoopback ? "begins with http://, which others could read and change. Use https://."
        : null;
}
