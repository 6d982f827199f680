using System.Text.RegularExpressions;
using IncidentBot.Incidents;
using IncidentBot.Incidents.Commands;
using IncidentBot.LocalChat.Store;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.LocalChat;

/// <summary>The people one may speak as.</summary>
public sealed partial class LocalChatPeople(LocalChatDatabase database)
{
    /// <summary>The name under which the bot itself posts; nobody may take it.</summary>
    public const string BotName = "IncidentBot";

    public Task<PersonRow?> FindAsync(string idOrName, CancellationToken cancellationToken)
    {
        var id = idOrName.TrimStart('@').ToLowerInvariant();
        return database.ReadAsync(db => db.People.AsNoTracking().FirstOrDefaultAsync(p => p.Id == id, cancellationToken), cancellationToken);
    }

    /// <summary>The people behind the <c>@name</c>s of a text.</summary>
    public async Task<IReadOnlyDictionary<string, Person>> FindMentionedAsync(string text, CancellationToken cancellationToken)
    {
        var names = Mention().Matches(text).Select(m => m.Groups[1].Value).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (names.Count == 0)
            return InboundCommand.NoMentions;
        var ids = names.ConvertAll(n => n.ToLowerInvariant());
        var people = await database.ReadAsync(
            db => db.People.AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancellationToken), cancellationToken);
        return names
            .Where(n => people.ContainsKey(n.ToLowerInvariant()))
            .ToDictionary(n => n, n => people[n.ToLowerInvariant()].ToPerson(), StringComparer.OrdinalIgnoreCase);
    }

    /// <returns>Null when somebody, or a room, has that name already: the bot writes to either by it.</returns>
    /// <exception cref="BadHttpRequestException">The name or the zone cannot be used.</exception>
    public Task<PersonView?> AddAsync(string name, string zoneId, CancellationToken cancellationToken)
    {
        name = name.Trim().TrimStart('@').Normalize();
        if (!Name().IsMatch(name) || name.Equals(BotName, StringComparison.OrdinalIgnoreCase))
            throw new BadHttpRequestException("A name is one word of up to 40 letters and digits, with dots, dashes and underscores inside, such as ana or j.smith.");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zoneId, out var zone) || !zone.HasIanaId)
            throw new BadHttpRequestException("That time zone is not known here. Use a name such as Europe/Madrid or UTC.");

        return database.WriteAsync(
            async db =>
            {
                var id = name.ToLowerInvariant();
                if (await db.People.AnyAsync(p => p.Id == id, cancellationToken) || await db.Rooms.AnyAsync(r => r.Id == id, cancellationToken))
                    return null;
                var row = new PersonRow { Id = id, Name = name, ZoneId = zoneId };
                db.People.Add(row);
                var view = PersonView.Of(row);
                LocalChatEvents.Add(db, "person", view);
                return view;
            },
            cancellationToken);
    }

    [GeneratedRegex(@"(?<![\p{L}\p{N}_])@([\p{L}\p{N}](?:[\p{L}\p{M}\p{N}._-]{0,38}[\p{L}\p{M}\p{N}])?)")]
    private static partial Regex Mention();

    [GeneratedRegex(@"\A[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}._-]{0,38}[\p{L}\p{M}\p{N}])?\z")]
    private static partial Regex Name();
}
