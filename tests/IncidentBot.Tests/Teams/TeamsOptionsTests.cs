using IncidentBot.Teams;
using IncidentBot.Tests.Fakes.Teams;
using IncidentBot.Tests.Slack;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace IncidentBot.Tests.Teams;

/// <summary>A wrong option stops the start with its key, its fault and the fix, and never with a secret.</summary>
public sealed class TeamsOptionsTests
{
    [Theory]
    [InlineData("MicrosoftAppId", "my-bot", "Teams:MicrosoftAppId is no GUID", "Configuration")]
    [InlineData("MicrosoftAppId", " 3f2f7f4e-5d1c-4a53-9f43-0d0f6a6f5b11", "Teams:MicrosoftAppId is no GUID", "Configuration")]
    [InlineData("MicrosoftAppId", "{3f2f7f4e-5d1c-4a53-9f43-0d0f6a6f5b11}", "Teams:MicrosoftAppId is no GUID", "Configuration")]
    [InlineData("MicrosoftAppId", "", "Teams:MicrosoftAppId is empty while other settings of Teams are set", "Configuration")]
    [InlineData("MicrosoftAppTenantId", "contoso", "Teams:MicrosoftAppTenantId is neither a GUID nor a domain", "App Tenant ID")]
    [InlineData("MicrosoftAppTenantId", "", "Teams:MicrosoftAppTenantId is empty, but a SingleTenant bot needs it", "App Tenant ID")]
    [InlineData("MicrosoftAppPassword", "", "Teams:MicrosoftAppPassword is empty, but a SingleTenant bot needs it", "Certificates & secrets")]
    [InlineData("MicrosoftAppType", "UserAssignedMSI", "Teams:MicrosoftAppPassword is set, but a UserAssignedMSI bot has none", "Remove it")]
    [InlineData("OpenIdMetadataUrl", "", "Teams:OpenIdMetadataUrl is \"\", which is no web address", "https://login.botframework.com/v1/.well-known/openidconfiguration")]
    [InlineData("OpenIdMetadataUrl", "/keys", "Teams:OpenIdMetadataUrl is \"/keys\", which is no web address")]
    [InlineData("OpenIdMetadataUrl", "http://login.botframework.com/", "Teams:OpenIdMetadataUrl begins with http://", "https://")]
    [InlineData("TokenUrl", "login", "Teams:TokenUrl is \"login\", which is no web address", "https://login.microsoftonline.com/")]
    [InlineData("TokenUrl", "http://login.example.com/token", "Teams:TokenUrl begins with http://", "https://")]
    [InlineData("AnnouncementConversation", "incidents", "Teams:AnnouncementConversation is \"incidents\", which is no channel's id", "19:")]
    [InlineData("AnnouncementConversation", "19:a b@thread.tacv2", "Teams:AnnouncementConversation", "19:")]
    public void A_wrong_value_is_told_with_its_fix(string key, string value, params string[] says)
    {
        var fault = Assert.Throws<OptionsValidationException>(() => Validate((key, value)));

        Assert.All(says, part => Assert.Contains(part, fault.Message, StringComparison.Ordinal));
        Assert.DoesNotContain("very-secret", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MicrosoftAppTenantId", FakeLogin.TenantId)]
    [InlineData("TokenUrl", "https://login.microsoftonline.us/x/oauth2/v2.0/token")]
    [InlineData("AnnouncementConversation", "19:a@thread.tacv2")]
    [InlineData("AllowAnonymousOnLoopback", "true")]
    public void A_setting_without_the_app_id_is_told(string key, string value)
    {
        var fault = Assert.Throws<OptionsValidationException>(() => Validate(("MicrosoftAppId", ""), ("MicrosoftAppPassword", ""), ("MicrosoftAppTenantId", ""), (key, value)));

        Assert.Contains("Teams:MicrosoftAppId is empty", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_word_that_is_no_type_is_told_with_its_key()
    {
        var fault = Assert.Throws<Microsoft.Extensions.Options.OptionsValidationException>(() => Validate(("MicrosoftAppType", "Telepathy")));

        Assert.Contains("Teams:MicrosoftAppType is \"Telepathy\". Use SingleTenant", BotHost.Explain(fault), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_type_needs_no_more_than_its_own()
    {
        Validate();
        Validate(("MicrosoftAppType", "MultiTenant"), ("MicrosoftAppTenantId", ""));
        Validate(("MicrosoftAppType", "UserAssignedMSI"), ("MicrosoftAppPassword", ""));
        Validate(("MicrosoftAppTenantId", "contoso.onmicrosoft.com"));
        Validate(("MicrosoftAppTenantId", ""), ("TokenUrl", "https://login.microsoftonline.us/x/oauth2/v2.0/token"));
        Validate(("OpenIdMetadataUrl", "http://127.0.0.1:5000/keys"), ("AnnouncementConversation", "19:a@thread.tacv2"));
    }

    [Fact]
    public void Without_an_app_id_nothing_of_Teams_is_asked_for() => Validate(("MicrosoftAppId", ""), ("MicrosoftAppPassword", ""), ("MicrosoftAppTenantId", ""));

    [Fact]
    public void The_readme_and_the_example_of_a_configuration_have_every_setting()
    {
        var readme = File.ReadAllText(Path.Combine(Checkout.Root, "README.md"));
        var example = File.ReadAllText(Path.Combine(Checkout.Root, "appsettings.example.json"));

        Assert.All(typeof(TeamsOptions).GetProperties().Where(p => p.CanWrite), p =>
        {
            Assert.Contains($"| `Teams:{p.Name}` |", readme, StringComparison.Ordinal);
            Assert.Contains($"\"{p.Name}\": ", example, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Teams_is_served_where_its_app_id_is_set()
    {
        await using var without = BotHost.Build([]);
        await using var with = BotHost.Build(
        [
            $"--Teams:MicrosoftAppId={FakeLogin.AppId}", $"--Teams:MicrosoftAppTenantId={FakeLogin.TenantId}", "--Teams:MicrosoftAppPassword=very-secret",
        ]);

        Assert.Null(TeamsSetup.Describe(without.Services));
        Assert.Equal("Teams is served at /api/messages", TeamsSetup.Describe(with.Services));
        Assert.Contains(((Microsoft.AspNetCore.Routing.IEndpointRouteBuilder)with).DataSources.SelectMany(s => s.Endpoints), e => e.DisplayName?.Contains("/api/messages", StringComparison.Ordinal) == true);
    }

    private static void Validate(params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Teams:MicrosoftAppId"] = FakeLogin.AppId, ["Teams:MicrosoftAppTenantId"] = FakeLogin.TenantId, ["Teams:MicrosoftAppPassword"] = "very-secret",
        });
        foreach (var (key, value) in settings)
            builder.Configuration[$"Teams:{key}"] = value;
        builder.AddTeams();
        using var services = builder.Services.BuildServiceProvider();
        services.GetRequiredService<IStartupValidator>().Validate();
    }
}
