using System.ComponentModel.DataAnnotations;
using IncidentBot.Slack;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace IncidentBot.Tests.Slack;

/// <summary>A wrong option stops the start with its key, its fault and the fix, and never with a secret.</summary>
public sealed class SlackOptionsTests
{
    [Theory]
    [InlineData("BotToken", "oops-very-secret", "Slack:BotToken does not begin with xoxb-", "OAuth & Permissions")]
    [InlineData("BotToken", "", "Slack:BotToken is empty, so Slack is not served, but Slack:SigningSecret is set.", "OAuth & Permissions")]
    [InlineData("BotToken", "xoxb-…", "Slack:BotToken is not a whole token", "OAuth & Permissions")]
    [InlineData("BotToken", "xoxb-very-secret and more", "Slack:BotToken is not a whole token")]
    [InlineData("SigningSecret", "very-secret and more", "Slack:SigningSecret has a blank", "Basic Information")]
    [InlineData("SigningSecret", "", "Slack:SigningSecret is empty", "SocketMode")]
    [InlineData("Connections", "0", "Slack:Connections must be from 1 to 10")]
    [InlineData("Connections", "11", "Slack:Connections must be from 1 to 10")]
    [InlineData("ApiBaseUrl", "slack", "Slack:ApiBaseUrl is \"slack\", which is no web address", "https://slack.com/api/")]
    [InlineData("ApiBaseUrl", "ftp://slack.com/", "Slack:ApiBaseUrl", "no web address")]
    [InlineData("ApiBaseUrl", "http://slack.example.com/", "Slack:ApiBaseUrl begins with http://", "https://")]
    [InlineData("ChannelPrefix", "", "Slack:ChannelPrefix", "for example inc")]
    [InlineData("ChannelPrefix", "Störung", "Slack:ChannelPrefix is \"Störung\"", "lower-case")]
    [InlineData("ChannelPrefix", "much-too-long-for-a-channel-name", "Slack:ChannelPrefix", "1 to 21")]
    [InlineData("TimelineReaction", "::", "Slack:TimelineReaction is empty", "pushpin")]
    public void A_wrong_value_is_told_with_its_fix(string key, string value, params string[] says)
    {
        var fault = Assert.Throws<OptionsValidationException>(() => Validate((key, value)));

        Assert.All(says, part => Assert.Contains(part, fault.Message, StringComparison.Ordinal));
        Assert.DoesNotContain("very-secret", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("xoxb-very-secret")]
    public void Socket_Mode_needs_the_app_level_token(string token)
    {
        var fault = Assert.Throws<OptionsValidationException>(() => Validate(("Mode", "SocketMode"), ("AppToken", token)));

        Assert.Contains("Slack:AppToken does not begin with xapp-", fault.Message, StringComparison.Ordinal);
        Assert.Contains("connections:write", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("xapp-…")]
    [InlineData("xapp-")]
    public void An_app_level_token_that_was_not_copied_is_told(string token) => Assert.Contains(
        "Slack:AppToken is not a whole token", Assert.Throws<OptionsValidationException>(() => Validate(("Mode", "SocketMode"), ("AppToken", token))).Message, StringComparison.Ordinal);

    [Fact]
    public void Blanks_and_line_ends_around_secrets_are_no_part_of_them()
    {
        Validate(("BotToken", " xoxb-very-secret\n"), ("SigningSecret", "very-secret\r\n"));
        Validate(("Mode", "SocketMode"), ("AppToken", "xapp-very-secret\n"));

        var options = new SlackOptions { BotToken = "xoxb-1\n", AppToken = "xapp-1\n", SigningSecret = " abc " };
        Assert.Equal(("xoxb-1", "xapp-1", "abc"), (options.BotToken, options.AppToken, options.SigningSecret));
    }

    [Fact]
    public void A_word_that_is_no_mode_is_told_with_its_key()
    {
        var fault = Assert.Throws<OptionsValidationException>(() => Validate(("Mode", "Socket"), ("SigningSecret", ""), ("ChannelPrefix", "Störung")));

        // That a secret is missing follows from the mode, which nobody knows yet.
        Assert.Equal(
            ["Slack:Mode is \"Socket\". Use Http or SocketMode.", "Slack:ChannelPrefix is \"Störung\". Use 1 to 21 lower-case letters, digits, - and _, for example inc."],
            fault.Failures);
        Assert.Contains("Slack:Mode is \"7\"", Assert.Throws<OptionsValidationException>(() => Validate(("Mode", "7"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_is_wrong_is_told_at_once()
    {
        var fault = Assert.Throws<OptionsValidationException>(() => Validate(("Connections", "99"), ("IncidentRoom", "Attic"), ("ApiBaseUrl", "slack"), ("BotToken", "oops")));

        Assert.Equal(4, fault.Failures.Count());
    }

    [Fact]
    public void An_empty_value_means_the_default() => Validate(("Mode", ""), ("Connections", " "), ("IncidentRoom", ""));

    [Theory]
    [InlineData("Mode", "SocketMode")]
    [InlineData("AnnouncementChannel", "incidents")]
    [InlineData("Connections", "4")]
    public void Whatever_is_set_without_the_token_is_told(string key, string value)
    {
        var fault = Assert.Throws<OptionsValidationException>(() => Validate(("BotToken", ""), ("SigningSecret", ""), (key, value)));

        Assert.Contains($"Slack:BotToken is empty, so Slack is not served, but Slack:{key} is set.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_tokens_and_the_signing_secret_are_enough()
    {
        Validate();
        Validate(("Mode", "SocketMode"), ("AppToken", "xapp-very-secret"), ("SigningSecret", ""));
    }

    [Fact]
    public void Without_a_token_nothing_of_Slack_is_asked_for() => Assert.Empty(new SlackOptions().Validate(new ValidationContext(new object())));

    private static void Validate(params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Slack:BotToken"] = "xoxb-very-secret", ["Slack:SigningSecret"] = "also-very-secret" });
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create($"Slack:{s.Key}", (string?)s.Value)));
        builder.AddSlack();
        using var services = builder.Services.BuildServiceProvider();
        services.GetRequiredService<IStartupValidator>().Validate();
    }
}
