using System.Text.RegularExpressions;
using IncidentBot.Incidents.Commands.Values;
using IncidentBot.Templating.Runtime;

namespace IncidentBot.Incidents.Postmortems.Templates;

/// <summary>
/// The variables and fields that a template reads although the model has none of that name: they print nothing, and nobody
/// notices. Only what a render comes past is seen.
/// </summary>
internal sealed class UnknownNames(string template)
{
    private static readonly ModelObject _model = PostmortemScript.From(SampleIncident.Full, new PostmortemOptions());

    private readonly Dictionary<int, UnknownName> _read = [];

    public void Add(UnknownName name) => _read.TryAdd(name.Span.Start.Offset, name);

    public IEnumerable<TemplateMessage> Messages() => _read.Values
        .Where(name => !IsOwn(name))
        .Select(name => TemplateMessage.At(TemplateMessageKind.Warning, name.Span, Describe(name), template));

    /// <summary>
    /// A template may ask whether it has set something yet, and may keep objects of its own, whose members it knows best.
    /// </summary>
    private bool IsOwn(UnknownName name) => name.Owner switch
    {
        null => Regex.IsMatch(template, $@"(?<![\w.$]){Regex.Escape(name.Name)}\s*(?:[-+*/%]|//)?=(?!=)|\b(?:capture|func|for|tablerow)\s+{Regex.Escape(name.Name)}\b"),
        ModelObject model => model.ContainsKey(name.Name),
        ScriptObject => true,
        _ => false,
    };

    private static string Describe(UnknownName name) => name.Owner switch
    {
        null => $"There is no variable `{name.Name}`, so nothing comes of it.{Suggest(VariablesLike(name.Name))}",
        ModelObject model => $"`{name.OwnerText}` ({Article(model.Kind)}) has no field `{name.Name}`, so nothing comes of it.{Suggest(FieldsLike(model, name.Name))}",
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
}
