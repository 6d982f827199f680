using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace IncidentBot.LocalChat.Store;

/// <summary>The chat's own SQLite file, apart from the incidents: it stands in for what Slack or Teams keep at their side.</summary>
public sealed class LocalChatContext(DbContextOptions<LocalChatContext> options) : DbContext(options)
{
    public DbSet<RoomRow> Rooms => Set<RoomRow>();

    public DbSet<MessageRow> Messages => Set<MessageRow>();

    public DbSet<PersonRow> People => Set<PersonRow>();

    public DbSet<EventRow> Events => Set<EventRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<RoomRow>().ToTable("rooms");
        modelBuilder.Entity<MessageRow>().ToTable("messages").HasKey(m => m.Id);
        modelBuilder.Entity<PersonRow>().ToTable("people");
        modelBuilder.Entity<EventRow>().ToTable("events").HasKey(e => e.Id);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcMilliseconds>();

    private sealed class UtcMilliseconds() : ValueConverter<DateTimeOffset, long>(
        at => at.ToUnixTimeMilliseconds(), value => DateTimeOffset.FromUnixTimeMilliseconds(value));
}
