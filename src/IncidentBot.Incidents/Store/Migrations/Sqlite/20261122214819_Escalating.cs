using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace IncidentBot.Incidents.Store.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Escalating : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPrimaryKey(
                name: "PK_LiveMessages",
                table: "LiveMessages");

            migrationBuilder.AddColumn<int>(
                name: "Number",
                table: "LiveMessages",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Recipient",
                table: "LiveMessages",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<DateOnly>(
                name: "PostmortemDueOn",
                table: "Incidents",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "SnoozedUntil",
                table: "Incidents",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "DeclinedIds",
                table: "Escalations",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<DateTime>(
                name: "ExhaustedAt",
                table: "Escalations",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Policy",
                table: "Escalations",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Steps",
                table: "Escalations",
                type: "TEXT",
                nullable: false,
                defaultValueSql: "'[]'");

            migrationBuilder.AddPrimaryKey(
                name: "PK_LiveMessages",
                table: "LiveMessages",
                columns: new[] { "IncidentNumber", "Kind", "Number", "Recipient" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPrimaryKey(
                name: "PK_LiveMessages",
                table: "LiveMessages");

            migrationBuilder.DropColumn(
                name: "Number",
                table: "LiveMessages");

            migrationBuilder.DropColumn(
                name: "Recipient",
                table: "LiveMessages");

            migrationBuilder.DropColumn(
                name: "PostmortemDueOn",
                table: "Incidents");

            migrationBuilder.DropColumn(
                name: "SnoozedUntil",
                table: "Incidents");

            migrationBuilder.DropColumn(
                name: "DeclinedIds",
                table: "Escalations");

            migrationBuilder.DropColumn(
                name: "ExhaustedAt",
                table: "Escalations");

            migrationBuilder.DropColumn(
                name: "Policy",
                table: "Escalations");

            migrationBuilder.DropColumn(
                name: "Steps",
                table: "Escalations");

            migrationBuilder.AddPrimaryKey(
                name: "PK_LiveMessages",
                table: "LiveMessages",
                columns: new[] { "IncidentNumber", "Kind" });
        }
    }
}
