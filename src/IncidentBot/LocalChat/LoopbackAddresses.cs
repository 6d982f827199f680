using System.Net;
using Microsoft.Extensions.Options;

namespace IncidentBot.LocalChat;

/// <summary>
/// The page knows no passwords: whoever reaches it may speak as anybody. So the start is refused when the bot is told to listen
/// where another machine could reach it.
/// </summary>
public sealed class LoopbackAddresses(IConfiguration configuration) : IValidateOptions<LocalChatOptions>
{
    public ValidateOptionsResult Validate(string? name, LocalChatOptions options)
    {
        var faults = Configured()
            .Where(address => !IsLoopback(address.Value))
            .Select(address =>
                $"The local chat is served to this machine only, but {address.Key} makes the bot listen on {address.Value}. " +
                $"Use http://127.0.0.1:5080 (or localhost, [::1]) there, or set {LocalChatOptions.Section}:{nameof(LocalChatOptions.Enabled)} to false.")
            .ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    /// <summary>Whether only this machine can reach a server that listens on <paramref name="address"/>, such as <c>http://localhost:5080</c>.</summary>
    public static bool IsLoopback(string address)
    {
        try
        {
            return IsLoopbackHost(BindingAddress.Parse(address).Host);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>Whether a host, without its port, is this machine: <c>localhost</c>, 127.0.0.0/8 or <c>[::1]</c>.</summary>
    public static bool IsLoopbackHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.TrimStart('[').TrimEnd(']'), out var ip) && IPAddress.IsLoopback(ip));

    private IEnumerable<KeyValuePair<string, string>> Configured()
    {
        var urls = Split(configuration[WebHostDefaults.ServerUrlsKey]);
        foreach (var url in urls)
            yield return new("Urls (--urls, ASPNETCORE_URLS)", url);

        // Bare ports bind every interface; Kestrel reads them only where no URL is given.
        if (urls.Length == 0)
        {
            foreach (var port in Split(configuration[WebHostDefaults.HttpPortsKey]))
                yield return new("HTTP_PORTS (ASPNETCORE_HTTP_PORTS)", $"http://*:{port}");
            foreach (var port in Split(configuration[WebHostDefaults.HttpsPortsKey]))
                yield return new("HTTPS_PORTS (ASPNETCORE_HTTPS_PORTS)", $"https://*:{port}");
        }

        foreach (var endpoint in configuration.GetSection("Kestrel:Endpoints").GetChildren())
        {
            if (endpoint["Url"] is { Length: > 0 } url)
                yield return new($"{endpoint.Path}:Url", url);
        }
    }

    private static string[] Split(string? list) =>
        (list ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
