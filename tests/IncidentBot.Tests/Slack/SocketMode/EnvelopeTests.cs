using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using IncidentBot.Incidents.Chat;
using IncidentBot.Slack.Blocks;

namespace IncidentBot.Tests.Slack.SocketMode;

/// <summary>What comes over a WebSocket, and what goes back over the same one.</summary>
public sealed class EnvelopeTests : IAsyncLifetime
{
    private FakeSocketMode _slack = null!;
    private SocketModeBot _bot = null!;
    private FakeSocket _socket = null!;

    public async Task InitializeAsync()
    {
        _slack = await FakeSocketMode.StartAsync();
        _bot = await SocketModeBot.StartAsync(_slack);
        _socket = await _slack.NextAsync();
    }

    public async Task DisposeAsync()
    {
        await _bot.DisposeAsync();
        await _slack.DisposeAsync();
    }

    [Fact]
    public async Task A_slash_command_is_answered_with_its_envelope_once_it_is_recorded()
    {
        await _socket.AskAsync(Envelopes.Declare());

        var answer = await _socket.AskAsync(Envelopes.Note("restarted the gateway", "e-1"));

        Assert.Equal("e-1", answer.GetProperty("envelope_id").GetString());
        Assert.Equal("ephemeral", answer.GetProperty("payload").GetProperty("response_type").GetString());
        Assert.Contains("restarted the gateway", await _bot.TimelineAsync());
    }

    [Fact]
    public async Task An_envelope_that_takes_no_payload_is_answered_with_its_id_alone()
    {
        var answer = await _socket.AskAsync(Envelopes.Command("/incident", "start sev2 Checkout answers 500", "e-2", acceptsPayload: false));

        Assert.Equal("""{"envelope_id":"e-2"}""", answer.GetRawText());
        Assert.NotEmpty(await _bot.TimelineAsync());
    }

    [Fact]
    public async Task A_submitted_form_is_answered_with_the_faults_of_its_fields_or_with_nothing()
    {
        var metadata = new FormContext(new FormReference("declare", null), "C1").ToJson();
        object Values(string title) => new
        {
            title = new { value = new { type = "plain_text_input", value = title } },
            severity = new { value = new { type = "static_select", selected_option = new { value = "sev1" } } },
        };

        var refused = await _socket.AskAsync(Envelopes.Submission(metadata, Values("")));
        var accepted = await _socket.AskAsync(Envelopes.Submission(metadata, Values("Checkout answers 500"), "e-3"));

        Assert.Equal("errors", refused.GetProperty("payload").GetProperty("response_action").GetString());
        Assert.True(refused.GetProperty("payload").GetProperty("errors").TryGetProperty("title", out _));
        Assert.Equal("""{"envelope_id":"e-3"}""", accepted.GetRawText());
        Assert.NotEmpty(await _bot.TimelineAsync());
    }

    [Fact]
    public async Task An_event_that_is_delivered_again_counts_once()
    {
        await _socket.AskAsync(Envelopes.Declare());

        await _socket.AskAsync(Envelopes.Reaction("Ev1"));
        await _socket.AskAsync(Envelopes.Reaction("Ev1", attempt: 1));
        await _socket.AskAsync(Envelopes.Reaction("Ev1", attempt: 2));

        Assert.Single(await _bot.TimelineAsync(), "errors everywhere");
    }

    [Fact]
    public async Task A_command_that_is_delivered_again_counts_once()
    {
        await _socket.AskAsync(Envelopes.Declare());

        await _socket.AskAsync(Envelopes.Command("/timeline", "note only once", trigger: "1.2.3"));
        await _socket.AskAsync(Envelopes.Command("/timeline", "note only once", trigger: "1.2.3"));

        Assert.Single(await _bot.TimelineAsync(), "only once");
    }

    [Theory]
    [InlineData("interactive", """{"type":"from_the_future"}""")]
    [InlineData("interactive", """{"type":"view_submission"}""")]
    [InlineData("events_api", """{"type":"event_callback","event_id":"Ev9","event":{"type":"from_the_future"}}""")]
    [InlineData("events_api", "{}")]
    [InlineData("slash_commands", """{"command":5}""")]
    [InlineData("slash_commands", "null")]
    [InlineData("from_the_future", "{}")]
    public async Task What_the_bot_does_not_know_is_acknowledged(string type, string payload)
    {
        await _socket.SendTextAsync($$"""{"envelope_id":"e-4","type":"{{type}}","payload":{{payload}},"accepts_response_payload":null,"retry_attempt":null,"new":[]}""");

        Assert.Equal("""{"envelope_id":"e-4"}""", (await _socket.AnswerAsync()).GetRawText());
    }

    [Fact]
    public async Task What_is_malformed_is_in_the_log()
    {
        await _socket.SendTextAsync("""{"envelope_id":"e-5","type":"slash_commands","payload":{"command":5}}""");

        await _bot.SaysAsync("An envelope slash_commands of Slack is malformed");
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("[1,2]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"type":"from_the_future"}""")]
    [InlineData("""{"type":5}""")]
    [InlineData("""{"type":"hello","num_connections":"many"}""")]
    [InlineData("""{"type":"hello"}""")]
    public async Task A_strange_frame_is_survived(string frame)
    {
        await _socket.SendTextAsync(frame);

        await StillAnswersAsync();
    }

    [Fact]
    public async Task A_binary_frame_is_survived_and_not_obeyed()
    {
        await _socket.SendBytesAsync([0, 1, 2, 255], WebSocketMessageType.Binary);
        await _socket.SendBytesAsync(JsonSerializer.SerializeToUtf8Bytes(Envelopes.Note("in binary")), WebSocketMessageType.Binary);

        await StillAnswersAsync();
        Assert.DoesNotContain("in binary", await _bot.TimelineAsync());
    }

    [Fact]
    public async Task A_giant_frame_is_survived()
    {
        await _socket.SendTextAsync(JsonSerializer.Serialize(new { type = "events_api", payload = new string('x', 5 << 20) }));
        await _socket.SendBytesAsync(new byte[3 << 20], WebSocketMessageType.Binary);

        await StillAnswersAsync();
    }

    [Fact]
    public async Task A_frame_nested_a_thousand_times_is_survived()
    {
        await _socket.SendTextAsync(new StringBuilder().Insert(0, "{\"payload\":", 1000).Append('1').Append('}', 1000).ToString());

        await StillAnswersAsync();
    }

    [Fact]
    public async Task Envelopes_are_worked_on_side_by_side()
    {
        await _socket.AskAsync(Envelopes.Declare());
        var notes = Enumerable.Range(1, 40).Select(n => $"note number {n}").ToList();

        foreach (var note in notes)
            await _socket.SendAsync(Envelopes.Note(note, note));
        var answered = new List<string?>();
        foreach (var _ in notes)
            answered.Add((await _socket.AnswerAsync()).GetProperty("envelope_id").GetString());

        Assert.Equal(notes.Order(), answered.Order());
        Assert.Equal(notes.Order(), (await _bot.TimelineAsync()).Where(t => t.StartsWith("note number", StringComparison.Ordinal)).Order());
    }

    private async Task StillAnswersAsync()
    {
        var answer = await _socket.AskAsync(Envelopes.Command("/incident", "help", "still"));
        Assert.Equal("still", answer.GetProperty("envelope_id").GetString());
        Assert.Single(_slack.Open);
    }
}
