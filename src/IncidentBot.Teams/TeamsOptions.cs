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
public sealed class TeamsOptions
{
    public const string Section = "Teams";

    public MicrosoftAppType MicrosoftAppType { get; set; } = MicrosoftAppType.SingleTenant;

    /// <summary>The bot's application (client) id, a GUID.</summary>
    public string MicrosoftAppId { get; set; } = "";

    /// <summary>The client secret. A secret.</summary>
    public string MicrosoftAppPassword { get; set; } = "";

    /// <summary>The directory (tenant) id, a GUID; for SingleTenant and UserAssignedMSI.</summary>
    public string MicrosoftAppTenantId { get; set; } = "";

    /// <summary>Where the keys are published by which the Bot Framework signs its requests.</summary>
    public string OpenIdMetadataUrl { get; set; } = "https://login.botframework.com/v1/.well-known/openidconfiguration";

    /// <summary>Where tokens for answers are asked for; empty: Microsoft's address for the configured tenant.</summary>
    public string TokenUrl { get; set; } = "";

    /// <summary>Takes requests without a token. For development; refuses to start where the bot listens on more than loopback.</summary>
    public bool AllowAnonymousOnLoopback { get; set; }

    /// <summary>The id (<c>19:…@thread.tacv2</c>) of the channel where incidents get their threads and are announced; empty: the channel where each was declared.</summary>
    public string AnnouncementConversation { get; set; } = "";

    public bool IsConfigured => MicrosoftAppId.Length > 0;
}
