using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using IncidentBot.Incidents.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace IncidentBot.Incidents.Overview;

/// <summary>Where an incident's web page is, and who may read it: whoever has its address, since that holds the incident's secret key.</summary>
public sealed class IncidentPages(IncidentStore store, IOptions<IncidentBotOptions> options)
{
    private const int KeyBytes = 16;

    /// <summary>Under the bot's own address: <c>/incidents/7/key</c>.</summary>
    public static string PathOf(Incident incident) => $"/incidents/{incident.Number}/{incident.PageKey}";

    /// <summary>For whoever may read the incident, and never for a log; null where the bot has no address of its own.</summary>
    public string? UrlOf(Incident incident) =>
        options.Value.PublicUrl is { Length: > 0 } address ? address.TrimEnd('/') + PathOf(incident) : null;

    /// <summary>Null when there is no such incident or the key is another one's.</summary>
    public Task<IncidentSnapshot?> FindAsync(int number, string key, CancellationToken cancellationToken) =>
        store.ReadAsync(
            async db =>
            {
                var known = await db.Incidents.Where(i => i.Number == number).Select(i => i.PageKey).SingleOrDefaultAsync(cancellationToken);
                return Matches(known ?? "", key) ? await IncidentReader.ReadAsync(db, number, cancellationToken) : null;
            },
            cancellationToken);

    internal static string NewKey() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes));

    private static bool Matches(string known, string key) =>
        known.Length > 0 && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(known), Encoding.UTF8.GetBytes(key));
}
