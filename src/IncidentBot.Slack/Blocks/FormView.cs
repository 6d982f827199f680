using System.Text.Json;
using IncidentBot.Incidents.Chat;
using IncidentBot.Slack.Api;
using Domain = IncidentBot.Incidents.Chat;

namespace IncidentBot.Slack.Blocks;

/// <summary>What a modal carries until it is submitted.</summary>
/// <param name="Channel">Where the person was; the answer goes there.</param>
public sealed record FormContext(FormReference Reference, string? Channel)
{
    public string ToJson() => JsonSerializer.Serialize(this, SlackJson.Options);

    /// <summary>Null for a view that is not ours.</summary>
    public static FormContext? Read(string? json)
    {
        try
        {
            return string.IsNullOrEmpty(json) ? null : JsonSerializer.Deserialize<FormContext>(json, SlackJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary><see cref="ChatForm"/> as a modal, and its values back. Each input is a block whose id is the input's name.</summary>
public static class FormView
{
    /// <summary>All inputs have the same; their blocks tell them apart.</summary>
    public const string ActionId = "value";

    public const string CallbackId = "form";

    /// <summary>An option without a value, which Slack does not take.</summary>
    private const string NoValue = "-";
    private const string Shortened = "Shortened: Slack takes no more than 3000 characters here. ";
    private const int TitleLimit = 24;
    private const int LabelLimit = 2000;
    private const int OptionLimit = 75;
    private const int MostOptions = 100;
    private const int MostBlocks = 100;

    public static ModalViewDefinition Render(ChatForm form, FormContext context)
    {
        var blocks = new List<Block>();
        if (form.Intro is { } intro)
            blocks.AddRange(MessageBlocks.ToBlocks(ChatMessage.Of(intro), _ => null));
        blocks.AddRange(form.Inputs.Select(ToBlock));
        return new ModalViewDefinition(
            [.. blocks.Take(MostBlocks)],
            new PlainText(TextSplitter.Shorten(form.Title, TitleLimit)),
            new PlainText(TextSplitter.Shorten(form.Submit, TitleLimit)),
            new PlainText("Cancel"),
            CallbackId,
            context.ToJson());
    }

    /// <summary>A modal that only says something: what became of a submission that cannot be kept open.</summary>
    public static ModalViewDefinition Notice(string title, ChatMessage message) => new(
        [.. MessageBlocks.ToBlocks(message, _ => null).Take(MostBlocks)],
        new PlainText(TextSplitter.Shorten(title, TitleLimit)),
        null,
        new PlainText("Close"),
        CallbackId,
        "");

    private static InputBlock ToBlock(ChatInput input)
    {
        var hint = input.Value.Length > MessageBlocks.SectionLimit ? Shortened + input.Hint : input.Hint;
        return new InputBlock(
            new PlainText(TextSplitter.Shorten(input.Label, LabelLimit)),
            ToElement(input) with { ActionId = ActionId },
            hint.Length == 0 ? null : new PlainText(TextSplitter.Shorten(hint.Trim(), LabelLimit)),
            Optional: !input.IsRequired)
        {
            BlockId = input.Name,
        };
    }

    private static BlockElement ToElement(ChatInput input) => input switch
    {
        Domain.ChoiceInput choice when choice.Options.Count > 0 => Menu(choice),
        Domain.NumberInput number => new NumberInput(
            IsDecimalAllowed: true, Text(number.Minimum), Text(number.Maximum), OrNull(number.Value)),
        Domain.DateInput date => new DatePicker(OrNull(date.Value)),
        Domain.PersonInput => new UserSelectMenu(),
        TextInput text => new PlainTextInput(OrNull(TextSplitter.Shorten(text.Value, MessageBlocks.SectionLimit)), text.IsLong),
        _ => new PlainTextInput(OrNull(TextSplitter.Shorten(input.Value, MessageBlocks.SectionLimit))),
    };

    private static StaticSelectMenu Menu(ChoiceInput choice)
    {
        var options = choice.Options.Take(MostOptions).Select(o => new Option(new PlainText(TextSplitter.Shorten(o.Label, OptionLimit)), o.Value.Length == 0 ? NoValue : o.Value)).ToList();
        return new StaticSelectMenu(options, options.Find(o => ValueOf(o.Value) == choice.Value));
    }

    /// <summary>What the chosen option stands for.</summary>
    public static string ValueOf(string option) => option == NoValue ? "" : option;

    private static string Text(decimal number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string? OrNull(string text) => text.Length == 0 ? null : text;
}
