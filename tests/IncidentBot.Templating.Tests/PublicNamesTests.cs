using System.Globalization;
using IncidentBot.Templating.Parsing;
using IncidentBot.Templating.Runtime;
using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating.Tests;

/// <summary>
/// The public names are those of the Scriban library: what is written here compiles against that as well, with other
/// <c>using</c> lines.
/// </summary>
public sealed class PublicNamesTests
{
    [Fact]
    public void A_template_is_parsed_and_rendered_with_a_context()
    {
        var template = Template.Parse("Hello {{ name }}!", "greeting.txt");
        Assert.False(template.HasErrors);
        Assert.Empty(template.Messages);
        Assert.Equal("greeting.txt", template.SourceFilePath);

        var context = new TemplateContext();
        context.PushGlobal(new ScriptObject { ["name"] = "Ada" });
        Assert.Equal("Hello Ada!", template.Render(context));
    }

    [Fact]
    public void A_template_is_rendered_with_plain_data()
    {
        var template = Template.Parse("{{ a }}{{ b.c }}{{ d[1] }}");
        var model = new ScriptObject { { "a", 1 }, { "b", new ScriptObject { ["c"] = 2 } }, { "d", new ScriptArray { 0, 3 } } };
        Assert.Equal("123", template.Render(model));
        Assert.Equal("123", template.Render(new Dictionary<string, object?>(model)));
        Assert.Equal("ab", Template.Parse("a{{ x }}b").Render());
        Assert.Throws<ArgumentException>(() => Template.Parse("{{ x }}").Render(new { x = 1 }));
    }

    [Fact]
    public void Errors_of_the_parser_are_a_bag_of_messages_with_places()
    {
        var template = Template.Parse("one\n{{ if }}{{ end }}", "text");
        Assert.True(template.HasErrors);
        LogMessageBag messages = template.Messages;
        Assert.True(messages.HasErrors);
        LogMessage message = Assert.Single(messages);
        Assert.Same(message, messages[messages.Count - 1]);
        Assert.Equal(ParserMessageType.Error, message.Type);
        Assert.Equal(
            "Error while parsing if statement: Expecting <expression> instead of `}}` in: if <expression> ... end|else|else if",
            message.Message);
        Assert.Equal($"text(2,7) : error : {message.Message}", message.ToString());
        SourceSpan span = message.Span;
        Assert.Equal("text", span.FileName);
        Assert.Equal((10, 1, 6), (span.Start.Offset, span.Start.Line, span.Start.Column));
        Assert.Equal((11, 1, 7), (span.End.Offset, span.End.Line, span.End.Column));
        Assert.Equal("text((10:1,6))-((11:1,7))", span.ToString());
        Assert.Equal("text(2,7)", span.ToStringSimple());
        Assert.Equal("2,7", span.Start.ToStringSimple());
        Assert.Equal(message.ToString(), string.Join('\n', messages.Select(m => m.ToString())));
        Assert.Throws<InvalidOperationException>(() => template.Render(new TemplateContext()));
    }

    [Fact]
    public void An_error_at_run_time_tells_its_place_and_its_message()
    {
        var template = Template.Parse("{{ a.b.c }}", "text");
        var error = Assert.Throws<ScriptRuntimeException>(() => template.Render(new TemplateContext()));
        Assert.Equal("Cannot get the member a.b for a null object.", error.OriginalMessage);
        Assert.Equal($"text(1,6) : error : {error.OriginalMessage}", error.Message);
        Assert.Equal("text", error.Span.FileName);
        Assert.Equal(5, error.Span.Start.Column);

        var own = new ScriptRuntimeException(new SourceSpan("x", new TextPosition(0, 0, 0), new TextPosition(1, 0, 1)), "No.");
        Assert.Equal("x(1,1) : error : No.", own.Message);
    }

    [Fact]
    public void Globals_are_a_stack_and_the_last_one_takes_assignments()
    {
        var context = new TemplateContext();
        var first = new ScriptObject { ["x"] = 1, ["y"] = 1 };
        var second = new ScriptObject { ["y"] = 2 };
        context.PushGlobal(first);
        context.PushGlobal(second);
        Assert.Equal("1 2", Template.Parse("{{ x }} {{ y }}{{ z = 3 }}").Render(context));
        Assert.Same(second, context.CurrentGlobal);
        Assert.Equal(3, second["z"]);
        Assert.Same(second, context.PopGlobal());
        Assert.Same(first, context.PopGlobal());
        Assert.Throws<InvalidOperationException>(() => context.PopGlobal());
    }

    [Fact]
    public void Variables_are_read_and_written_from_outside()
    {
        var context = new TemplateContext();
        context.PushGlobal(new ScriptObject());
        var x = ScriptVariable.Create("x", ScriptVariableScope.Global);
        Assert.Equal("x", x.Name);
        Assert.Null(context.GetValue(x));
        context.SetValue(x, 5);
        Assert.Equal("6", Template.Parse("{{ x = x + 1; x }}").Render(context));
        Assert.Equal(6, context.GetValue(x));
        context.SetValue(x, 7, true);
        Assert.Throws<ScriptRuntimeException>(() => context.SetValue(x, 8));
        context.StrictVariables = true;
        Assert.Throws<ScriptRuntimeException>(() => context.GetValue(ScriptVariable.Create("y", ScriptVariableScope.Global)));
    }

    [Fact]
    public void Cultures_are_a_stack()
    {
        var context = new TemplateContext();
        Assert.Equal(CultureInfo.InvariantCulture, context.CurrentCulture);
        context.PushCulture(CultureInfo.GetCultureInfo("de-DE"));
        Assert.Equal("1,5", Template.Parse("{{ 1.5 }}").Render(context));
        Assert.Equal("de-DE", context.PopCulture().Name);
        Assert.Equal("1.5", Template.Parse("{{ 1.5 }}").Render(context));
    }

    [Fact]
    public void The_defaults_of_a_context_are_those_of_the_library()
    {
        var context = new TemplateContext();
        Assert.Equal(1000, context.LoopLimit);
        Assert.Equal(100, context.RecursiveLimit);
        Assert.Equal(20, context.ObjectRecursionLimit);
        Assert.Equal(1_048_576, context.LimitToString);
        Assert.Equal(TimeSpan.FromSeconds(10), context.RegexTimeOut);
        Assert.Equal(Environment.NewLine, context.NewLine);
        Assert.False(context.StrictVariables);
        Assert.True(context.AutoIndent);
        Assert.True(context.EnableRelaxedMemberAccess);
        Assert.True(context.EnableRelaxedIndexerAccess);
        Assert.False(context.EnableRelaxedTargetAccess);
        Assert.False(context.EnableRelaxedFunctionAccess);
        Assert.False(context.EnableNullIndexer);
        Assert.Null(context.TemplateLoader);
        Assert.False(context.CancellationToken.CanBeCanceled);
        Assert.True(context.BuiltinObject.Contains("string"));
    }

    [Theory]
    [InlineData("{{ for i in [1, 2, 3]; end }}")]
    [InlineData("{{ func f; f; end; f }}")]
    [InlineData("{{ [[1]] }}")]
    [InlineData("{{ 'abc' * 2 }}")]
    [InlineData("{{ missing }}")]
    public void Limits_can_be_set(string text)
    {
        var context = new TemplateContext
        {
            LoopLimit = 2,
            RecursiveLimit = 2,
            ObjectRecursionLimit = 1,
            LimitToString = 5,
            RegexTimeOut = TimeSpan.FromSeconds(1),
            StrictVariables = true,
        };
        Assert.Throws<ScriptRuntimeException>(() => Template.Parse(text).Render(context));
    }

    [Theory]
    [InlineData("{{ x.y.z }}", "Cannot get the member x.y for a null object.")]
    [InlineData("{{ x[0] }}", "Object `x` is null. Cannot access indexer: x[0]")]
    [InlineData("{{ f 1 }}", "The function `f` was not found")]
    [InlineData("{{ list[null] }}", "Cannot access target `list` with a null indexer: list[null]")]
    public void What_is_an_error_may_be_null_instead(string text, string message)
    {
        var template = Template.Parse(text);
        var strict = new TemplateContext();
        strict.PushGlobal(new ScriptObject { ["list"] = new ScriptArray { 1 } });
        Assert.Equal(message, Assert.Throws<ScriptRuntimeException>(() => template.Render(strict)).OriginalMessage);

        var relaxed = new TemplateContext { EnableRelaxedTargetAccess = true, EnableRelaxedFunctionAccess = true, EnableNullIndexer = true };
        relaxed.PushGlobal(new ScriptObject { ["list"] = new ScriptArray { 1 } });
        Assert.Equal(string.Empty, template.Render(relaxed));
    }

    [Theory]
    [InlineData("{{ o.b }}", "Cannot get member with name b.")]
    [InlineData("{{ o['b'] }}", "Cannot access target `o` with an indexer: 'b'")]
    [InlineData("{{ list[5] }}", "The index 5 is out of bounds [0, 1] on the `list` with the indexer: 5")]
    [InlineData("{{ none.empty? }}", "Object `none` is null. Cannot access property `empty?`")]
    public void What_is_null_may_be_an_error_instead(string text, string message)
    {
        var template = Template.Parse(text);
        var model = new ScriptObject { ["o"] = new ScriptObject { ["a"] = 1 }, ["list"] = new ScriptArray { 1 } };
        Assert.Equal(string.Empty, template.Render(model));

        var strict = new TemplateContext { EnableRelaxedMemberAccess = false, EnableRelaxedIndexerAccess = false };
        strict.PushGlobal(model);
        Assert.Equal(message, Assert.Throws<ScriptRuntimeException>(() => template.Render(strict)).OriginalMessage);
    }

    [Fact]
    public void A_loader_finds_included_templates_and_a_token_ends_a_render()
    {
        using var cancellation = new CancellationTokenSource();
        var context = new TemplateContext
        {
            TemplateLoader = new Loader(),
            AutoIndent = false,
            NewLine = "\n",
            CancellationToken = cancellation.Token,
        };
        var template = Template.Parse("  {{ include 'part' 2 }}", "page");
        Assert.Equal("  part from page\n2", template.Render(context));
        cancellation.Cancel();
        Assert.ThrowsAny<ScriptRuntimeException>(() => template.Render(context));
    }

    [Fact]
    public void A_script_object_is_a_dictionary_with_functions_and_readonly_members()
    {
        var members = new ScriptObject();
        members.SetValue("fixed", 1, true);
        members.Add("free", 2);
        members.Import("twice", new Func<int, int>(x => x * 2));
        members.Import("greet", (string name, string greeting = "Hello") => $"{greeting} {name}");
        Assert.Equal("8 Hello Ada Hi Ada", Template.Parse("{{ twice 4 }} {{ greet 'Ada' }} {{ 'Ada' | greet 'Hi' }}").Render(members));

        Assert.Equal(Read(new Dictionary<string, object?>(members), "free"), Read(members, "free"));
        Assert.True(members.Contains("fixed") && members.ContainsKey("free"));
        Assert.True(members.TryGetValue("fixed", out var value));
        Assert.Equal(1, value);
        Assert.False(members.TryGetValue("none", out _));
        Assert.Null(members["none"]);
        Assert.Throws<ArgumentException>(() => members.Add("free", 3));
        Assert.Equal(["fixed", "free", "twice", "greet"], members.Keys);

        var context = new TemplateContext();
        context.PushGlobal(members);
        Assert.Throws<ScriptRuntimeException>(() => Template.Parse("{{ fixed = 2 }}").Render(context));
        Assert.False(members.CanWrite("fixed"));
        members.SetReadOnly("fixed", false);
        Assert.Equal("2", Template.Parse("{{ fixed = 2; fixed }}").Render(context));
        Assert.True(members.Remove("fixed"));
        Assert.False(members.Remove("fixed"));
        Assert.Equal(3, members.Count);
    }

    [Fact]
    public void Objects_and_lists_are_cloned_flat_or_deep()
    {
        var inner = new ScriptArray { 1 };
        var members = new ScriptObject { ["list"] = inner };
        var flat = (ScriptObject)members.Clone(false);
        var deep = (ScriptObject)members.Clone(true);
        inner.Add(2);
        Assert.Equal("[1, 2] [1]", Template.Parse("{{ a.list }} {{ b.list }}").Render(new ScriptObject { ["a"] = flat, ["b"] = deep }));
    }

    [Fact]
    public void A_script_array_is_a_list_that_grows()
    {
        var list = new ScriptArray { "a" };
        list.Add("c");
        list.Insert(1, "b");
        list.AddRange(new object?[] { null, 4 });
        list[6] = 7;
        list[-1] = "nowhere";
        Assert.Null(list[100]);
        Assert.Equal(7, list.Count);
        Assert.Contains("b", list);
        Assert.Equal(2, list.IndexOf("c"));
        Assert.True(list.Remove("b"));
        list.RemoveAt(0);
        Assert.Equal("[\"c\", null, 4, null, 7] 5", Template.Parse("{{ l }} {{ l.size }}").Render(new ScriptObject { ["l"] = list }));
        Assert.Equal(3, new ScriptArray(new[] { 1, 2, 3 }).Count);
        list.Clear();
        Assert.Empty(list);
    }

    private static object? Read(IDictionary<string, object?> dictionary, string name) => dictionary[name];

    private sealed class Loader : ITemplateLoader
    {
        public string? GetPath(TemplateContext context, SourceSpan callerSpan, string templateName) =>
            templateName == "part" ? $"{callerSpan.FileName}/{templateName}" : null;

        public string? Load(TemplateContext context, SourceSpan callerSpan, string templatePath) =>
            templatePath == "page/part" ? $"part from {callerSpan.FileName}\n{{{{ $1 }}}}" : null;
    }
}
