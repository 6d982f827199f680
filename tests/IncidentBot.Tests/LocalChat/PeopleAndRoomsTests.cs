using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace IncidentBot.Tests.LocalChat;

public sealed class PeopleAndRoomsTests(RunningChat chat) : IClassFixture<RunningChat>
{
    [Fact]
    public async Task General_and_three_people_are_there_from_the_start()
    {
        var state = await chat.GetAsync("/state?person=maria");
        Assert.Equal("general", state.GetProperty("rooms")[0].GetProperty("id").GetString());
        var zones = state.GetProperty("people").EnumerateArray().ToDictionary(p => p.GetProperty("id").GetString()!, p => p.GetProperty("zoneId").GetString());
        Assert.Equal("Europe/Madrid", zones["maria"]);
        Assert.Equal("Asia/Singapore", zones["li"]);
        Assert.Equal("America/New_York", zones["sam"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("<b>")]
    [InlineData("-a")]
    [InlineData("a.")]
    [InlineData("incidentbot")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task A_name_that_cannot_be_mentioned_is_refused(string name)
    {
        using var response = await chat.Http.PostAsJsonAsync("/chat/people", new { name, zoneId = "UTC" });
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Mars/Olympus")]
    [InlineData("../../etc/passwd")]
    public async Task A_time_zone_that_is_not_known_is_refused(string zoneId)
    {
        using var response = await chat.Http.PostAsJsonAsync("/chat/people", new { name = "ana", zoneId });
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_new_person_speaks_in_any_script_and_their_name_is_taken()
    {
        var person = await chat.PostAsync("/people", new { name = "@Ольга", zoneId = "Asia/Kolkata" });
        Assert.Equal("Ольга", person.GetProperty("name").GetString());
        await chat.SayAsync("привет", person: person.GetProperty("id").GetString()!);
        using var again = await chat.Http.PostAsJsonAsync("/chat/people", new { name = "ольга", zoneId = "UTC" });
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
    }

    [Fact]
    public async Task A_room_gets_a_name_that_can_be_typed_and_only_once()
    {
        var room = await chat.PostAsync("/rooms", new { name = "Payments Team!", topic = "money" });
        Assert.Equal("payments-team", room.GetProperty("id").GetString());
        using var again = await chat.Http.PostAsJsonAsync("/chat/rooms", new { name = "payments team" });
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        using var empty = await chat.Http.PostAsJsonAsync("/chat/rooms", new { name = "!!!" });
        Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
    }

    [Fact]
    public async Task A_private_incident_is_seen_by_its_members_only()
    {
        var origin = await chat.NewRoomAsync();
        var posted = await chat.SayAsync("/incident start sev1 Keys were leaked --private", origin);
        var number = posted.GetProperty("answer").GetProperty("incident").GetInt32();
        var room = await WaitForRoomAsync(number, "maria");

        Assert.DoesNotContain(room, await RoomsOfAsync("li"));
        using var incident = await chat.Http.GetAsync($"/chat/incidents/{number}?person=li");
        Assert.Equal(HttpStatusCode.NotFound, incident.StatusCode);
        using var history = await chat.Http.GetAsync($"/chat/rooms/{room}/messages?person=li");
        Assert.Equal(HttpStatusCode.BadRequest, history.StatusCode);

        var seen = await chat.GetAsync($"/incidents/{number}?person=maria");
        Assert.Equal("Keys were leaked", seen.GetProperty("title").GetString());
    }

    [Fact]
    public async Task An_incident_gets_a_room_of_its_own_with_its_topic()
    {
        var posted = await chat.SayAsync("/incident start sev2 Checkout answers 500 --service checkout", await chat.NewRoomAsync());
        var number = posted.GetProperty("answer").GetProperty("incident").GetInt32();
        Assert.Equal($"inc-{number}-checkout-answers-500", await WaitForRoomAsync(number, "li"));
        var incident = await chat.GetAsync($"/incidents/{number}?person=li");
        Assert.Equal("sev2", incident.GetProperty("severity").GetString());
        Assert.Equal("declared", incident.GetProperty("timeline")[0].GetProperty("kind").GetString());
    }

    private async Task<IReadOnlyList<string>> RoomsOfAsync(string person) =>
        [.. (await chat.GetAsync($"/state?person={person}")).GetProperty("rooms").EnumerateArray().Select(r => r.GetProperty("id").GetString()!)];

    private async Task<string> WaitForRoomAsync(int incident, string person)
    {
        for (var i = 0; i < 100; i++)
        {
            var state = await chat.GetAsync($"/state?person={person}");
            var room = state.GetProperty("rooms").EnumerateArray()
                .FirstOrDefault(r => r.GetProperty("incident") is { ValueKind: JsonValueKind.Number } n && n.GetInt32() == incident);
            if (room.ValueKind == JsonValueKind.Object)
                return room.GetProperty("id").GetString()!;
            await Task.Delay(50);
        }
        throw new TimeoutException($"No room of INC-{incident} came.");
    }
}
