using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using IncidentBot.Incidents.Store;
using IncidentBot.Teams.Schema;
using IncidentBot.Tests.Fakes.Teams;

namespace IncidentBot.Tests.Teams;

public sealed class MessagingEndpointTests : IAsyncLifetime
{
    private RunningTeamsBot _bot = null!;

    public async Task InitializeAsync() => _bot = await RunningTeamsBot.StartAsync();

    public async Task DisposeAsync() => await _bot.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("""{"type":null}""")]
    [InlineData("""{"type":""}""")]
    [InlineData("""{"type":7}""")]
    [InlineData("""{"text":"no type"}""")]
    [InlineData("""{"type":"message","text":["a"]}""")]
    [InlineData("""{"type":"message","timestamp":"yesterday"}""")]
    [InlineData("""{"type":"\ud800"}""")]
    [InlineData("""{"type":"message"}{""")]
    public async Task What_is_malformed_is_a_bad_request(string body)
    {
        Assert.Equal(400, (await _bot.SendAsync(body, "Bearer " + _bot.Token.Sign())).Status);
        Assert.Empty(_bot.Turns);
    }

    [Fact]
    public async Task Nesting_without_end_is_a_bad_request()
    {
        var body = "{\"type\":\"message\",\"value\":" + new string('[', 100_000) + "}";
        Assert.Equal(400, (await _bot.SendAsync(body, "Bearer " + _bot.Token.Sign())).Status);
    }

    [Theory]
    [InlineData(1 << 20, 200)]
    [InlineData((1 << 20) + 1, 413)]
    public async Task A_body_beyond_one_megabyte_is_refused(int bytes, int status)
    {
        var message = _bot.Message;
        message["text"] = "";
        message["text"] = new string('x', bytes - message.ToJsonString().Length);

        Assert.Equal(status, (await _bot.SendAsync(message, _bot.Token)).Status);
    }

    [Fact]
    public async Task Kinds_and_fields_that_are_not_known_are_kept()
    {
        var message = _bot.Message;
        message["type"] = "somethingNew";
        message["future"] = new JsonObject { ["a"] = new JsonArray(1, null) };
        message["channelData"] = new JsonObject { ["tenant"] = new JsonObject { ["id"] = FakeLogin.TenantId }, ["feed"] = true };

        Assert.Equal((200, ""), ((await _bot.SendAsync(message, _bot.Token)) is var answer ? (answer.Status, answer.Body) : default));
        var activity = Assert.Single(_bot.Turns);
        Assert.Equal("somethingNew", activity.Type);
        Assert.Equal("""{"a":[1,null]}""", activity.Properties!["future"].GetRawText());
        Assert.True(activity.ChannelData!.Properties!["feed"].GetBoolean());
    }

    [Fact]
    public async Task An_invoke_is_answered_with_its_status_and_body()
    {
        _bot.OnTurn = (_, _) => Task.FromResult<InvokeResponse?>(new InvokeResponse(200, new { StatusCode = 200, Type = "application/vnd.microsoft.activity.message", Value = "Müller & <b>", None = (string?)null }));
        var invoke = _bot.Message;
        invoke["type"] = "invoke";
        invoke["name"] = "adaptiveCard/action";

        var answer = await _bot.SendAsync(invoke, _bot.Token);

        Assert.Equal((200, """{"statusCode":200,"type":"application/vnd.microsoft.activity.message","value":"Müller & <b>"}"""), (answer.Status, answer.Body));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(400)]
    [InlineData(501)]
    public async Task An_invoke_without_a_body_is_answered_with_its_status(int status)
    {
        _bot.OnTurn = (_, _) => Task.FromResult<InvokeResponse?>(new InvokeResponse(status));

        Assert.Equal(new TeamsAnswer(status, ""), await _bot.SendAsync(_bot.Message, _bot.Token));
    }

    [Fact]
    public async Task While_the_database_takes_nothing_Teams_is_told_to_come_again_and_of_a_fault_it_is_told_too()
    {
        _bot.OnTurn = (_, _) => throw new StoreUnavailableException("The disk is full.", "The disk is full.", null);
        Assert.Equal(new TeamsAnswer(503, ""), await _bot.SendAsync(_bot.Message, _bot.Token));

        _bot.OnTurn = (_, _) => throw new InvalidOperationException("A fault.");
        Assert.Equal(new TeamsAnswer(500, ""), await _bot.SendAsync(_bot.Message, _bot.Token));
        Assert.Equal(2, _bot.Log.Count(line => line.Contains("The message 1700000000000 of Teams was not recorded", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Begun_work_is_finished_though_Teams_hangs_up()
    {
        var begun = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        var finished = new TaskCompletionSource();
        _bot.OnTurn = async (_, cancellationToken) =>
        {
            begun.SetResult();
            await goOn.Task;
            Assert.False(cancellationToken.CanBeCanceled);
            finished.SetResult();
            return null;
        };
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(IPAddress.Loopback, _bot.Http.BaseAddress!.Port);
            var body = _bot.Message.ToJsonString();
            await socket.GetStream().WriteAsync(Encoding.UTF8.GetBytes(
                $"POST /api/messages HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {_bot.Token.Sign()}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"));
            await begun.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }
        goOn.SetResult();

        await finished.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Only_posts_are_taken()
    {
        using var response = await _bot.Http.GetAsync("/api/messages");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }
}
