using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.Incidents.Store;

public sealed class SqliteIncidentDbContext(DbContextOptions<SqliteIncidentDbContext> options) : IncidentDbContext(options)
{
    /// <summary>For reading: opens a pooled connection of its own.</summary>
    public static DbContextOptions<SqliteIncidentDbContext> ReadingFrom(string path) => new DbContextOptionsBuilder<SqliteIncidentDbContext>()
        .UseSqlite(SqliteFile.ConnectionString(path))
        .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
        .Options;

    public static DbContextOptions<SqliteIncidentDbContext> On(DbConnection connection) =>
        new DbContextOptionsBuilder<SqliteIncidentDbContext>().UseSqlite(connection).Options;
}
