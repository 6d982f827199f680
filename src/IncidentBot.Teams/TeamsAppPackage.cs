using System.IO.Compression;
using System.Text;
using IncidentBot.Teams.Inbound;

namespace IncidentBot.Teams;

/// <summary>
/// What is uploaded to Teams: the manifest and the icons of <c>deploy/teams</c>, with the operator's own app id and address in it.
/// https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/apps-package
/// </summary>
public static class TeamsAppPackage
{
    private const string Manifest = "manifest.json";
    private const string PlaceholderId = "00000000-0000-0000-0000-000000000000";
    private const string PlaceholderUrl = "https://incidents.example.com/";
    private const string PlaceholderDomain = "incidents.example.com";

    private static readonly string[] Files = [Manifest, "color.png", "outline.png"];

    /// <summary>The same bytes each time.</summary>
    private static readonly DateTimeOffset Written = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>What is wrong with the settings, each with its fix; none where a package can be made.</summary>
    public static IEnumerable<string> FaultsOf(string appId, string publicUrl)
    {
        if (appId.Length == 0)
            yield return "Teams:MicrosoftAppId is empty. Copy the Microsoft App ID from the Azure Bot's page \"Configuration\".";
        else if (!TeamsOptions.IsGuid(appId))
            yield return "Teams:MicrosoftAppId is no GUID. Copy the Microsoft App ID from the Azure Bot's page \"Configuration\".";
        if (FaultOf(publicUrl) is { } fault)
            yield return fault;
    }

    /// <summary>The messaging endpoint as the Azure Bot must know it.</summary>
    public static string EndpointOf(string publicUrl) => Normalize(publicUrl).TrimEnd('/') + TeamsEndpoints.Route;

    /// <returns>The zip.</returns>
    public static byte[] Create(string appId, string publicUrl)
    {
        using var package = new MemoryStream();
        using (var zip = new ZipArchive(package, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in Files)
            {
                var entry = zip.CreateEntry(name);
                entry.LastWriteTime = Written;
                using var content = entry.Open();
                content.Write(name == Manifest ? Fill(Read(name), appId, publicUrl) : Read(name));
            }
        }
        return package.ToArray();
    }

    /// <summary>Null for an address that Teams can call.</summary>
    internal static string? FaultOf(string publicUrl) =>
        Uri.TryCreate(publicUrl, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps
            ? null
            : $"IncidentBot:PublicUrl is {(publicUrl.Length == 0 ? "empty" : $"\"{publicUrl}\"")}. Set it to the https:// address by which Teams reaches this bot.";

    private static byte[] Fill(byte[] manifest, string appId, string publicUrl)
    {
        var url = Normalize(publicUrl);
        return Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(manifest)
            .Replace(PlaceholderId, appId.ToLowerInvariant(), StringComparison.Ordinal)
            .Replace(PlaceholderUrl, url, StringComparison.Ordinal)
            .Replace(PlaceholderDomain, new Uri(url).Authority, StringComparison.Ordinal));
    }

    /// <summary>In ASCII, as a manifest needs it, with one slash at the end.</summary>
    private static string Normalize(string publicUrl)
    {
        var url = new UriBuilder(new Uri(publicUrl)) { Query = "", Fragment = "" };
        url.Host = url.Uri.IdnHost;
        return url.Uri.AbsoluteUri.TrimEnd('/') + "/";
    }

    private static byte[] Read(string name)
    {
        using var resource = typeof(TeamsAppPackage).Assembly.GetManifestResourceStream("TeamsApp/" + name)!;
        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);
        return bytes.ToArray();
    }
}
