using System.Globalization;
using System.Reflection;
using ConvNetShell.Core.Data.Augmentations;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Training.Settings;

/// <summary>
/// A setting of a training: a property of <see cref="TrainingSettings"/> or <see cref="CheckpointSettings"/> and what its
/// <see cref="SettingAttribute"/> says of it.
/// </summary>
public sealed class TrainingSetting
{
    private readonly PropertyInfo property;
    private readonly SettingAttribute definition;

    private TrainingSetting(PropertyInfo property, SettingAttribute definition) =>
        (this.property, this.definition) = (property, definition);

    /// <summary>Gets all settings: first those of the run, then those of its checkpoints.</summary>
    public static IReadOnlyList<TrainingSetting> All { get; } = [.. Of(typeof(TrainingSettings)), .. Of(typeof(CheckpointSettings))];

    /// <summary>Gets the name in <see cref="TrainingSettings"/> and in a checkpoint.</summary>
    public string Name => property.Name;

    /// <summary>Gets the name of Start-Training's parameter.</summary>
    public string Parameter => definition.Parameter ?? Name;

    /// <summary>Gets the type of a value.</summary>
    public Type Type => Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;

    /// <summary>Gets the part of a training it belongs to.</summary>
    internal SettingGroup Group => definition.Group;

    /// <summary>Gets the unit in the plural, or <see langword="null"/>.</summary>
    public string? Unit => definition.Unit;

    /// <summary>Gets a value indicating whether the parameter is a switch that turns this setting off, such as NoNesterov.</summary>
    public bool IsTurnedOff => Parameter == "No" + Name;

    /// <summary>Gets a value indicating whether the value is a folder.</summary>
    public bool IsFolder => IsOfCheckpoints && Name == nameof(CheckpointSettings.Path);

    /// <summary>Gets the values that are allowed, as a phrase; <see langword="null"/> where the type says it.</summary>
    public string? Expected => definition.IsBounded ? definition.Expected(Type) : null;

    /// <summary>Gets the default, as help has it.</summary>
    public string Default =>
        definition.Default
        ?? property.GetValue(IsOfCheckpoints ? new CheckpointSettings { Path = string.Empty } : new TrainingSettings()) switch
        {
            null or "" => "none",
            bool isOn => isOn ? "on" : "off",
            IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
            var value => value.ToString()!,
        };

    private bool IsOfCheckpoints => property.DeclaringType == typeof(CheckpointSettings);

    /// <summary>Returns the value that settings have.</summary>
    /// <param name="settings">The settings.</param>
    /// <returns>The value; <see langword="null"/> where it is not set.</returns>
    public object? Get(TrainingSettings settings) =>
        !IsOfCheckpoints ? property.GetValue(settings)
        : settings.Checkpoints is { } checkpoints ? property.GetValue(checkpoints)
        : null;

    /// <summary>Returns settings with another value.</summary>
    /// <param name="settings">The settings; they stay as they are.</param>
    /// <param name="value">The value, of this setting's type; for an augmentation <see langword="false"/> turns it off.</param>
    /// <returns>The settings with the value.</returns>
    /// <exception cref="InvalidSettingException">The value is not allowed, or asks for checkpoints without their folder.</exception>
    public TrainingSettings With(TrainingSettings settings, object? value)
    {
        if (!IsOfCheckpoints)
        {
            TrainingSettings changed = settings with { };
            Set(changed, value is false && Type == typeof(Augmentation) ? Augmentation.None : value);
            return changed;
        }
        CheckpointSettings checkpoints = settings.Checkpoints switch
        {
            { } present => present with { },
            null when IsFolder => new CheckpointSettings { Path = string.Empty },
            null => throw new InvalidSettingException("CheckpointPath", $"given with {Parameter}", null),
        };
        Set(checkpoints, value);
        return settings with { Checkpoints = checkpoints };
    }

    /// <summary>Returns the parameter's name.</summary>
    public override string ToString() => Parameter;

    /// <summary>Returns a value that a property's setting allows.</summary>
    /// <param name="owner">The type that has the property.</param>
    /// <param name="name">The property.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="InvalidSettingException">It is not allowed.</exception>
    internal static T Check<T>(Type owner, string name, T value)
    {
        SettingAttribute definition = owner.GetProperty(name)!.GetCustomAttribute<SettingAttribute>()!;
        bool isAllowed = value switch
        {
            null => true,
            TimeSpan time => definition.Allows(time.TotalSeconds),
            IConvertible number => definition.Allows(number.ToDouble(CultureInfo.InvariantCulture)),
            _ => throw new ArgumentException($"{name} has no bounds: {value}", nameof(value)),
        };
        return isAllowed
            ? value
            : throw new InvalidSettingException(
                definition.Parameter ?? name,
                definition.Expected(Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T)),
                value
            );
    }

    private static IEnumerable<TrainingSetting> Of(Type owner) =>
        owner
            .GetProperties()
            .Select(property => (property, definition: property.GetCustomAttribute<SettingAttribute>()))
            .Where(pair => pair.definition is not null)
            .OrderBy(pair => pair.property.MetadataToken)
            .Select(pair => new TrainingSetting(pair.property, pair.definition!));

    private void Set(object owner, object? value) =>
        property.SetValue(owner, value, BindingFlags.DoNotWrapExceptions, binder: null, index: null, culture: null);
}
