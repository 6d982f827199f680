namespace IncidentBot.Incidents.Escalations;

/// <summary>That somebody is asked in person.</summary>
/// <param name="Number">Of the escalation.</param>
/// <param name="Step">1, 2 …: the last one of <see cref="Escalation.Steps"/> for which they are.</param>
/// <param name="Recipient">As in <see cref="Outbox.LiveMessage.Recipient"/>: of a group each member, once it is known who belongs to it.</param>
internal sealed record EscalationCall(int Number, int Step, string Recipient)
{
    public bool IsTo(Person person) => Recipient == Outbox.LiveMessage.RecipientOf(person);

    /// <param name="id">On whatever platform.</param>
    public bool IsTo(string id) => Recipient.EndsWith(":" + id, StringComparison.Ordinal);
}
