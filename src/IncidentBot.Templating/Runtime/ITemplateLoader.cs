using IncidentBot.Templating.Parsing;

namespace IncidentBot.Templating.Runtime;

/// <summary>Finds the templates that <c>include</c> names. The only way by which a template reaches another text.</summary>
public interface ITemplateLoader
{
    /// <summary>The path under which a template is loaded, cached and named in messages; null when there is none.</summary>
    string? GetPath(TemplateContext context, SourceSpan callerSpan, string templateName);

    /// <summary>The text of the template; null when there is none.</summary>
    string? Load(TemplateContext context, SourceSpan callerSpan, string templatePath);
}
