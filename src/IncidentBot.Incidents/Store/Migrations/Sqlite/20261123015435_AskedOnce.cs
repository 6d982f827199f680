using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace IncidentBot.Incidents.Store.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AskedOnce : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "Step",
                table: "LiveMessages",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "OwnerPlatform",
                table: "ActionItems",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Step",
                table: "LiveMessages");

            migrationBuilder.DropColumn(
                name: "OwnerPlatform",
                table: "ActionItems");
        }
    }
}
