using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace IncidentBot.Slack.Inbound;

/// <summary>
/// Whether a request is Slack's: <c>v0=</c> and the lower-case hex of HMAC-SHA256 over <c>v0:timestamp:body</c>, not older or newer
/// than five minutes. https://api.slack.com/authentication/verifying-requests-from-slack
/// </summary>
public static class SlackSignature
{
    public const string SignatureHeader = "X-Slack-Signature";
    public const string TimestampHeader = "X-Slack-Request-Timestamp";
    private const string Version = "v0";
    private const long MostSeconds = 300;

    /// <param name="body">The bytes as they came, before anything reads them.</param>
    /// <returns>False also where no secret is configured.</returns>
    public static bool IsValid(string secret, string? timestamp, string? signature, ReadOnlySpan<byte> body, DateTimeOffset now) =>
        FindFault(secret, timestamp, signature, body, now) is null;

    /// <returns>Why it is not Slack's, for the log: it holds nothing that came with the request but its age. Null when it is.</returns>
    internal static string? FindFault(string secret, string? timestamp, string? signature, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(signature) || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return "it has no signature, so it is hardly Slack's";
        var age = now.ToUnixTimeSeconds() - seconds;
        if (Math.Abs(age) > MostSeconds)
            return $"by this machine's clock it was signed {Math.Abs(age)} seconds {(age > 0 ? "ago" : "in the future")}, and at most {MostSeconds} are allowed; check the clock";
        if (secret.Length == 0)
            return "Slack:SigningSecret is empty";
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        // The header's own digits: 01 and 1 are not the same text.
        hmac.AppendData(Encoding.UTF8.GetBytes($"{Version}:{timestamp}:"));
        hmac.AppendData(body);
        var expected = $"{Version}={Convert.ToHexStringLower(hmac.GetHashAndReset())}";
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(signature))
            ? null
            : "its signature is made with another secret; compare Slack:SigningSecret with the app's page \"Basic Information\"";
    }
}
