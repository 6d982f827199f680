using System.Diagnostics;
using System.Text.RegularExpressions;
using IncidentBot.Templating.Runtime;
using IncidentBot.Templating.Syntax;
using static IncidentBot.Templating.Functions.FunctionGroup;

namespace IncidentBot.Templating.Functions;

/// <summary>The <c>regex</c> functions. Options are the letters i, m, s and x.</summary>
internal static class RegexFunctions
{
    public static ScriptObject Create() => new ScriptObject()
        .Define("escape", "Escape", Escape, RequiredText("pattern"))
        .Define("match", "Match", Match, RequiredText("text"), RequiredText("pattern"), OptionalText("options"))
        .Define("matches", "Matches", AllMatches, RequiredText("text"), RequiredText("pattern"), OptionalText("options"))
        .Define("replace", "Replace", Replace, RequiredText("text"), RequiredText("pattern"), RequiredText("replace"), OptionalText("options"))
        .Define("split", "Split", Split, RequiredText("text"), RequiredText("pattern"), OptionalText("options"))
        .Define("unescape", "Unescape", Unescape, RequiredText("pattern"))
        .Frozen();

    /// <summary>A pattern that stands for the text itself.</summary>
    /// <example><c>{{ "(eu) 1.5" | regex.escape }}</c> gives <c>\(eu\)\ 1\.5</c></example>
    private static object? Escape(in BuiltinCall call) => StringFunctions.Limited(in call, Regex.Escape(call.Text(0)!));

    /// <summary>The first match and its groups, an empty list when there is none.</summary>
    /// <example><c>{{ "INC-42 and INC-7" | regex.match `INC-(\d+)` }}</c> gives <c>["INC-42", "42"]</c></example>
    private static object? Match(in BuiltinCall call)
    {
        var regex = Compile(in call, 2);
        var text = call.Text(0)!;
        return Timed(in call, () => regex.Match(text) is { Success: true } match ? Groups(match) : new ScriptArray());
    }

    /// <summary>All the matches, each with its groups.</summary>
    /// <example><c>{{ "INC-42 and inc-7" | regex.matches `INC-(\d+)` "i" }}</c> gives <c>[["INC-42", "42"], ["inc-7", "7"]]</c></example>
    private static object? AllMatches(in BuiltinCall call)
    {
        var regex = Compile(in call, 2);
        var text = call.Text(0)!;
        var (context, node) = (call.Context, call.Node);
        return Timed(in call, () =>
        {
            var result = new ScriptArray();
            foreach (Match match in regex.Matches(text))
            {
                context.Charge(128, node);
                result.Add(Groups(match));
            }

            return result;
        });
    }

    /// <summary>Text with each match replaced.</summary>
    /// <example><c>{{ "INC-42 and INC-7" | regex.replace `INC-(\d+)` "#$1" }}</c> gives <c>#42 and #7</c></example>
    private static object? Replace(in BuiltinCall call)
    {
        var regex = Compile(in call, 3);
        var (text, replacement) = (call.Text(0)!, call.Text(2)!);
        var (context, node) = (call.Context, call.Node);
        var limit = context.LimitToString;
        var span = call.Span;
        return Timed(in call, () =>
        {
            long length = text.Length;
            return regex.Replace(text, match =>
            {
                var part = match.Result(replacement);
                length += part.Length - match.Length;
                context.Charge(part.Length + 16, node);
                return limit > 0 && length > limit
                    ? throw new ScriptRuntimeException(span, StringFunctions.TooLongMessage(limit))
                    : part;
            });
        });
    }

    /// <summary>The parts of a text between the matches.</summary>
    /// <example><c>{{ "db, api;web" | regex.split `[,;]\s*` }}</c> gives <c>["db", "api", "web"]</c></example>
    private static object? Split(in BuiltinCall call)
    {
        var regex = Compile(in call, 2);
        var text = call.Text(0)!;
        var parts = Timed(in call, () => regex.Split(text));
        call.Context.Charge(parts.Length * 16L, call.Node);
        return new ScriptArray(parts);
    }

    /// <summary>The text that an escaped pattern stands for.</summary>
    /// <example><c>{{ `\(eu\)\ 1\.5` | regex.unescape }}</c> gives <c>(eu) 1.5</c></example>
    private static object? Unescape(in BuiltinCall call) => Regex.Unescape(call.Text(0)!);

    private static ScriptArray Groups(Match match)
    {
        var groups = new ScriptArray(match.Groups.Count);
        foreach (Group group in match.Groups) groups.Add(group.Value);
        return groups;
    }

    private static Regex Compile(in BuiltinCall call, int optionsIndex)
    {
        var options = RegexOptions.CultureInvariant;
        foreach (var letter in call.Text(optionsIndex) ?? string.Empty)
        {
            options |= letter switch
            {
                'i' => RegexOptions.IgnoreCase,
                'm' => RegexOptions.Multiline,
                's' => RegexOptions.Singleline,
                'x' => RegexOptions.IgnorePatternWhitespace,
                _ => RegexOptions.None,
            };
        }

        return call.Context.GetRegex(call.Text(1)!, options);
    }

    /// <summary>Runs a search; the time of all the searches of a render counts together.</summary>
    private static T Timed<T>(in BuiltinCall call, Func<T> search)
    {
        var context = call.Context;
        var limit = context.RegexTimeOut;
        if (limit > TimeSpan.Zero && context.RegexTimeSpent > limit) throw call.Error(TimedOut(limit));
        var started = Stopwatch.GetTimestamp();
        try
        {
            return search();
        }
        catch (RegexMatchTimeoutException)
        {
            throw call.Error(TimedOut(limit));
        }
        finally
        {
            context.RegexTimeSpent += Stopwatch.GetElapsedTime(started);
        }
    }

    private static string TimedOut(TimeSpan limit) => $"The regular expressions took longer than the RegexTimeOut `{limit}`.";
}
