using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands.Values;
using IncidentBot.Teams.Connector;
using Microsoft.Extensions.Logging;

namespace IncidentBot.Teams.Inbound;

/// <summary>Who is meant in a dialog. Its people picker gives ids of the directory, and a name that is typed there is only text.</summary>
public sealed partial class TeamsPeople(TeamsConversations conversations, ConnectorClient connector, ILogger<TeamsPeople> logger)
{
    /// <param name="conversation">Of which whoever was picked is a member, perhaps.</param>
    /// <returns>The values with <c>@name</c>s, and the people behind these: those who were picked, and those who are known by such a name.</returns>
    public async Task<(IReadOnlyDictionary<string, string> Values, IReadOnlyDictionary<string, Person> Mentions)> ReadAsync(
        IReadOnlyDictionary<string, string> values, Conversation conversation, CancellationToken cancellationToken)
    {
        var read = new Dictionary<string, string>();
        var mentions = new Dictionary<string, Person>(StringComparer.OrdinalIgnoreCase);
        foreach (var (input, value) in values)
        {
            var person = Guid.TryParseExact(value, "D", out _) ? await FindAsync(value, conversation, cancellationToken) : null;
            read[input] = person is null ? value : "@" + MentionNames.Add(mentions, person.Name, person);
        }
        if (values.Values.Any(NamesSomebody))
        {
            // A name of several people names nobody.
            foreach (var sameName in (await conversations.ListPeopleAsync(cancellationToken)).GroupBy(p => MentionNames.WordOf(p.Name), StringComparer.OrdinalIgnoreCase))
            {
                if (sameName.ToList() is [var only])
                    mentions.TryAdd(sameName.Key, only);
            }
        }
        return (read, mentions);
    }

    /// <summary>Has a <c>@</c> at the start of a word; that of a mail address is in the middle of one.</summary>
    private static bool NamesSomebody(string value)
    {
        for (var at = value.IndexOf('@', StringComparison.Ordinal); at >= 0; at = value.IndexOf('@', at + 1))
        {
            if (at == 0 || !char.IsLetterOrDigit(value[at - 1]))
                return true;
        }
        return false;
    }

    /// <returns>Null for an id that nobody has.</returns>
    private async Task<Person?> FindAsync(string aadObjectId, Conversation conversation, CancellationToken cancellationToken)
    {
        var known = await conversations.PersonAsync(null, aadObjectId, null, cancellationToken);
        if (known.Name != known.Id)
            return known;
        try
        {
            var of = await conversations.ReferenceAsync(TeamsConversations.ChannelOf(conversation.Id), cancellationToken);
            var member = await connector.GetMemberAsync(of, aadObjectId, cancellationToken);
            var person = await conversations.PersonAsync(member.Id, aadObjectId, member.Name, cancellationToken);
            await conversations.RememberPersonAsync(aadObjectId, person);
            return person;
        }
        catch (Exception fault) when (fault is ConnectorException or ChatPlatformException)
        {
            // The id itself mentions them, too. What was typed and only looks like an id stays.
            Log.NotFound(logger, fault.Message);
            return fault is ConnectorException { IsTransient: true } ? known : null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Teams does not say who was picked: {Reason}")]
        public static partial void NotFound(ILogger logger, string reason);
    }
}
