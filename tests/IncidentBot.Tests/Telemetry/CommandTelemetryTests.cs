using System.Diagnostics;
using IncidentBot.Tests.Fakes;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.Tests.Telemetry;

public sealed class CommandTelemetryTests : IAsyncLifetime
{
    private const string Handled = "incidentbot.commands.handled";
    private TestChat _chat = null!;
    private Recorded _recorded = null!;

    public async Task InitializeAsync()
    {
        _chat = await TestChat.StartAsync();
        _recorded = Recorded.Of(_chat);
    }

    public async Task DisposeAsync()
    {
        _recorded.Dispose();
        await _chat.DisposeAsync();
    }

    [Fact]
    public async Task A_command_counts_once_with_its_duration_and_its_span()
    {
        await _chat.TypeAsync("maria", "/incident start sev2 Checkout is down");

        Assert.Equal(["command=StartIncident outcome=recorded"], _recorded.Tags(Handled));
        Assert.Equal(["command=StartIncident outcome=recorded"], _recorded.Tags("incidentbot.commands.duration"));
        var span = Assert.Single(_recorded.Spans);
        Assert.Equal("command StartIncident", span.DisplayName);
        Assert.Equal("command=StartIncident platform=fake incident.number=1 outcome=recorded refused=False", Recorded.Text(span.TagObjects));
        Assert.Equal(ActivityStatusCode.Unset, span.Status);
    }

    [Fact]
    public async Task A_repeated_delivery_counts_as_one()
    {
        await _chat.TypeAsync("maria", "/incident start sev2 Checkout is down", key: "same");
        await _chat.TypeAsync("maria", "/incident start sev2 Checkout is down", key: "same");

        Assert.Equal(["command=StartIncident outcome=recorded", "command=StartIncident outcome=repeated"], _recorded.Tags(Handled));
        Assert.Equal(1, _recorded.Spans[^1].GetTagItem("incident.number"));
    }

    [Fact]
    public async Task A_refused_command_counts_as_refused_and_names_its_incident()
    {
        await _chat.TypeAsync("maria", "/incident start sev2 Checkout is down");
        await _chat.TypeAsync("maria", "/incident resolve rolled back");
        await _chat.TypeAsync("maria", "/incident INC-1 resolve once more");

        Assert.Equal("command=ResolveIncident outcome=refused", _recorded.Tags(Handled).Last());
        Assert.Equal("command=ResolveIncident platform=fake incident.number=1 outcome=refused refused=True", Recorded.Text(_recorded.Spans[^1].TagObjects));
    }

    [Fact]
    public async Task What_cannot_be_read_counts_as_refused_without_its_words()
    {
        await _chat.TypeAsync("maria", "/incident startt sev2 Checkout is down");

        Assert.Equal(["command=unreadable outcome=refused"], _recorded.Tags(Handled));
    }

    [Fact]
    public async Task A_question_counts_as_read()
    {
        await _chat.TypeAsync("maria", "/incident list");

        Assert.Equal(["command=ListIncidents outcome=read"], _recorded.Tags(Handled));
    }

    [Fact]
    public async Task A_command_that_the_database_did_not_take_counts_as_failed_by_the_kind_of_fault_alone()
    {
        await _chat.TypeAsync("maria", "/incident start sev2 Checkout is down");
        await _chat.Store.WriteAsync(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE Entries RENAME TO Gone"), CancellationToken.None);

        await Assert.ThrowsAnyAsync<Exception>(() => _chat.TypeAsync("maria", "/timeline note never kept"));

        Assert.StartsWith("command=AddTimelineEntry outcome=failed error.type=", _recorded.Tags(Handled).Last(), StringComparison.Ordinal);
        var span = _recorded.Spans[^1];
        Assert.Equal((ActivityStatusCode.Error, span.GetTagItem("error.type")), (span.Status, span.StatusDescription));
    }

    [Fact]
    public async Task A_command_is_a_trace_of_its_own_also_where_the_request_around_it_is_not_exported()
    {
        using var request = new Activity("request").Start();

        await _chat.TypeAsync("maria", "/incident list");

        var span = Assert.Single(_recorded.Spans);
        Assert.Null(span.ParentId);
        Assert.NotEqual(request.TraceId, span.TraceId);
        Assert.Same(request, Activity.Current);
    }

    [Fact]
    public async Task An_escalation_counts_when_it_is_answered_and_the_time_until_then()
    {
        await _chat.TypeAsync("maria", "/incident start sev2 Checkout is down");
        await _chat.TypeAsync("maria", "/incident escalate @li now");
        await _chat.TypeAsync("maria", "/incident escalate @jo now");

        // A minute passes before each message.
        await _chat.TypeAsync("li", "/incident ack", key: "same");
        await _chat.TypeAsync("li", "/incident ack", key: "same");
        await _chat.TypeAsync("li", "/incident ack 1");
        await _chat.TypeAsync("jo", "/incident decline on a plane");

        Assert.Equal(["outcome=acknowledged", "outcome=declined"], _recorded.Tags("incidentbot.escalations.answered"));
        Assert.Equal([120.0], _recorded.Values("incidentbot.escalations.time_to_acknowledge"));
    }

    [Fact]
    public async Task No_tag_holds_what_was_typed_or_who_typed_it()
    {
        const string secret = "hunter2";
        await _chat.TypeAsync(secret, $"/incident start sev2 {secret} --service {secret}", room: secret);
        await _chat.TypeAsync(secret, $"/timeline note {secret}", room: secret);
        await _chat.TypeAsync(secret, $"/incident escalate @{secret} {secret}", room: secret);
        await _chat.TypeAsync(secret, $"/incident {secret}", room: secret);
        await _chat.TypeAsync(secret, $"/incident resolve {secret}", room: secret);
        await _chat.DeliverAsync();

        Assert.True(_recorded.All.Count > 10);
        Assert.DoesNotContain(_recorded.All, m => m.Tags.Contains(secret, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(_recorded.Spans, s => $"{s.DisplayName} {s.StatusDescription} {Recorded.Text(s.TagObjects)}".Contains(secret, StringComparison.OrdinalIgnoreCase));
        var pageKey = (await _chat.ReadAsync()).Incident.PageKey;
        Assert.DoesNotContain(_recorded.Spans, s => Recorded.Text(s.TagObjects).Contains(pageKey, StringComparison.Ordinal));
    }
}
