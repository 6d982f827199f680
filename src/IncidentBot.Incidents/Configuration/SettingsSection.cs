using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using IncidentBot.Incidents.Commands.Values;
using Microsoft.Extensions.Configuration;

namespace IncidentBot.Incidents.Configuration;

/// <summary>
/// A section of the configuration and the class of plain values that it is read into. The framework's binder stops at the first value
/// that it cannot read, with words of its own, and says nothing of keys that it does not know.
/// </summary>
public sealed class SettingsSection(string name, Type type)
{
    private readonly List<PropertyInfo> _settings = [.. type.GetProperties().Where(p => p.CanWrite)];

    /// <summary>The values as far as they can be read; the others, and empty ones that are no text, are the default.</summary>
    public static TOptions Read<TOptions>(IConfiguration configuration, string name)
        where TOptions : class, new()
    {
        var options = new TOptions();
        new SettingsSection(name, typeof(TOptions)).ReadInto(options, configuration);
        return options;
    }

    public void ReadInto(object options, IConfiguration configuration)
    {
        foreach (var setting in _settings)
        {
            if (TryRead(setting, configuration, out var value))
                setting.SetValue(options, value);
        }
    }

    /// <summary>All that is wrong with it, each with its key and the fix.</summary>
    public IReadOnlyList<string> FindFaults(object options, IConfiguration configuration)
    {
        var faults = new List<string>();
        var faulty = new HashSet<string>();
        foreach (var setting in _settings)
        {
            var results = new List<ValidationResult>();
            if (IsUnreadable(setting, configuration, out var text))
                results.Add(new ValidationResult($"{name}:{setting.Name} is \"{text}\". Use {Accepted(setting)}."));
            else
                Validator.TryValidateProperty(setting.GetValue(options), new ValidationContext(options) { MemberName = setting.Name }, results);
            if (results.Count > 0)
                faulty.Add(setting.Name);
            faults.AddRange(results.Select(r => r.ErrorMessage!));
        }
        // What only follows from a value that is wrong already is no fault of its own.
        if (options is IValidatableObject whole)
            faults.AddRange(whole.Validate(new ValidationContext(options)).Where(r => !r.MemberNames.Any(faulty.Contains)).Select(r => r.ErrorMessage!));
        return faults;
    }

    /// <summary>A sentence about each key that stands there and is none of the settings.</summary>
    public IEnumerable<string> DescribeUnknownKeys(IConfiguration configuration)
    {
        var known = _settings.Select(s => s.Name).ToList();
        return configuration.GetSection(name).GetChildren()
            .Where(c => !known.Contains(c.Key, StringComparer.OrdinalIgnoreCase))
            .Select(c => $"{name}:{c.Key} is no setting{(DidYouMean.Suggest(c.Key, known) is [var meant, ..] ? $"; did you mean {name}:{meant}?" : $". Known are: {string.Join(", ", known)}.")}");
    }

    private bool IsUnreadable(PropertyInfo setting, IConfiguration configuration, [NotNullWhen(true)] out string? text)
    {
        text = configuration[$"{name}:{setting.Name}"];
        return !string.IsNullOrWhiteSpace(text) && !TryRead(setting, configuration, out _);
    }

    private bool TryRead(PropertyInfo setting, IConfiguration configuration, out object? value)
    {
        value = null;
        if (configuration[$"{name}:{setting.Name}"] is not { } text)
            return false;
        var kind = Nullable.GetUnderlyingType(setting.PropertyType) ?? setting.PropertyType;
        if (kind == typeof(string))
        {
            value = text;
            return true;
        }
        if (string.IsNullOrWhiteSpace(text))
            return false;
        try
        {
            value = TypeDescriptor.GetConverter(kind).ConvertFromInvariantString(text.Trim());
            return value is not null && (!kind.IsEnum || Enum.IsDefined(kind, value));
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException or OverflowException)
        {
            return false;
        }
    }

    private string Accepted(PropertyInfo setting)
    {
        var kind = Nullable.GetUnderlyingType(setting.PropertyType) ?? setting.PropertyType;
        return kind.IsEnum ? string.Join(" or ", Enum.GetNames(kind))
            : kind == typeof(bool) ? "true or false"
            : $"a number, for example {setting.GetValue(Activator.CreateInstance(type))}";
    }
}
