using System.Security;
using IncidentBot.Templating;
using IncidentBot.Templating.Runtime;
using IncidentBot.Templating.Syntax;

namespace IncidentBot.Incidents.Postmortems;

/// <summary>A parsed template, or the fault that it has. Parsed once, rendered often, by several threads.</summary>
internal sealed class PostmortemTemplate
{
    private static readonly TimeSpan _timeLimit = TimeSpan.FromSeconds(2);

    private readonly Template _template;

    private PostmortemTemplate(string path, string text)
    {
        Path = path;
        Text = text;
        _template = Template.Parse(text, path);
        Fault = _template.HasErrors ? string.Join('\n', _template.Messages.Take(5)) : null;
    }

    public static PostmortemTemplate BuiltIn { get; } = new("default.sbn", ReadBuiltIn());

    public string Path { get; }

    public string Text { get; }

    /// <summary>What is wrong with it, <c>file(line,col) : error : message</c>; null when it can be rendered.</summary>
    public string? Fault { get; }

    /// <summary>
    /// Reads the file and parses it if it reads otherwise than <paramref name="earlier"/>, so that an edited template counts at
    /// the next draft. The content is compared and not the time: a copied file may keep its time.
    /// </summary>
    public static PostmortemTemplate? Load(string path, PostmortemTemplate? earlier, out string? fault)
    {
        try
        {
            var text = File.ReadAllText(path);
            var template = earlier is not null && earlier.Path == path && earlier.Text == text ? earlier : new PostmortemTemplate(path, text);
            fault = template.Fault;
            return template;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SecurityException or ArgumentException or NotSupportedException)
        {
            fault = $"{path}(1,1) : error : {e.Message}";
            return null;
        }
    }

    /// <exception cref="ScriptRuntimeException">The template failed or took longer than two seconds; the message says where.</exception>
    public string Render(ScriptObject globals)
    {
        using var timeLimit = new CancellationTokenSource(_timeLimit);
        var context = new TemplateContext { LoopLimit = PostmortemRenderer.LoopLimit, RegexTimeOut = _timeLimit, CancellationToken = timeLimit.Token };
        context.PushGlobal(globals);
        return _template.Render(context);
    }

    private static string ReadBuiltIn()
    {
        const string name = "IncidentBot.Incidents.Postmortems.Templates.default.sbn";
        using var stream = typeof(PostmortemTemplate).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The resource {name} is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
