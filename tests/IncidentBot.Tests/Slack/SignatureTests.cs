using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using IncidentBot.Slack.Inbound;

namespace IncidentBot.Tests.Slack;

public sealed class SignatureTests
{
    /// <summary>Judged by Slack's Bolt for JavaScript and by its SDK for Python, which agree on all of them.</summary>
    [Fact]
    public void Signatures_are_judged_as_Slacks_own_libraries_judge_them()
    {
        var vectors = JsonSerializer.Deserialize<List<Vector>>(File.ReadAllText(Path.Combine(Folder(), "signature-vectors.json")), JsonSerializerOptions.Web)!;

        Assert.Equal(43, vectors.Count);
        Assert.All(vectors, v => Assert.True(
            v.Bolt == SlackSignature.IsValid(v.Secret, v.Timestamp, v.Signature, Encoding.UTF8.GetBytes(v.Body), DateTimeOffset.FromUnixTimeSeconds(v.Now)),
            v.Name));
    }

    [Fact]
    public void Without_a_secret_nothing_is_accepted()
    {
        var signature = "v0=" + Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData([], "v0:1531420618:a=b"u8));

        Assert.False(SlackSignature.IsValid("", "1531420618", signature, "a=b"u8, DateTimeOffset.FromUnixTimeSeconds(1531420618)));
    }

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    private sealed record Vector(string Name, string Secret, string Timestamp, string Body, string Signature, long Now, bool Bolt);
}
