using IncidentBot.Templating;
using IncidentBot.Templating.Runtime;
using IncidentBot.Templating.Syntax;

namespace IncidentBot.Incidents.Postmortems.Templates;

/// <summary>A parsed template, or the faults that it has. Parsed once, rendered often, by several threads.</summary>
internal sealed class PostmortemTemplate
{
    /// <summary>More faults than these follow from the first ones.</summary>
    private const int MostFaultsTold = 5;

    private static readonly TimeSpan _timeLimit = TimeSpan.FromSeconds(2);

    private readonly Template _template;

    public PostmortemTemplate(string path, string text)
    {
        Path = path;
        Text = text;
        _template = Template.Parse(text, path);
        Messages = [.. _template.Messages.Select(m => TemplateMessage.Of(m, text))];
        if (_template.HasErrors)
            Fault = string.Join('\n', Messages.Take(MostFaultsTold).Select(m => m.ToText(withCaret: false)));
    }

    public static PostmortemTemplate BuiltIn { get; } = new("default.sbn", ReadBuiltIn());

    public string Path { get; }

    public string Text { get; }

    /// <summary>All that the parser says of it.</summary>
    public IReadOnlyList<TemplateMessage> Messages { get; }

    /// <summary>Why it cannot be rendered: for each fault <c>file(line,col) : error : message</c> and the line; null when it can be.</summary>
    public string? Fault { get; }

    /// <summary>
    /// Reads the file and parses it if it reads otherwise than <paramref name="earlier"/>, so that an edited template counts at
    /// the next draft. The content is compared and not the time: a copied file may keep its time.
    /// </summary>
    public static PostmortemTemplate? Load(string path, PostmortemTemplate? earlier, out string? fault)
    {
        if (TemplateText.Read(path, out var unreadable) is not { } text)
        {
            fault = TemplateMessage.OfFile(TemplateMessageKind.Error, path, unreadable!).ToText(withCaret: false);
            return null;
        }
        var template = earlier is not null && earlier.Path == path && earlier.Text == text ? earlier : new PostmortemTemplate(path, text);
        fault = template.Fault;
        return template;
    }

    /// <param name="unknownNameRead">Is told of variables and fields that do not exist.</param>
    /// <exception cref="ScriptRuntimeException">The template failed or took longer than two seconds; the message says where.</exception>
    public string Render(ScriptObject globals, Action<UnknownName>? unknownNameRead = null)
    {
        using var timeLimit = new CancellationTokenSource(_timeLimit);
        var context = new TemplateContext
        {
            LoopLimit = PostmortemRenderer.LoopLimit,
            RegexTimeOut = _timeLimit,
            CancellationToken = timeLimit.Token,
            TemplateLoader = new NoOtherTemplates(),
            UnknownNameRead = unknownNameRead,
        };
        context.PushGlobal(globals);
        try
        {
            return _template.Render(context);
        }
        catch (ScriptAbortException e)
        {
            throw new ScriptRuntimeException(e.Span, $"The template took longer than {_timeLimit.TotalSeconds} seconds and was stopped.", e);
        }
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
