namespace IncidentBot.Incidents.ActionItems;

/// <summary>A specific task that follows from the incident.</summary>
public sealed class ActionItem
{
    private ActionItem()
    {
    }

    internal ActionItem(int incidentNumber, int number, string text, string? owner, string? ownerId, DateOnly? due, Person createdBy, DateTimeOffset createdAt)
    {
        IncidentNumber = incidentNumber;
        Number = number;
        Text = text;
        Owner = owner;
        OwnerId = ownerId;
        OwnerPlatform = ownerId is null ? null : createdBy.Platform;
        Due = due;
        CreatedBy = createdBy;
        CreatedAt = createdAt;
    }

    public long Id { get; private set; }

    public int IncidentNumber { get; private set; }

    /// <summary>1, 2 … per incident.</summary>
    public int Number { get; private set; }

    public string Text { get; private set; } = "";

    /// <summary>The owner's name without <c>@</c>, null when nobody was named.</summary>
    public string? Owner { get; private set; }

    /// <summary>The owner's id where the platform knows the person.</summary>
    public string? OwnerId { get; private set; }

    /// <summary>That of whoever named them; null as well of a task of an earlier version of the bot, which was made where its owner is.</summary>
    public string? OwnerPlatform { get; private set; }

    public DateOnly? Due { get; private set; }

    public Person CreatedBy { get; private set; } = null!;

    public DateTimeOffset CreatedAt { get; private set; }

    public Person? DoneBy { get; private set; }

    public DateTimeOffset? DoneAt { get; private set; }

    public bool IsDone => DoneAt is not null;

    public bool IsOwnedBy(Person person) =>
        OwnerPerson is { } owner ? owner.IsSameAs(person) : string.Equals(Owner, person.Name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The owner where their platform knows them.</summary>
    public Person? OwnerPerson => OwnerId is { } id && Owner is { } name ? new Person(OwnerPlatform ?? CreatedBy.Platform, id, name) : null;

    public TaskAssignment Assignment => new(Owner, OwnerId, Due);

    public Refusal? Reschedule(DateOnly due)
    {
        if (IsDone)
            return new Refusal($"Task {Number} is done already, so it needs no other date.");
        Due = due;
        return null;
    }

    /// <param name="owner">The name without <c>@</c>; null: nobody any more.</param>
    /// <param name="by">Whose platform knows the owner by that id.</param>
    public Refusal? Assign(string? owner, string? ownerId, Person by)
    {
        if (IsDone)
            return new Refusal($"Task {Number} is done already, so its owner stays.");
        (Owner, OwnerId, OwnerPlatform) = (owner, ownerId, ownerId is null ? null : by.Platform);
        return null;
    }

    public Refusal? Complete(Person by, DateTimeOffset now)
    {
        if (IsDone)
            return new Refusal($"Task {Number} was already marked as done by {DoneBy}.");
        DoneBy = by;
        DoneAt = now;
        return null;
    }
}
