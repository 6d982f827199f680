using IncidentBot.Templating.Parsing;
using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating;

/// <summary>A parsed template. It never changes and may be rendered by many threads, each with its own context.</summary>
public sealed class Template
{
    private readonly ScriptBlock? _page;

    private Template(string? sourceFilePath, ScriptBlock? page, IReadOnlyList<LogMessage> messages)
    {
        SourceFilePath = sourceFilePath;
        Messages = messages;
        _page = messages.Count == 0 ? page : null;
    }

    public string? SourceFilePath { get; }

    /// <summary>Whether the template has errors and cannot be rendered.</summary>
    public bool HasErrors => _page is null;

    /// <summary>All errors of the template, in the order of the parser.</summary>
    public IReadOnlyList<LogMessage> Messages { get; }

    internal ScriptBlock Page => _page ?? throw new InvalidOperationException(
        "A template with errors cannot be rendered: " + string.Join("; ", Messages));

    /// <summary>Parses a template. Errors of the template are in <see cref="Messages"/>; nothing is thrown.</summary>
    /// <param name="text">The template.</param>
    /// <param name="sourceFilePath">The name that messages give the template.</param>
    public static Template Parse(string text, string? sourceFilePath = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var messages = new List<LogMessage>();
        var source = sourceFilePath ?? "<input>";
        var page = new Parser(text, source, messages).Run();
        return new Template(sourceFilePath, page, messages);
    }

    /// <summary>Renders the template.</summary>
    /// <exception cref="ScriptRuntimeException">The template failed or exceeded a limit.</exception>
    /// <exception cref="InvalidOperationException">The template has errors.</exception>
    public string Render(TemplateContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.RenderPage(this, Page);
    }
}
