using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Escalations;
using IncidentBot.Incidents.Overview;
using IncidentBot.Incidents.Reminders;
using IncidentBot.Incidents.Store;
using Microsoft.Extensions.Options;

namespace IncidentBot.Incidents.Commands;

/// <summary>What every command and every reminder may use.</summary>
public sealed class CommandContextFactory(
    IEnumerable<IChatPlatform> platforms,
    IncidentPages pages,
    EscalationPolicies policies,
    RemindersOptions reminders,
    IOptions<IncidentBotOptions> options)
{
    private readonly Dictionary<string, IChatPlatform> _platforms = platforms.ToDictionary(p => p.Name);

    public CommandContext Create(IncidentDbContext db, Conversation conversation, Person by, TimeZoneInfo zone, DateTimeOffset now) =>
        new(db, conversation, by, zone, options.Value.TimeZone, _platforms, pages, policies, reminders, now);

    /// <summary>For what the bot does by itself.</summary>
    /// <param name="incident">Null where it is about no single one.</param>
    public CommandContext CreateForBot(IncidentDbContext db, Incident? incident, DateTimeOffset now)
    {
        var place = incident?.HomeConversation ?? new Conversation("", "");
        var bot = new Person(place.Platform, CommandContext.BotId, CommandContext.BotName);
        var context = Create(db, place, bot, ZonedTime.Zone(incident?.ZoneId ?? options.Value.TimeZone), now);
        if (incident is not null)
            context.Incident = incident;
        return context;
    }
}
