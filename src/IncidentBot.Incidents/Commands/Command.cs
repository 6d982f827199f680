namespace IncidentBot.Incidents.Commands;

/// <summary>What a person asked for, read and checked. A slice's record holds its values and, in the same file, its handler.</summary>
public abstract record Command
{
    /// <summary>Whether <see cref="CommandContext.Incident"/> must be known first.</summary>
    internal virtual bool IsAboutIncident => true;

    /// <summary>The incident that the command's own words name, null for none.</summary>
    internal virtual int? NamedIncident => null;

    /// <summary>Whether it leaves everything as it is, so that it neither queues for the writer nor needs an inbox key.</summary>
    internal virtual bool OnlyReads => false;

    /// <summary>Loads what it needs, lets the entity decide, adds rows to the context; the dispatcher commits.</summary>
    internal abstract Task<CommandAnswer> ExecuteAsync(CommandContext context, CancellationToken cancellationToken);
}
