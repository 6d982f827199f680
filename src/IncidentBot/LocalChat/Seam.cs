using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Postmortems;

namespace IncidentBot.LocalChat;

public interface ILocalChatSeam
{
    Task<CommandAnswer> HandleAsync(InboundCommand command, CancellationToken cancellationToken);
    Task<CommandAnswer> SubmitFormAsync(InboundForm form, CancellationToken cancellationToken);
    Task<CommandAnswer> OpenFormAsync(FormReference reference, Person by, CancellationToken cancellationToken);
    Task<IncidentSnapshot?> ReadAsync(int number, CancellationToken cancellationToken);
    PostmortemDraft Render(IncidentSnapshot snapshot, DateTimeOffset now);
    IReadOnlyList<SeamCommand> Commands { get; }
}

public sealed record SeamCommand(string Group, string Name, IReadOnlyList<string> Aliases, string Syntax, string Summary, string Example);
