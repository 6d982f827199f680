namespace IncidentBot.Tests.LocalChat;

public sealed class SampleTests(RunningChat chat) : IClassFixture<RunningChat>
{
    [Fact]
    public async Task The_sample_plays_to_its_end_with_its_own_times_and_nothing_is_refused()
    {
        var played = await chat.PostAsync("/sample", new { person = "maria" });
        Assert.Equal("sample-outage", played.GetProperty("room").GetString());

        for (var i = 0; i < 300; i++)
        {
            await Task.Delay(100);
            using var response = await chat.Http.GetAsync("/chat/incidents/1?person=maria");
            if (!response.IsSuccessStatusCode)
                continue;
            var incident = await chat.GetAsync("/incidents/1?person=maria");
            if (incident.GetProperty("tasks").GetArrayLength() < 4)
                continue;

            Assert.Equal("resolved", incident.GetProperty("status").GetString());
            Assert.Equal("47 min", incident.GetProperty("duration").GetString());
            Assert.Equal(["acknowledged", "declined"], incident.GetProperty("escalations").EnumerateArray().Select(e => e.GetProperty("state").GetString()));
            Assert.DoesNotContain("missing", incident.GetProperty("draft").GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("kind").GetString()));
            foreach (var room in new[] { "sample-outage", "inc-1-checkout-answers-500" })
            {
                var history = await chat.GetAsync($"/rooms/{room}/messages?person=maria");
                Assert.DoesNotContain("You typed", history.GetRawText(), StringComparison.Ordinal);
            }
            return;
        }
        throw new TimeoutException("The sample did not come to its end.");
    }
}
