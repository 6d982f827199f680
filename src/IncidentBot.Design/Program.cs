using IncidentBot.Incidents.Store;
using Microsoft.EntityFrameworkCore.Design;

// The start-up project of dotnet-ef, so that the bot itself carries no design-time package:
//   dotnet ef migrations add NAME -p src/IncidentBot.Incidents -s src/IncidentBot.Design -c SqliteIncidentDbContext -o Store/Migrations/Sqlite
Console.Error.WriteLine("This project exists for dotnet-ef; there is nothing to run.");
return 1;

internal sealed class SqliteFactory : IDesignTimeDbContextFactory<SqliteIncidentDbContext>
{
    public SqliteIncidentDbContext CreateDbContext(string[] args) => new(SqliteIncidentDbContext.ReadingFrom("design.db"));
}
