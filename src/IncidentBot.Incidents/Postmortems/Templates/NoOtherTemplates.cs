using IncidentBot.Templating;
using IncidentBot.Templating.Parsing;
using IncidentBot.Templating.Runtime;
using IncidentBot.Templating.Syntax;

namespace IncidentBot.Incidents.Postmortems.Templates;

/// <summary>A template reaches no other file, so that whoever may edit it cannot read the machine with it.</summary>
public sealed class NoOtherTemplates : ITemplateLoader
{
    public string? GetPath(TemplateContext context, SourceSpan callerSpan, string templateName) =>
        throw new ScriptRuntimeException(callerSpan, "`include` is not available: a template is one file and reads no other.");

    public string? Load(TemplateContext context, SourceSpan callerSpan, string templatePath) => null;
}
