using System.Globalization;
using System.Text.Json;
using IncidentBot.Incidents.Chat;
using IncidentBot.Teams.Inbound;
using IncidentBot.Teams.Schema;
using Chat = IncidentBot.Incidents.Chat;

namespace IncidentBot.Teams.Cards;

/// <summary>What a dialog carries until it is submitted.</summary>
/// <param name="ConversationId">Where the person was; the answer goes there.</param>
public sealed record FormContext(FormReference Reference, string? ConversationId);

/// <param name="Values">By input name; of a person, the directory's id or what the form itself offered.</param>
public sealed record SubmittedForm(FormContext Context, IReadOnlyDictionary<string, string> Values);

/// <summary><see cref="ChatForm"/> as a dialog's card, and its values back. Each input's id is the input's name.</summary>
public static class FormCard
{
    private const string ContextName = "formContext";

    /// <summary>A choice without a value, which cards do not have. Nobody types it.</summary>
    private const string NoValue = "\u200Bnone";

    /// <summary>Of a dialog's JSON: it is never split, and like a message it is to stay below 100 KB in UTF-16.</summary>
    private const int MostCharacters = 40_000;
    private const int LeastLimit = 500;
    private const int ErrorLimit = 1000;
    private const int MostTextsOfIntro = 2;
    private const string DateFormat = "yyyy-MM-dd";

    /// <param name="values">What was typed already, by input name, instead of what the form has.</param>
    /// <param name="errors">By input name; what belongs to no input stands above them all.</param>
    public static AdaptiveCard Render(
        ChatForm form, FormContext context, IReadOnlyDictionary<string, string>? values = null, IReadOnlyDictionary<string, string>? errors = null)
    {
        var card = Render(form, context, values, errors, MostCharacters);
        for (var limit = MostCharacters / 2; limit >= LeastLimit && JsonSerializer.Serialize(card, TeamsJson.Options).Length > MostCharacters; limit /= 2)
            card = Render(form, context, values, errors, limit);
        return card;
    }

    private static AdaptiveCard Render(
        ChatForm form, FormContext context, IReadOnlyDictionary<string, string>? values, IReadOnlyDictionary<string, string>? errors, int valueLimit)
    {
        var names = form.Inputs.Select(i => i.Name).ToHashSet();
        var body = new List<CardElement>();
        foreach (var (_, error) in (errors ?? new Dictionary<string, string>()).Where(e => !names.Contains(e.Key)))
            body.Add(Error(error));
        if (form.Intro is { } intro)
            body.AddRange(MessageCards.Texts(intro).Take(MostTextsOfIntro));
        foreach (var input in form.Inputs)
        {
            var value = values?.GetValueOrDefault(input.Name) ?? input.Value;
            body.Add(ToElement(input with { Value = TextSplitter.Shorten(value, valueLimit) }) with { Spacing = "Large" });
            if (value.Length > valueLimit)
                body.Add(Error("It was too long for a dialog, so its end is missing here. A command may be longer.") with { Spacing = "Small" });
            if (errors?.GetValueOrDefault(input.Name) is { } error)
                body.Add(Error(error) with { Spacing = "Small" });
            if (input.Hint.Length > 0)
                body.Add(new TextBlock(CardText.Escape(input.Hint)) { IsSubtle = true, Size = "Small", Spacing = "Small" });
        }
        return new AdaptiveCard(body, [new SubmitAction(form.Submit, new Dictionary<string, FormContext> { [ContextName] = context }) { Id = "submit", Style = "positive" }]);
    }

    /// <summary>Null for data that is not of a form of ours.</summary>
    public static SubmittedForm? Read(JsonElement data)
    {
        var properties = CardAction.ReadAs<Dictionary<string, JsonElement>>(data) ?? [];
        if (!properties.Remove(ContextName, out var json) || CardAction.ReadAs<FormContext>(json) is not { Reference.FormId: not null } context || !IsWhole(context.Reference.Message))
            return null;
        var values = new Dictionary<string, string>();
        foreach (var (name, property) in properties)
        {
            if (property.ValueKind == JsonValueKind.Number)
                values[name] = property.GetRawText();
            else if (CardAction.ReadAs<string>(property) is { } value)
                values[name] = value == NoValue ? "" : TeamsText.WithoutCopyMarks(value);
        }
        return new SubmittedForm(context, values);
    }

    /// <summary>What is stored of it later may not be missing.</summary>
    private static bool IsWhole(CapturedMessage? message) => message is null
        or { Source: { MessageId: not null, Conversation: { Platform: not null, Id: not null } }, Author: { Platform: not null, Id: not null, Name: not null } };

    private static TextBlock Error(string text) => new(CardText.Escape(TextSplitter.Shorten(text, ErrorLimit))) { Color = "Attention", Weight = "Bolder" };

    private static CardInput ToElement(ChatInput input)
    {
        CardInput element = input switch
        {
            ChoiceInput { Options.Count: > 0 } choice => Choices(choice),
            PersonInput => People(input),
            Chat.NumberInput number when Number(input.Value) is { } value || input.Value.Length == 0 => new NumberInput(input.Name, input.Label, number.Minimum, number.Maximum, Number(input.Value)),
            Chat.DateInput when IsDate(input.Value) || input.Value.Length == 0 => new DateInput(input.Name, input.Label, OrNull(input.Value)),
            // What somebody gave as a number or a date and is none is kept as they gave it.
            _ => new TextInput(input.Name, input.Label, OrNull(input.Value)) { IsMultiline = input is Chat.TextInput { IsLong: true } },
        };
        return element with
        {
            IsRequired = input.IsRequired,
            ErrorMessage = element switch
            {
                NumberInput number => string.Create(CultureInfo.InvariantCulture, $"A number from {number.Min} to {number.Max}."),
                _ when input.IsRequired => "This is needed.",
                _ => null,
            },
        };
    }

    private static ChoiceSetInput Choices(ChoiceInput input)
    {
        var choices = input.Options.Select(o => new Choice(o.Label, OrMark(o.Value))).ToList();
        return new ChoiceSetInput(input.Name, input.Label, choices, choices.Find(c => c.Value == OrMark(input.Value))?.Value);
    }

    /// <summary>Whoever was chosen or named before is the only choice that the card itself holds.</summary>
    private static ChoiceSetInput People(ChatInput input) => new(
        input.Name, input.Label, input.Value.Length == 0 ? [] : [new Choice(input.Value, input.Value)], OrNull(input.Value), new DataQuery(DataQuery.Users));

    private static decimal? Number(string text) => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static bool IsDate(string text) => DateOnly.TryParseExact(text, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static string OrMark(string value) => value.Length == 0 ? NoValue : value;

    private static string? OrNull(string text) => text.Length == 0 ? null : text;
}
