namespace IncidentBot.Templating.Runtime;

/// <summary>A value that a template can call.</summary>
public abstract class ScriptFunction
{
    /// <inheritdoc />
    public sealed override string ToString() => "<function>";

    internal abstract object? Invoke(TemplateContext context, in CallArguments call);
}
