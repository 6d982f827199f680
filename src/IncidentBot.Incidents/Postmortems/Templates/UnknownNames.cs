using System.Text.RegularExpressions;
using IncidentBot.Incidents.Commands.Values;
using IncidentBot.Templating;
using IncidentBot.Templating.Runtime;

namespace IncidentBot.Incidents.Postmortems.Templates;

/// <summary>
/// The variables and fields that a template reads although the model has none of that name: they print nothing, and nobody
/// notices. Most are found as the samples are rendered; in branches that no sample enters, only what is written out from the
/// variable on, such as <c>summary.end.txt</c>.
/// </summary>
/// <param name="code">The template without its comments, as long as it.</param>
internal sealed partial class UnknownNames(string file, string template, string code)
{
    private static readonly ModelObject _model = PostmortemScript.From(SampleIncident.Full, new PostmortemOptions());

    private static readonly ScriptObject _functions = new TemplateContext().BuiltinObject;

    private readonly Dictionary<int, Unknown> _found = [];

    public void Add(UnknownName name)
    {
        // A function that is not there fails, and is found by its name as well.
        if (name.Owner is not ScriptObject members || !IsGroup(members))
            _found.TryAdd(name.Span.Start.Offset, new Unknown(name.Name, name.Owner, name.OwnerText));
    }

    public IEnumerable<TemplateMessage> Messages()
    {
        AddWritten();
        return _found.Where(f => !IsOwn(f.Value))
            .Select(f => TemplateMessage.At(TemplateMessageKind.Warning, file, f.Key, Describe(f.Value), template));
    }

    private void AddWritten()
    {
        foreach (var block in CodeBlock().Matches(code).Cast<Match>())
        {
            var statements = Literal().Replace(block.Value, l => new string(' ', l.Length));
            foreach (var path in FieldPath().Matches(statements).Cast<Match>().Where(p => !IsSetHere(p.Groups["name"].Captures[0].Value)))
                AddWritten(block.Index, path.Groups["name"].Captures);
        }
    }

    private void AddWritten(int offset, CaptureCollection names)
    {
        if (_functions.TryGetValue(names[0].Value, out var found) && found is ScriptObject group && !group.ContainsKey(names[1].Value))
            _found.TryAdd(offset + names[0].Index, new Unknown(names[1].Value, group, names[0].Value));
        var owner = _model;
        for (int i = 0; owner.ContainsKey(names[i].Value); i++)
        {
            if (i + 1 == names.Count || owner[names[i].Value] is not ModelObject next)
                return;
            owner = next;
            var written = string.Join('.', names.Take(i + 1).Select(n => n.Value));
            if (!owner.ContainsKey(names[i + 1].Value))
                _found.TryAdd(offset + names[i + 1].Index, new Unknown(names[i + 1].Value, owner, written));
        }
    }

    /// <summary>
    /// A template may ask whether it has set something yet, and may keep objects of its own, whose members it knows best.
    /// </summary>
    private bool IsOwn(Unknown name) => name.Owner switch
    {
        null => IsSetHere(name.Name),
        ModelObject model => model.ContainsKey(name.Name),
        ScriptObject group => !IsGroup(group),
        _ => false,
    };

    private bool IsSetHere(string variable) => Regex.IsMatch(
        code, $@"(?<![\w.$]){Regex.Escape(variable)}\s*(?:[-+*/%]|//)?=(?!=)|\b(?:capture|for|tablerow)\s+{Regex.Escape(variable)}\b|\bfunc\b[^}};\n]*\b{Regex.Escape(variable)}\b");

    private static bool IsGroup(ScriptObject members) => _functions.Values.Contains(members);

    /// <summary>Behind a message of the language that a function was not found; empty for any other message.</summary>
    public static string SuggestFunction(string message)
    {
        if (NotFound().Match(message) is not { Success: true } missing)
            return "";
        var (group, name) = (missing.Groups["group"].Value, missing.Groups["name"].Value);
        return group.Length == 0
            ? Suggest(_functions.Where(g => g.Value is ScriptObject members && members.ContainsKey(name)).Select(g => $"{g.Key}.{name}").Take(1))
            : _functions[group] is ScriptObject functions ? Suggest(DidYouMean.Suggest(name, functions.Keys).Take(1)) : "";
    }

    private static string Describe(Unknown name) => name.Owner switch
    {
        null => $"There is no variable `{name.Name}`, so nothing comes of it.{Suggest(VariablesLike(name.Name))}",
        ModelObject model => $"`{name.OwnerText}` ({Article(model.Kind)}) has no field `{name.Name}`, so nothing comes of it.{Suggest(FieldsLike(model, name.Name))}",
        ScriptObject group => $"There is no function `{name.OwnerText}.{name.Name}`; the draft fails where it is called.{Suggest(DidYouMean.Suggest(name.Name, group.Keys).Take(1))}",
        string => $"`{name.OwnerText}` is a text and has no field `{name.Name}`, so nothing comes of it.{Suggest(["size"], "It has only")}",
        ScriptArray => $"`{name.OwnerText}` is a list and has no field `{name.Name}`, so nothing comes of it.{Suggest(["size"], "It has only")}",
        _ => $"`{name.OwnerText}` is a plain value and has no field `{name.Name}`, so nothing comes of it.",
    };

    private static string Article(string kind) => (kind[0] is 'a' or 'e' or 'i' ? "an " : "a ") + kind;

    private static IEnumerable<string> FieldsLike(ModelObject owner, string name)
    {
        var near = DidYouMean.Suggest(name, owner.Keys).ToList();
        return near.Count > 0 ? near.Take(1) : owner.Keys;
    }

    /// <summary><c>title</c> is no variable, <c>incident.title</c> is.</summary>
    private static IEnumerable<string> VariablesLike(string name)
    {
        var near = DidYouMean.Suggest(name, _model.Keys).Take(1).ToList();
        return near.Count > 0 ? near : _model.Where(m => m.Value is ModelObject part && part.ContainsKey(name)).Select(m => $"{m.Key}.{name}");
    }

    private static string Suggest(IEnumerable<string> names, string several = "It has")
    {
        var all = names.Select(n => $"`{n}`").ToList();
        return all.Count switch
        {
            0 => "",
            1 when several == "It has" => $" Did you mean {all[0]}?",
            _ => $" {several} {string.Join(", ", all)}.",
        };
    }

    /// <summary>Braces in a text or in a comment end nothing.</summary>
    [GeneratedRegex("""
        \{\{(?>(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`|\#[^\n}]*|\}(?!\})|[^"'`}\#])*)\}\}
        """, RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("""
        "(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`|\#[^\n]*
        """, RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Literal();

    [GeneratedRegex(@"(?<![\w.$@])(?<name>[A-Za-z_]\w*)(?:\??\.(?<name>[A-Za-z_]\w*))+")]
    private static partial Regex FieldPath();

    /// <summary>The language's own words.</summary>
    [GeneratedRegex(@"^The function `(?:(?<group>\w+)\.)?(?<name>\w+)` was not found$")]
    private static partial Regex NotFound();

    private sealed record Unknown(string Name, object? Owner, string OwnerText);
}
