using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using IncidentBot.Incidents.Commands.Values;
using Microsoft.Extensions.Configuration;

namespace IncidentBot.Incidents.Configuration;

/// <summary>How a type stands in the configuration: as one text, as entries under a key, or as a class with settings.</summary>
internal sealed class SettingShape
{
    private readonly Type _type;
    private readonly bool _isPlain;

    /// <summary>Of the entries; null for what has none.</summary>
    private readonly SettingShape? _entry;

    private SettingShape(Type type)
    {
        _type = type;
        _isPlain = PlainValue.IsPlain(type);
        _entry = !_isPlain && type.IsGenericType ? Of(type.GetGenericArguments()[^1]) : null;
    }

    private bool IsDictionary => _type.GetGenericTypeDefinition() == typeof(Dictionary<,>);

    public static SettingShape Of(Type type) => new(type);

    public static IEnumerable<PropertyInfo> SettingsOf(Type type) => type.GetProperties().Where(p => p.CanWrite);

    /// <summary>Sets what can be read of a class; the rest stays as it is.</summary>
    public void Fill(object settings, IConfigurationSection section)
    {
        foreach (var property in SettingsOf(_type))
        {
            if (Of(property.PropertyType).TryRead(section.GetSection(property.Name), out var value))
                property.SetValue(settings, value);
        }
    }

    /// <summary>The entries that are classes, each with its section.</summary>
    public IEnumerable<(object Item, IConfigurationSection Section)> Items(object? value, IConfigurationSection at)
    {
        if (_entry is not { _isPlain: false } || value is not System.Collections.IEnumerable entries)
            return [];
        var items = entries is System.Collections.IDictionary dictionary ? dictionary.Values : entries;
        return items.Cast<object>().Zip(Entries(at));
    }

    /// <summary>A sentence about each text that is none of the type, with its key and what is accepted.</summary>
    public IEnumerable<string> FindUnreadable(IConfigurationSection at, object? example)
    {
        var text = string.IsNullOrWhiteSpace(at.Value) ? null : at.Value;
        var children = at.GetChildren().ToList();
        if (_isPlain)
        {
            if (text is not null && !PlainValue.TryRead(_type, text, out _))
                yield return $"{at.Path} is \"{text}\". Use {PlainValue.Accepted(_type, example)}.";
            else if (text is null && children.Count > 0)
                yield return $"{children[0].Path} stands below a single value. Write it as {at.Path} itself.";
            yield break;
        }
        if (_entry is null || text is not null && !_entry._isPlain)
        {
            if (text is not null)
                yield return $"{at.Path} is \"{text}\". Use keys below it, for example {Example(at)}.";
            yield break;
        }
        if (text is not null)
        {
            foreach (var part in Split(text).Where(part => !PlainValue.TryRead(_entry._type, part, out _)))
                yield return $"{at.Path} has \"{part}\". Use {PlainValue.Accepted(_entry._type, null)}, with commas between several.";
            yield break;
        }
        foreach (var child in children)
        {
            if (!IsEntry(child))
                yield return $"{child.Path} stands where a list begins. Number its entries, for example {Example(at)}.";
            else
                foreach (var fault in _entry.FindUnreadable(child, null))
                    yield return fault;
        }
    }

    /// <summary>A sentence about each key in the section of a class that is none of its settings, at any depth.</summary>
    public IEnumerable<string> DescribeUnknownKeys(IConfigurationSection section)
    {
        var known = SettingsOf(_type).ToDictionary(p => p.Name, p => Of(p.PropertyType), StringComparer.OrdinalIgnoreCase);
        foreach (var child in section.GetChildren())
        {
            if (!known.TryGetValue(child.Key, out var shape))
                yield return $"{child.Path} is no setting{(DidYouMean.Suggest(child.Key, known.Keys) is [var meant, ..] ? $"; did you mean {section.Path}:{meant}?" : $". Known are: {string.Join(", ", known.Keys)}.")}";
            else if (shape._entry is { _isPlain: false } entry)
                foreach (var unknown in shape.Entries(child).SelectMany(entry.DescribeUnknownKeys))
                    yield return unknown;
        }
    }

    private bool TryRead(IConfigurationSection at, [NotNullWhen(true)] out object? value)
    {
        value = null;
        if (_isPlain)
            return at.Value is { } text && PlainValue.TryRead(_type, text, out value);
        if (_entry is null)
        {
            value = Activator.CreateInstance(_type)!;
            Fill(value, at);
            return true;
        }

        List<(string Key, object Value)> read = [];
        if (_entry._isPlain && !string.IsNullOrWhiteSpace(at.Value))
        {
            foreach (var part in Split(at.Value))
            {
                if (PlainValue.TryRead(_entry._type, part, out var item))
                    read.Add(("", item!));
            }
        }
        else
        {
            foreach (var child in Entries(at))
            {
                if (_entry.TryRead(child, out var item))
                    read.Add((child.Key, item));
            }
        }
        if (read.Count == 0 && string.IsNullOrWhiteSpace(at.Value))
            return false;
        // The names of a dictionary's entries are keys, and the configuration tells no cases of keys apart.
        value = IsDictionary ? Activator.CreateInstance(_type, StringComparer.OrdinalIgnoreCase)! : Activator.CreateInstance(_type)!;
        var add = _type.GetMethod("Add")!;
        foreach (var (key, item) in read)
            add.Invoke(value, IsDictionary ? [key, item] : [item]);
        return true;
    }

    /// <summary>The sections of what is read as an entry.</summary>
    private IEnumerable<IConfigurationSection> Entries(IConfigurationSection at) =>
        at.GetChildren().Where(c => IsEntry(c) && (_entry!._isPlain || string.IsNullOrWhiteSpace(c.Value)));

    private bool IsEntry(IConfigurationSection child) => IsDictionary || int.TryParse(child.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    /// <summary>A key that may stand there.</summary>
    private string Example(IConfigurationSection at) =>
        _isPlain ? at.Path
        : _entry is null ? Of(SettingsOf(_type).First().PropertyType).Example(at.GetSection(SettingsOf(_type).First().Name))
        : _entry.Example(at.GetSection(IsDictionary ? "NAME" : "0"));

    private static string[] Split(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
