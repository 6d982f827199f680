namespace IncidentBot.Templating.Syntax;

/// <summary>Something that can be assigned to: a variable, a member, an indexer.</summary>
internal interface IScriptVariablePath
{
    /// <summary>The value as it is stored: a function is returned, not called.</summary>
    object? GetValue(TemplateContext context);

    void SetValue(TemplateContext context, object? value);
}
