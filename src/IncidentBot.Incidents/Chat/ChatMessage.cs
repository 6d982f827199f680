using System.Text;
using System.Text.Json.Serialization;

namespace IncidentBot.Incidents.Chat;

/// <summary>A message as a list of blocks. Lengths and counts are not limited here: an adapter splits, it never fails.</summary>
[method: JsonConstructor]
public sealed record ChatMessage(IReadOnlyList<ChatBlock> Blocks)
{
    public ChatMessage(params ChatBlock[] blocks)
        : this((IReadOnlyList<ChatBlock>)blocks)
    {
    }

    public static ChatMessage Of(RichText text) => new(new TextBlock(text));

    /// <summary>The message without markup: for notifications, logs of the replay and screen readers.</summary>
    public string ToPlainText()
    {
        var text = new StringBuilder();
        foreach (var block in Blocks)
            text.AppendLine(block.ToPlainText());
        return text.ToString().TrimEnd();
    }

    /// <summary>The incidents to whose rooms the message points.</summary>
    public IEnumerable<int> RoomNumbers() => Blocks.SelectMany(b => b.Texts()).SelectMany(t => t.Spans).OfType<RoomSpan>().Select(r => r.IncidentNumber).Distinct();
}

[JsonDerivedType(typeof(HeadingBlock), "heading")]
[JsonDerivedType(typeof(TextBlock), "text")]
[JsonDerivedType(typeof(FieldsBlock), "fields")]
[JsonDerivedType(typeof(ListBlock), "list")]
[JsonDerivedType(typeof(ButtonsBlock), "buttons")]
[JsonDerivedType(typeof(ContextBlock), "context")]
public abstract record ChatBlock
{
    /// <summary>All texts of the block but for the labels of its buttons.</summary>
    public abstract IEnumerable<RichText> Texts();

    public abstract string ToPlainText();
}

/// <summary><paramref name="Level"/> 1 is the title of a document, 2 a section, 3 a part of one.</summary>
public sealed record HeadingBlock(RichText Text, int Level = 2) : ChatBlock
{
    public override IEnumerable<RichText> Texts() => [Text];

    public override string ToPlainText() => Text.ToPlainText();
}

public sealed record TextBlock(RichText Text) : ChatBlock
{
    public override IEnumerable<RichText> Texts() => [Text];

    public override string ToPlainText() => Text.ToPlainText();
}

public sealed record ChatField(string Label, RichText Value);

public sealed record FieldsBlock(IReadOnlyList<ChatField> Fields) : ChatBlock
{
    public override IEnumerable<RichText> Texts() => Fields.Select(f => f.Value);

    public override string ToPlainText() => string.Join('\n', Fields.Select(f => $"{f.Label}: {f.Value.ToPlainText()}"));
}

public sealed record ListBlock(IReadOnlyList<RichText> Items) : ChatBlock
{
    public override IEnumerable<RichText> Texts() => Items;

    public override string ToPlainText() => string.Join('\n', Items.Select(i => "- " + i.ToPlainText()));
}

[method: JsonConstructor]
public sealed record ButtonsBlock(IReadOnlyList<ChatButton> Buttons) : ChatBlock
{
    public ButtonsBlock(params ChatButton[] buttons)
        : this((IReadOnlyList<ChatButton>)buttons)
    {
    }

    public override IEnumerable<RichText> Texts() => [];

    public override string ToPlainText() => string.Join(' ', Buttons.Select(b => $"[{b.Label}]"));
}

/// <summary>Small print.</summary>
public sealed record ContextBlock(RichText Text) : ChatBlock
{
    public override IEnumerable<RichText> Texts() => [Text];

    public override string ToPlainText() => Text.ToPlainText();
}

/// <summary>Pressing it is the same as typing <paramref name="Command"/>, or opens the form <paramref name="OpensForm"/> names.</summary>
public sealed record ChatButton(string Label, string? Command = null, FormReference? OpensForm = null, bool IsPrimary = false);

/// <summary>Which form, about which incident (null: about none yet), and about what was said, or which of its tasks, where it is about that.</summary>
public sealed record FormReference(string FormId, int? IncidentNumber, CapturedMessage? Message = null, int? Number = null);
