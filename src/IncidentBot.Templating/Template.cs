using IncidentBot.Templating.Parsing;
using IncidentBot.Templating.Runtime;
using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating;

/// <summary>A parsed template. It does not change any more and may be rendered many times, also at once.</summary>
public sealed class Template
{
    private Template(string? sourceFilePath, ScriptPage page, LogMessageBag messages)
    {
        SourceFilePath = sourceFilePath;
        Page = page;
        Messages = messages;
    }

    /// <summary>The name of the template in messages.</summary>
    public string? SourceFilePath { get; }

    /// <summary>The root of the tree; with errors, of as much as was understood.</summary>
    public ScriptPage Page { get; }

    /// <summary>Whether the template cannot be rendered.</summary>
    public bool HasErrors => Messages.HasErrors;

    /// <summary>Everything the parser has to say, not only the first error.</summary>
    public LogMessageBag Messages { get; }

    /// <summary>Parses a template. Never throws because of the text: look at <see cref="HasErrors"/>.</summary>
    /// <param name="text">The template.</param>
    /// <param name="sourceFilePath">Its name in messages.</param>
    public static Template Parse(string text, string? sourceFilePath = null) => Parse(text, sourceFilePath, isCode: false);

    /// <summary>Parses a template, or a text that is all code without braces around it.</summary>
    internal static Template Parse(string text, string? sourceFilePath, bool isCode)
    {
        ArgumentNullException.ThrowIfNull(text);
        var messages = new LogMessageBag();
        var page = new Parser(new SourceText(text, sourceFilePath ?? "<input>"), messages, isCode).ParsePage();
        return new Template(sourceFilePath, page, messages);
    }

    /// <summary>Renders the template with the variables, functions and limits of the context.</summary>
    /// <exception cref="ScriptRuntimeException">The template did something that the language or a limit refuses.</exception>
    /// <exception cref="InvalidOperationException">The template has errors and cannot be rendered.</exception>
    public string Render(TemplateContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (HasErrors) throw new InvalidOperationException($"The template has errors:\n{Messages}");
        return context.Render(Page);
    }

    /// <summary>Renders the template with the members of a dictionary as variables.</summary>
    /// <param name="model">A <see cref="ScriptObject"/>, another dictionary from names to values, or null.</param>
    /// <exception cref="ArgumentException">The model is no dictionary. Members of CLR objects are not read.</exception>
    /// <exception cref="ScriptRuntimeException">The template did something that the language or a limit refuses.</exception>
    public string Render(object? model = null)
    {
        var variables = new ScriptObject();
        switch (model)
        {
            case null:
                break;
            case IReadOnlyDictionary<string, object?> members:
                variables.Import(members);
                break;
            case IDictionary<string, object?> members:
                foreach (var (name, value) in members) variables[name] = value;
                break;
            default:
                throw new ArgumentException($"A model of the type `{model.GetType().Name}` has no members that a template can read.", nameof(model));
        }

        var context = new TemplateContext();
        context.PushGlobal(variables);
        return Render(context);
    }
}
