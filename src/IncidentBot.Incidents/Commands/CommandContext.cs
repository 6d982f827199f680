using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Outbox;
using IncidentBot.Incidents.Overview;
using IncidentBot.Incidents.Store;
using IncidentBot.Incidents.Timeline;

namespace IncidentBot.Incidents.Commands;

/// <summary>Who asked, where and when, the incident it is about, and what may be done to it: all in one transaction.</summary>
public sealed class CommandContext(
    IncidentDbContext db,
    Conversation conversation,
    Person by,
    TimeZoneInfo zone,
    string defaultZoneId,
    IChatPlatform platform,
    IncidentPages pages,
    DateTimeOffset now)
{
    private Incident? _incident;

    public IncidentDbContext Db => db;

    public Conversation Conversation => conversation;

    public Person By => by;

    /// <summary>The person's own zone.</summary>
    public TimeZoneInfo Zone => zone;

    /// <summary>The configured zone, in which the rest of the company reads.</summary>
    public string DefaultZoneId => defaultZoneId;

    public ChatCapabilities Capabilities => platform.Capabilities;

    public IncidentPages Pages => pages;

    public DateTimeOffset Now => now;

    /// <summary>The incident that the command is about.</summary>
    public Incident Incident
    {
        get => _incident ?? throw new InvalidOperationException("The command is about no incident.");
        set => _incident = value;
    }

    public int? IncidentNumber => _incident?.Number;

    /// <summary>Adds an entry, shows it in the room, and refreshes what follows the incident.</summary>
    public void Add(TimelineEntry entry)
    {
        db.Add(entry);
        PostInRoom(EntryText.ToMessage(entry, Incident));
        if (!entry.Kind.IsFreeText())
            RefreshCard();
        RefreshDraft();
    }

    public void PostInRoom(ChatMessage message) => SendToRoom(new PostMessage(message));

    /// <summary>Brings the status card and the room's topic up to date.</summary>
    public void RefreshCard()
    {
        SendToRoom(new PublishLive(LiveMessageKind.StatusCard));
        if (Capabilities.HasFlag(ChatCapabilities.Topics) && Incident.Room != Incident.Origin)
            SendToRoom(new RefreshTopic());
    }

    /// <summary>Brings the draft up to date, once there is one.</summary>
    public void RefreshDraft()
    {
        if (Incident.HasDraft)
            SendToRoom(new PublishLive(LiveMessageKind.Postmortem));
    }

    /// <summary>A file cannot be updated in place: it shows the draft as it stands behind what was sent so far.</summary>
    public void GiveDraftAsFile()
    {
        if (Capabilities.HasFlag(ChatCapabilities.Files))
            SendToRoom(new UploadDraft());
    }

    public void SendToRoom(OutboxOperation operation)
    {
        db.Add(new OutboxMessage(OutboxMessage.LaneOf(Incident), Incident.Origin.Platform, null, Incident.Number, operation, now));
    }

    /// <summary>Tells those who are not in the room: posts where incidents are announced, else where this one was declared, unless that is the room or the incident is private.</summary>
    /// <returns>Whether anybody is told there.</returns>
    public bool Announce(ChatMessage message)
    {
        var announcements = platform.AnnouncementConversation ?? Incident.Origin;
        if (Incident.Room == announcements || Incident.IsPrivate)
            return false;
        db.Add(new OutboxMessage(announcements.ToString(), announcements.Platform, announcements, Incident.Number, new PostMessage(message), now));
        return true;
    }

    /// <summary>Brings somebody into the room, where the platform has rooms with members.</summary>
    public void Invite(Person person)
    {
        if (Capabilities.HasFlag(ChatCapabilities.Invitations))
            SendToRoom(new InvitePeople([person]));
    }

    /// <summary>An instant, in the zone of the person who asked.</summary>
    public string Show(DateTimeOffset instant) => ZonedTime.Format(instant, zone);

    /// <param name="more">What else came of it, a sentence after a blank.</param>
    public CommandAnswer Recorded(TimelineEntry entry, string more = "") => CommandAnswer.Of(
        RichText.Format($"Recorded as #{entry.Number} of {Incident.Key} at {Show(entry.OccurredAt)}.{more}"), Incident.Number);

    public CommandAnswer Answer(RichText text) => CommandAnswer.Of(text, IncidentNumber);

    /// <summary>Adds the entry that a verb made, or passes on why it would not.</summary>
    public CommandAnswer AddOrRefuse(Outcome<TimelineEntry> outcome)
    {
        if (!outcome.Succeeded(out var entry, out var refusal))
            return CommandAnswer.Refused(refusal.Reason);
        Add(entry);
        return Recorded(entry);
    }
}
