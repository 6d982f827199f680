using System.Text.Json.Nodes;

namespace IncidentBot.Tests.Slack;

/// <summary>The YAML that a Slack manifest needs: maps and lists by two spaces, words, quoted words, true and false.</summary>
internal static class SmallYaml
{
    public static JsonNode Read(string text)
    {
        var lines = new Queue<string>(text.Split('\n').Where(l => l.Trim().Length > 0));
        return ReadBlock(lines, 0);
    }

    private static JsonNode ReadBlock(Queue<string> lines, int indent)
    {
        if (lines.Peek()[indent..].StartsWith("- ", StringComparison.Ordinal))
        {
            var list = new JsonArray();
            while (IsAt(lines, indent, "- "))
                list.Add(ReadItem(lines, indent));
            return list;
        }
        var map = new JsonObject();
        while (IsAt(lines, indent, ""))
            ReadMember(lines, lines.Dequeue()[indent..], indent, map);
        return map;
    }

    private static JsonNode ReadItem(Queue<string> lines, int indent)
    {
        var first = lines.Dequeue()[(indent + 2)..];
        if (!first.Contains(": ", StringComparison.Ordinal))
            return ReadWord(first);
        var map = new JsonObject();
        ReadMember(lines, first, indent + 2, map);
        while (IsAt(lines, indent + 2, ""))
            ReadMember(lines, lines.Dequeue()[(indent + 2)..], indent + 2, map);
        return map;
    }

    private static void ReadMember(Queue<string> lines, string line, int indent, JsonObject map)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        map[line[..colon]] = colon == line.Length - 1 ? ReadBlock(lines, indent + 2) : ReadWord(line[(colon + 2)..]);
    }

    private static JsonValue ReadWord(string word) => word switch
    {
        "true" => JsonValue.Create(true),
        "false" => JsonValue.Create(false),
        ['"', .. var quoted, '"'] => JsonValue.Create(quoted),
        _ => JsonValue.Create(word),
    };

    private static bool IsAt(Queue<string> lines, int indent, string start) =>
        lines.TryPeek(out var line) && line.TakeWhile(c => c == ' ').Count() == indent && line[indent..].StartsWith(start, StringComparison.Ordinal);
}
