using System.Text.RegularExpressions;
using IncidentBot.Incidents.Commands;

namespace IncidentBot.LocalChat.Http;

/// <summary>A command as the composer offers it. <paramref name="Options"/> are the words of the usage that can be completed.</summary>
public sealed partial record CompletionView(
    string Group, string Name, IReadOnlyList<string> Aliases, string Syntax, string Summary, string Example, IReadOnlyList<string> Options)
{
    public static IReadOnlyList<CompletionView> All { get; } =
        [.. CommandTable.All.Select(c => new CompletionView(c.Group, c.Name, c.Aliases, c.Syntax, c.Summary, c.Example, OptionsOf(c.Usage)))];

    /// <summary>Flags such as <c>--service</c>, ranges such as <c>sev1..sev4</c>, choices such as <c>open|resolved|all</c>, in the order of the usage.</summary>
    public static IReadOnlyList<string> OptionsOf(string usage)
    {
        var options = new List<string>();
        foreach (Match match in Option().Matches(usage))
        {
            if (match.Groups["stem"].Success)
            {
                for (var i = match.Groups["from"].Value[0]; i <= match.Groups["to"].Value[0]; i++)
                    options.Add(match.Groups["stem"].Value + i);
            }
            else
            {
                options.AddRange(match.Value.Split('|').Where(word => word.Length > 0));
            }
        }
        return [.. options.Distinct(StringComparer.Ordinal)];
    }

    [GeneratedRegex(@"--[a-z][a-z-]*|(?<stem>[a-z]+)(?<from>\d)\.\.\k<stem>(?<to>\d)|(?<![\w@<-])[a-z][a-z-]*(?:\|[a-z][a-z-]*)+(?![\w>])")]
    private static partial Regex Option();
}
