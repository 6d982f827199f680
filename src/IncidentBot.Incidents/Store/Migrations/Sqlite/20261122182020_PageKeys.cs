using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace IncidentBot.Incidents.Store.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class PageKeys : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "PageKey",
                table: "Incidents",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            // Longer than those that are given from now on, as SQLite knows no base64.
            migrationBuilder.Sql("UPDATE Incidents SET PageKey = lower(hex(randomblob(16)))");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "PageKey",
                table: "Incidents");
        }
    }
}
