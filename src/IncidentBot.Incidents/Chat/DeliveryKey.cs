namespace IncidentBot.Incidents.Chat;

/// <summary>By what a platform tells a repeated delivery.</summary>
/// <param name="Value">The same at every try and never given twice.</param>
/// <param name="MayBeRepeated">An earlier try may have gone through without our learning of it; a platform that has to ask for what it posted needs to ask only then.</param>
/// <param name="Since">No try was earlier, by the bot's clock.</param>
public readonly record struct DeliveryKey(string Value, bool MayBeRepeated, DateTimeOffset Since);
