using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace IncidentBot.Tests.Fakes.Teams;

/// <summary>A token that comes with an activity; a test changes what it is about.</summary>
/// <param name="ServiceUrl">Null: there is no such claim.</param>
/// <param name="NotBefore">Null: there is no such claim.</param>
/// <param name="Expires">Null: there is no such claim.</param>
/// <param name="KeyId">Null: none is named.</param>
public sealed record InboundToken(
    FakeKey Key, string? KeyId, string Audience, string? ServiceUrl, DateTimeOffset? NotBefore, DateTimeOffset? Expires,
    string Issuer = "https://api.botframework.com", string Algorithm = SecurityAlgorithms.RsaSha256)
{
    /// <summary>The token as it stands in the header.</summary>
    public string Sign()
    {
        var header = new JsonObject { ["typ"] = "JWT", ["alg"] = Algorithm };
        if (KeyId is not null)
            header["kid"] = KeyId;
        var claims = new JsonObject { ["iss"] = Issuer, ["aud"] = Audience };
        if (ServiceUrl is not null)
            claims["serviceurl"] = ServiceUrl;
        if (NotBefore is { } from)
            claims["nbf"] = from.ToUnixTimeSeconds();
        if (Expires is { } to)
            claims["exp"] = to.ToUnixTimeSeconds();
        var content = Encode(header.ToJsonString()) + "." + Encode(claims.ToJsonString());
        return content + "." + Base64Url.EncodeToString(SignatureOf(Encoding.ASCII.GetBytes(content)));
    }

    private byte[] SignatureOf(byte[] content) => Algorithm switch
    {
        "none" => [],
        // What a forger has: the public key, taken for a shared secret.
        SecurityAlgorithms.HmacSha256 => HMACSHA256.HashData(Key.Rsa.ExportParameters(false).Modulus!, content),
        SecurityAlgorithms.RsaSha384 => Key.Rsa.SignData(content, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1),
        SecurityAlgorithms.RsaSha512 => Key.Rsa.SignData(content, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1),
        SecurityAlgorithms.RsaSsaPssSha256 => Key.Rsa.SignData(content, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
        _ => Key.Rsa.SignData(content, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
    };

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}

/// <summary>A key by which Microsoft signs. A null list of endorsements is not published.</summary>
public sealed record FakeKey(string Id, RSA Rsa, IReadOnlyList<string>? Endorsements)
{
    public JsonObject ToJson()
    {
        var numbers = Rsa.ExportParameters(false);
        var json = new JsonObject
        {
            ["kty"] = "RSA", ["use"] = "sig", ["kid"] = Id, ["x5t"] = Id, ["n"] = Base64Url.EncodeToString(numbers.Modulus), ["e"] = Base64Url.EncodeToString(numbers.Exponent),
        };
        if (Endorsements is not null)
            json["endorsements"] = new JsonArray([.. Endorsements.Select(e => (JsonNode)e)]);
        return json;
    }
}
