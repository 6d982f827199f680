using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace IncidentBot.Incidents.Configuration;

/// <summary>
/// A section of the configuration and the class of settings that it is read into: plain values, lists of them, and lists and
/// dictionaries of classes of the same kind. The framework's binder stops at the first value that it cannot read, with words of
/// its own, and says nothing of keys that it does not know.
/// </summary>
public sealed class SettingsSection(string name, Type type)
{
    private readonly SettingShape _shape = SettingShape.Of(type);

    /// <summary>The values as far as they can be read; the others, and empty ones that are no text, are the default.</summary>
    public static TOptions Read<TOptions>(IConfiguration configuration, string name)
        where TOptions : class, new()
    {
        var options = new TOptions();
        new SettingsSection(name, typeof(TOptions)).ReadInto(options, configuration);
        return options;
    }

    public void ReadInto(object options, IConfiguration configuration) => _shape.Fill(options, configuration.GetSection(name));

    /// <summary>All that is wrong with it, each with its key and the fix.</summary>
    public IReadOnlyList<string> FindFaults(object options, IConfiguration configuration)
    {
        var faults = new List<string>();
        FindFaults(options, configuration.GetSection(name), faults);
        return faults;
    }

    /// <summary>A sentence about each key that stands there and is none of the settings.</summary>
    public IEnumerable<string> DescribeUnknownKeys(IConfiguration configuration) => _shape.DescribeUnknownKeys(configuration.GetSection(name));

    /// <summary>Attributes and <see cref="IValidatableObject"/> get the whole key as <see cref="ValidationContext.DisplayName"/>, <c>{0}</c> of a message.</summary>
    private static void FindFaults(object settings, IConfigurationSection section, List<string> faults)
    {
        var faulty = new HashSet<string>();
        foreach (var property in SettingShape.SettingsOf(settings.GetType()))
        {
            var before = faults.Count;
            var value = property.GetValue(settings);
            var at = section.GetSection(property.Name);
            var shape = SettingShape.Of(property.PropertyType);
            faults.AddRange(shape.FindUnreadable(at, value));
            if (faults.Count == before)
            {
                var results = new List<ValidationResult>();
                Validator.TryValidateProperty(value, new ValidationContext(settings) { MemberName = property.Name, DisplayName = at.Path }, results);
                faults.AddRange(results.Select(r => r.ErrorMessage!));
            }
            foreach (var (item, itemSection) in shape.Items(value, at))
                FindFaults(item, itemSection, faults);
            if (faults.Count > before)
                faulty.Add(property.Name);
        }
        // What only follows from a value that is wrong already is no fault of its own.
        if (settings is IValidatableObject whole)
            faults.AddRange(whole.Validate(new ValidationContext(settings) { DisplayName = section.Path }).Where(r => !r.MemberNames.Any(faulty.Contains)).Select(r => r.ErrorMessage!));
    }
}
