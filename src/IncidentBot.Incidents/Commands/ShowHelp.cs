using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands.Values;
using IncidentBot.Incidents.Declaring;

namespace IncidentBot.Incidents.Commands;

/// <summary><c>/incident help [topic]</c>, made from <see cref="CommandTable"/>.</summary>
public sealed record ShowHelp(string Topic) : Command
{
    /// <summary>The topic that somebody gets who only says hello.</summary>
    public const string FirstSteps = "first-steps";

    internal override bool IsAboutIncident => false;

    internal override bool OnlyReads => true;

    internal override Task<CommandAnswer> ExecuteAsync(CommandContext context, CancellationToken cancellationToken) =>
        Task.FromResult(Compose(Topic));

    public static CommandAnswer Compose(string topic)
    {
        var name = topic.Trim().TrimStart('/').Split(' ', '\n')[^1];
        if (name.Length == 0 || name.Equals(CommandTable.Incident, StringComparison.OrdinalIgnoreCase))
            return new CommandAnswer(Overview(CommandTable.Incident, CommandTable.Timeline));
        if (name.Equals(CommandTable.Timeline, StringComparison.OrdinalIgnoreCase))
            return new CommandAnswer(Overview(CommandTable.Timeline));
        if (name.Equals(FirstSteps, StringComparison.OrdinalIgnoreCase))
            return new CommandAnswer(Begin());
        if (name.ToUpperInvariant() is "TIMES" or "TIME" or "VALUES" or "DATE" or "DATES" or "PEOPLE")
            return new CommandAnswer(Values());
        var definitions = CommandTable.All.Where(d => d.Names.Contains(name, StringComparer.OrdinalIgnoreCase)).ToList();
        if (definitions.Count > 0)
            return new CommandAnswer(new ChatMessage([.. definitions.SelectMany(Detail)]));
        var meant = DidYouMean.Suggest(name, CommandTable.All.SelectMany(d => d.Names));
        return CommandAnswer.Refused(
            $"There is no help on \"{topic.Trim()}\". {(meant is [var first, ..] ? $"Did you mean /incident help {first}? " : "")}Topics are the commands, first-steps, timeline, times and values.");
    }

    private static ChatMessage Overview(params string[] groups)
    {
        var blocks = new List<ChatBlock>();
        foreach (var group in groups)
        {
            blocks.Add(new HeadingBlock($"/{group}"));
            blocks.Add(new ListBlock([.. CommandTable.All
                .Where(d => d.Group == group)
                .Select(d => RichText.Code(d.Syntax) + $" {d.Summary}{AliasNote(d)}")]));
        }
        blocks.Add(new ContextBlock(
            "A command is about the incident of the room it is typed in; elsewhere name it first: /incident INC-7 resolve. "
            + "/incident help <command> shows an example, /incident help times what a TIME and a DATE may be."));
        return new ChatMessage(blocks);
    }

    private static ChatMessage Begin() => new(
        new TextBlock("I keep the timeline of an outage, and write the draft of its postmortem when it is over."),
        new ListBlock(
        [
            RichText.Code("/incident start sev2 Checkout answers 500") + " declares an incident",
            RichText.Code("/timeline note The database is at its limit") + " writes down what happens",
            RichText.Code("/incident escalate @li Please look at the database") + " asks for help",
            RichText.Code("/incident resolve Rolled back the release") + " ends it",
        ]),
        new ButtonsBlock(new ChatButton("Declare an incident", OpensForm: new FormReference(DeclareForm.Id, null))),
        new ContextBlock("/incident help lists all commands."));

    private static IEnumerable<ChatBlock> Detail(CommandDefinition definition) =>
    [
        new TextBlock(RichText.Code(definition.Syntax)),
        new TextBlock(definition.Summary + AliasNote(definition)),
        new TextBlock((RichText)"Example: " + RichText.Code(definition.Example)),
    ];

    private static ChatMessage Values() => new(
        new HeadingBlock("Values"),
        new FieldsBlock(
        [
            new ChatField("TIME", $"{TimeExpression.Accepted} Without a zone it is read in your own; a clock time alone is the latest past one. The future is refused."),
            new ChatField("DATE", DateExpression.Accepted),
            new ChatField("Percent", "30%, 30 %, 0.5%, all or none."),
            new ChatField("People", "@name; teams and services are plain names. Put a name with blanks in double quotes."),
            new ChatField("N", "The number of an entry as /timeline show lists it, or of an escalation or task."),
        ]));

    private static string AliasNote(CommandDefinition definition) =>
        definition.Aliases.Count == 0 ? "" : $" Also: {string.Join(", ", definition.Aliases)}.";
}
