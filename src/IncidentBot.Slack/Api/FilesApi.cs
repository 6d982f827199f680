using System.Text;

namespace IncidentBot.Slack.Api;

/// <summary>https://api.slack.com/messaging/files#upload (files:write)</summary>
public sealed class FilesApi(SlackApiClient client)
{
    /// <summary>Uploads a text and shares it in a channel, in three calls: address, bytes, completion.</summary>
    /// <returns>The file's id.</returns>
    public async Task<string> Upload(string channelId, string fileName, string title, string content, CancellationToken cancellationToken)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        var target = await client.PostFormAsync<UploadTarget>(
            "files.getUploadURLExternal", [("filename", fileName), ("length", bytes.Length)], cancellationToken);
        await client.PostToAsync("files.upload", target.UploadUrl, new ByteArrayContent(bytes), cancellationToken);
        await client.PostAsync<object>(
            "files.completeUploadExternal", new { files = new[] { new { id = target.FileId, title } }, channel_id = channelId }, cancellationToken);
        return target.FileId;
    }

    private sealed record UploadTarget(string UploadUrl, string FileId);
}
