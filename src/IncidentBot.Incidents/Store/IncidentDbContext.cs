using System.Text.Json;
using IncidentBot.Incidents.ActionItems;
using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Escalations;
using IncidentBot.Incidents.Inbox;
using IncidentBot.Incidents.Outbox;
using IncidentBot.Incidents.Postmortems;
using IncidentBot.Incidents.Reminders;
using IncidentBot.Incidents.Resolving;
using IncidentBot.Incidents.Timeline;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace IncidentBot.Incidents.Store;

/// <summary>
/// The one model. It names no provider: every type maps to columns that SQLite and PostgreSQL both order and compare.
/// A provider has a subclass of its own, since migrations belong to a context type.
/// </summary>
public abstract class IncidentDbContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<Incident> Incidents => Set<Incident>();

    public DbSet<TimelineEntry> Entries => Set<TimelineEntry>();

    public DbSet<Escalation> Escalations => Set<Escalation>();

    public DbSet<RoleAssignment> Roles => Set<RoleAssignment>();

    public DbSet<ActionItem> ActionItems => Set<ActionItem>();

    public DbSet<Answer> Answers => Set<Answer>();

    public DbSet<Postmortem> Postmortems => Set<Postmortem>();

    public DbSet<InboxMessage> Inbox => Set<InboxMessage>();

    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    public DbSet<LiveMessage> LiveMessages => Set<LiveMessage>();

    public DbSet<PlatformState> PlatformStates => Set<PlatformState>();

    public DbSet<Reminder> Reminders => Set<Reminder>();

    /// <summary>Whether reminders were added or changed since this was last taken back.</summary>
    internal bool HasChangedReminders { get; set; }

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        // Once for both: each look at the tracker compares all that it tracks.
        foreach (var entry in ChangeTracker.Entries())
        {
            if (entry is { Entity: Incident incident, State: EntityState.Modified })
                incident.Version++;
            HasChangedReminders |= entry is { Entity: Reminder, State: EntityState.Added or EntityState.Modified };
        }
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // SQLite cannot order or compare DateTimeOffset; every instant is UTC anyway.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcConverter>();
        configurationBuilder.Properties<Conversation>().HaveConversion<ConversationConverter>();
        configurationBuilder.Properties<MessageReference>().HaveConversion<MessageReferenceConverter>();
        configurationBuilder.Properties<EntryFacts>().HaveConversion<JsonConverter<EntryFacts>>();
        configurationBuilder.Properties<OutboxOperation>().HaveConversion<JsonConverter<OutboxOperation>>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Incident>(incident =>
        {
            incident.HasKey(i => i.Number);
            incident.Property(i => i.Version).IsConcurrencyToken();
            incident.ComplexProperty(i => i.DeclaredBy);
            incident.HasIndex(i => i.Room);
            incident.HasIndex(i => i.Origin);
            incident.HasIndex(i => i.Status);
        });
        modelBuilder.Entity<TimelineEntry>(entry =>
        {
            PartOfIncident(entry);
            entry.HasIndex(e => new { e.IncidentNumber, e.Number }).IsUnique();
            entry.HasIndex(e => e.Source);
            entry.ComplexProperty(e => e.Author);
            entry.HasMany(e => e.Revisions).WithOne().HasForeignKey("EntryId").IsRequired();
        });
        modelBuilder.Entity<EntryRevision>().ComplexProperty(r => r.By);
        modelBuilder.Entity<Escalation>(escalation =>
        {
            PartOfIncident(escalation);
            escalation.HasIndex(e => new { e.IncidentNumber, e.Number }).IsUnique();
            escalation.ComplexProperty(e => e.RequestedBy);
            escalation.ComplexProperty(e => e.AnsweredBy);
            escalation.Property(e => e.Steps).HasConversion<JsonConverter<IReadOnlyList<EscalationStep>>>().HasDefaultValueSql("'[]'");
        });
        modelBuilder.Entity<RoleAssignment>(role =>
        {
            PartOfIncident(role);
            role.ComplexProperty(r => r.Holder);
        });
        modelBuilder.Entity<ActionItem>(task =>
        {
            PartOfIncident(task);
            task.HasIndex(t => new { t.IncidentNumber, t.Number }).IsUnique();
            task.ComplexProperty(t => t.CreatedBy);
            task.ComplexProperty(t => t.DoneBy);
        });
        modelBuilder.Entity<Answer>(answer =>
        {
            PartOfIncident(answer);
            answer.ComplexProperty(a => a.By);
        });
        modelBuilder.Entity<Postmortem>(postmortem =>
        {
            postmortem.HasKey(p => p.IncidentNumber);
            postmortem.Property(p => p.IncidentNumber).ValueGeneratedNever();
        });
        modelBuilder.Entity<InboxMessage>(message =>
        {
            message.HasKey(m => m.Key);
            message.HasIndex(m => m.ReceivedAt);
        });
        modelBuilder.Entity<OutboxMessage>().HasIndex(m => new { m.State, m.Lane, m.Id });
        modelBuilder.Entity<LiveMessage>().HasKey(m => new { m.IncidentNumber, m.Kind, m.Number, m.Recipient });
        modelBuilder.Entity<Reminder>(reminder =>
        {
            reminder.HasOne<Incident>().WithMany().HasForeignKey(r => r.IncidentNumber).OnDelete(DeleteBehavior.Restrict);
            reminder.HasIndex(r => r.State);
            reminder.Ignore(r => r.RunAt);
        });
        modelBuilder.Entity<PlatformState>().HasKey(s => new { s.Platform, s.Key });
    }

    private static void PartOfIncident<TEntity>(EntityTypeBuilder<TEntity> entity)
        where TEntity : class
    {
        entity.HasOne<Incident>().WithMany().HasForeignKey(nameof(TimelineEntry.IncidentNumber)).IsRequired().OnDelete(DeleteBehavior.Restrict);
    }

    private sealed class UtcConverter() : ValueConverter<DateTimeOffset, DateTime>(
        instant => instant.UtcDateTime,
        stored => new DateTimeOffset(DateTime.SpecifyKind(stored, DateTimeKind.Utc)));

    private sealed class ConversationConverter() : ValueConverter<Conversation, string>(
        conversation => conversation.ToString(),
        stored => Conversation.Parse(stored));

    private sealed class MessageReferenceConverter() : ValueConverter<MessageReference, string>(
        message => message.ToString(),
        stored => MessageReference.Parse(stored));

    private sealed class JsonConverter<TValue>() : ValueConverter<TValue, string>(
        value => JsonSerializer.Serialize(value, JsonSerializerOptions.Web),
        stored => JsonSerializer.Deserialize<TValue>(stored, JsonSerializerOptions.Web)!)
        where TValue : class;
}
