using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace IncidentBot.Incidents.Store.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class CapturedMessages : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Link",
                table: "Entries",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Source",
                table: "Entries",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "OwnerId",
                table: "ActionItems",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Entries_Source",
                table: "Entries",
                column: "Source");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Entries_Source",
                table: "Entries");

            migrationBuilder.DropColumn(
                name: "Link",
                table: "Entries");

            migrationBuilder.DropColumn(
                name: "Source",
                table: "Entries");

            migrationBuilder.DropColumn(
                name: "OwnerId",
                table: "ActionItems");
        }
    }
}
