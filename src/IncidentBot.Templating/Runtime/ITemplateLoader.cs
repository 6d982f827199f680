using IncidentBot.Templating.Parsing;

namespace IncidentBot.Templating.Runtime;

/// <summary>Where <c>include</c> finds templates.</summary>
public interface ITemplateLoader
{
    /// <summary>The path of a template, used as its source name in messages; null if there is none of that name.</summary>
    string? GetPath(TemplateContext context, SourceSpan callerSpan, string templateName);

    /// <summary>The text of the template at the path; null if there is none.</summary>
    string? Load(TemplateContext context, SourceSpan callerSpan, string templatePath);
}
