using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Escalations;
using IncidentBot.Incidents.Outbox;
using IncidentBot.Incidents.Overview;
using IncidentBot.Incidents.Reminders;
using IncidentBot.Incidents.Store;
using IncidentBot.Incidents.Telemetry;
using IncidentBot.Incidents.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.Incidents.Commands;

/// <summary>Who asked, where and when, the incident it is about, and what may be done to it: all in one transaction.</summary>
public sealed class CommandContext(
    IncidentDbContext db,
    Conversation conversation,
    Person by,
    TimeZoneInfo zone,
    string defaultZoneId,
    IReadOnlyDictionary<string, IChatPlatform> platforms,
    IncidentPages pages,
    EscalationPolicies policies,
    RemindersOptions reminders,
    DateTimeOffset now)
{
    /// <summary>The author of what the bot does by itself.</summary>
    public const string BotName = "IncidentBot";

    public const string BotId = "incidentbot";

    private Incident? _incident;

    public IncidentDbContext Db => db;

    public Conversation Conversation => conversation;

    public Person By => by;

    /// <summary>The person's own zone.</summary>
    public TimeZoneInfo Zone => zone;

    /// <summary>The configured zone, in which the rest of the company reads.</summary>
    public string DefaultZoneId => defaultZoneId;

    /// <summary>What can be done where the incident is; before there is one, where the person is.</summary>
    public ChatCapabilities Capabilities => platforms.TryGetValue((_incident?.Origin ?? conversation).Platform, out var platform) ? platform.Capabilities : ChatCapabilities.None;

    /// <summary>The platform where the person is; null in a test without one.</summary>
    public IChatPlatform? Platform => platforms.GetValueOrDefault(conversation.Platform);

    public IncidentPages Pages => pages;

    public EscalationPolicies Policies => policies;

    public RemindersOptions Reminders => reminders;

    /// <summary>The bot itself, where the incident is.</summary>
    public Person Bot => new(Incident.Origin.Platform, BotId, BotName);

    public DateTimeOffset Now => now;

    /// <summary>The incident that the command is about.</summary>
    public Incident Incident
    {
        get => _incident ?? throw new InvalidOperationException("The command is about no incident.");
        set => _incident = value;
    }

    public int? IncidentNumber => _incident?.Number;

    /// <summary>What is counted when the command is on disk, and not at all when it is refused or fails.</summary>
    internal List<Action<IncidentTelemetry>> OnceRecorded { get; } = [];

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

    /// <summary>Tells what the person did.</summary>
    public void PostInRoom(RichText done, string? note = null) =>
        PostInRoom(new ChatMessage(new TextBlock(done), new ContextBlock($"by {by.Name}{(note is null ? "" : "; " + note)}")));

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
        if (!Incident.HasDraft)
            return;
        SendToRoom(new PublishLive(LiveMessageKind.Postmortem));
        if (Capabilities.HasFlag(ChatCapabilities.UpdatableFiles))
            SendToRoom(new UploadDraft());
    }

    /// <summary>The status card shows the day on which the postmortem is due until it has all that it needs.</summary>
    public void RefreshDueDate()
    {
        if (Incident.PostmortemDueOn is not null)
            SendToRoom(new PublishLive(LiveMessageKind.StatusCard));
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

    /// <summary>
    /// Tells those who are not in the room: where incidents are announced, else where this one was declared, and where other platforms
    /// announce. A private incident is announced nowhere.
    /// </summary>
    /// <returns>Whether anybody is told there.</returns>
    public bool Announce(ChatMessage message)
    {
        if (Incident.IsPrivate)
            return false;
        var places = platforms.Values.Select(AnnouncementPlace).OfType<Conversation>().Where(p => p != Incident.Room).ToList();
        foreach (var place in places)
            db.Add(new OutboxMessage(place.ToString(), place.Platform, place, Incident.Number, new PostMessage(message), now));
        return places.Count > 0;
    }

    /// <summary>Brings somebody into the room, where its platform has rooms with members.</summary>
    public bool Invite(Person person)
    {
        if (person.Platform != Incident.Origin.Platform || !Capabilities.HasFlag(ChatCapabilities.Invitations))
            return false;
        SendToRoom(new InvitePeople([person]));
        return true;
    }

    public bool CanTell(Person person) =>
        platforms.TryGetValue(person.Platform, out var platform) && platform.Capabilities.HasFlag(ChatCapabilities.DirectMessages);

    /// <summary>Sends somebody a message of their own, where their platform has such.</summary>
    /// <returns>Whether it has.</returns>
    public bool Tell(Person person, OutboxOperation operation)
    {
        if (!CanTell(person))
            return false;
        db.Add(new OutboxMessage($"{person.Platform}:{person.Id}", person.Platform, null, Incident.Number, operation, now));
        return true;
    }

    /// <summary>Brings the messages of such kinds up to date that somebody sees, in the room and of their own.</summary>
    /// <param name="about">The number of the escalation or task; null: all of the incident.</param>
    public async Task RefreshAsync(IReadOnlyCollection<LiveMessageKind> kinds, int? about)
    {
        var shown = await db.LiveMessages
            .Where(m => m.IncidentNumber == Incident.Number && kinds.Contains(m.Kind) && (about == null || m.Number == about))
            .ToListAsync(CancellationToken.None);
        // One that is being posted at this very moment may show by now what was true before: its refresh waits behind it.
        var sending = await db.Outbox.Where(m => m.IncidentNumber == Incident.Number && m.State == OutboxState.Pending).ToListAsync(CancellationToken.None);
        var posted = sending.Select(m => m.Operation).OfType<PublishLive>().Where(p => kinds.Contains(p.Kind) && (about is null || p.Number == about));
        foreach (var refresh in shown.Select(m => m.Refresh()).Concat(posted.Select(p => p.Refresh())).DistinctBy(r => (r.Kind, r.Number, LiveMessage.RecipientOf(r.To))))
        {
            if (refresh.To is null)
                SendToRoom(refresh);
            else
                Tell(refresh.To, refresh);
        }
    }

    /// <summary>Makes the bot look at it then, in place of what waits for the same.</summary>
    public async Task RemindAsync(ReminderKind kind, int subject, DateTimeOffset dueAt)
    {
        await ForgetAsync(kind, subject);
        db.Add(new Reminder(kind, Incident.Number, subject, dueAt, now));
    }

    /// <summary>What waits for that has nothing to remind of any more.</summary>
    public async Task ForgetAsync(ReminderKind kind, int subject = 0)
    {
        // Those that this command added itself are not in the database yet.
        var added = db.ChangeTracker.Entries<Reminder>().Where(r => r.State == EntityState.Added).Select(r => r.Entity);
        var stored = await db.Reminders
            .Where(r => r.IncidentNumber == Incident.Number && r.Kind == kind && r.Subject == subject && r.State == ReminderState.Waiting)
            // Begun work is finished whatever becomes of the caller.
            .ToListAsync(CancellationToken.None);
        // One that is being looked at is done, and does not say so in the database yet.
        foreach (var reminder in added.Where(r => r.Kind == kind && r.Subject == subject).Concat(stored).Where(r => r.State == ReminderState.Waiting).ToList())
            reminder.End(ReminderState.NotNeeded, now);
    }

    /// <summary>Tells everybody, of what is about no single incident.</summary>
    public void AnnounceEverywhere(OutboxOperation operation)
    {
        foreach (var place in platforms.Values.Select(p => p.CommonConversation).OfType<Conversation>())
            db.Add(new OutboxMessage(place.ToString(), place.Platform, place, null, operation, now));
    }

    private Conversation? AnnouncementPlace(IChatPlatform platform) =>
        platform.Name != Incident.Origin.Platform ? platform.AnnouncementConversation
        // Who declared it elsewhere learns where it went.
        : platform.Capabilities.HasFlag(ChatCapabilities.RoomsAnnounce) ? Incident.Origin
        : platform.AnnouncementConversation ?? Incident.Origin;

    /// <summary>An instant, in the zone of the person who asked.</summary>
    public string Show(DateTimeOffset instant) => ZonedTime.Format(instant, zone);

    /// <param name="more">What else came of it, a sentence after a blank.</param>
    public CommandAnswer Recorded(TimelineEntry entry, string more = "") => CommandAnswer.Of(
        RichText.Format($"Recorded as #{entry.Number} of {Incident.Key} at {Show(entry.OccurredAt)}.{more}"), Incident.Number) with { ShownIn = Incident.Room };

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
