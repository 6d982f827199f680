using System.Text.RegularExpressions;
using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating;

/// <summary>Included templates, and other things that a render makes once and uses again.</summary>
public sealed partial class TemplateContext
{
    private const int MostRegexes = 64;
    private readonly Dictionary<string, int> _cycles = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, RegexOptions), Regex> _regexes = [];

    /// <summary>Included templates by their path. A host may fill it, or share templates between contexts.</summary>
    public Dictionary<string, Template> CachedTemplates { get; } = new(StringComparer.Ordinal);

    /// <summary>The template that <c>include</c> names; parsed at its first use.</summary>
    internal Template LoadTemplate(ScriptNode node, string name)
    {
        var span = node.Span;
        if (TemplateLoader is null)
        {
            throw new ScriptRuntimeException(
                span,
                $"Unable to include <{name}>. No TemplateLoader registered in TemplateContext.TemplateLoader");
        }

        var path = TemplateLoader.GetPath(this, span, name)
            ?? throw new ScriptRuntimeException(span, $"Include template path is null for `{name}`");
        if (!CachedTemplates.TryGetValue(path, out var template))
        {
            var text = TemplateLoader.Load(this, span, path)
                ?? throw new ScriptRuntimeException(span, $"The result of including `{name}` cannot be null");
            Charge(text.Length, node);
            template = Template.Parse(text, path);
            CachedTemplates[path] = template;
        }

        return template.HasErrors
            ? throw new ScriptRuntimeException(
                span,
                $"Error while parsing template `{path}` Parser messages:\n {template.Messages}\n")
            : template;
    }

    /// <summary>Renders a template inside of the running one, to a text of its own.</summary>
    internal string RenderPart(ScriptPage page)
    {
        var outer = PushOutput();
        Print(page);
        return PopOutput(outer);
    }

    /// <summary>The value of the last statement of a page; what the statements before it print is printed.</summary>
    internal object? Evaluate(ScriptPage page)
    {
        var statements = page.Body.Statements;
        for (var i = 0; i < statements.Length; i++)
        {
            if (i == statements.Length - 1 && statements[i] is ScriptExpressionStatement last)
            {
                var value = last.Expression.Evaluate(this);
                return last.Expression is ScriptAssignExpression ? null : value;
            }

            if (statements[i].Execute(this) == Flow.Return) return TakeReturnValue();
        }

        return null;
    }

    /// <summary>The place in a list of some length at which a group of <c>array.cycle</c> is, and one step on.</summary>
    internal int NextOfCycle(string group, int count)
    {
        _cycles.TryGetValue(group, out var index);
        // The place is kept within the list that was last used: a group may take turns through lists of different lengths.
        if (count > 0) index %= count;
        _cycles[group] = count > 0 ? index + 1 : 0;
        return index;
    }

    internal Regex GetRegex(string pattern, RegexOptions options)
    {
        if (_regexes.TryGetValue((pattern, options), out var regex)) return regex;
        var timeOut = RegexTimeOut > TimeSpan.Zero ? RegexTimeOut : Regex.InfiniteMatchTimeout;
        Charge((long)pattern.Length * 64, null);
        regex = new Regex(pattern, options, timeOut);
        if (_regexes.Count >= MostRegexes) _regexes.Clear();
        _regexes[(pattern, options)] = regex;
        return regex;
    }
}
