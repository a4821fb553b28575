using System.Globalization;

namespace ConvNetShell.Core.Training.Settings;

/// <summary>
/// Makes a property a setting of a training. Its name is the property's, its default the property's first value and its help the
/// property's documentation; the attribute has the rest. Parameters, checkpoints, error messages and the README's table follow it.
/// </summary>
/// <param name="group">The part of a training it belongs to.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SettingAttribute(SettingGroup group) : Attribute
{
    /// <summary>Gets the part of a training it belongs to.</summary>
    public SettingGroup Group { get; } = group;

    /// <summary>Gets the parameter's name where it is not the property's; <see langword="null"/> otherwise.</summary>
    public string? Parameter { get; init; }

    /// <summary>Gets the unit, in the plural: epochs, images, seconds; <see langword="null"/> for a number without one.</summary>
    public string? Unit { get; init; }

    /// <summary>Gets the smallest value allowed. Default: no bound.</summary>
    public double Least { get; init; } = double.NaN;

    /// <summary>Gets the number that values must be above. Default: no bound.</summary>
    public double Above { get; init; } = double.NaN;

    /// <summary>Gets the largest value allowed. Default: no bound.</summary>
    public double Most { get; init; } = double.NaN;

    /// <summary>Gets the number that values must be below. Default: no bound.</summary>
    public double Below { get; init; } = double.NaN;

    /// <summary>Gets the meaning of 0, such as no limit; <see langword="null"/> where 0 is a number like others.</summary>
    public string? Zero { get; init; }

    /// <summary>Gets the default in words, where it depends on more than the property's first value.</summary>
    public string? Default { get; init; }

    /// <summary>Gets a value indicating whether the setting has bounds.</summary>
    public bool IsBounded => !(double.IsNaN(Least) && double.IsNaN(Above) && double.IsNaN(Most) && double.IsNaN(Below));

    /// <summary>Returns whether a number is within the bounds; infinity and NaN never are.</summary>
    /// <param name="value">The number; a time in seconds.</param>
    public bool Allows(double value) =>
        !IsBounded || (double.IsFinite(value) && !(value < Least) && !(value <= Above) && !(value > Most) && !(value >= Below));

    /// <summary>Says which values are allowed, as a phrase that follows "must be".</summary>
    /// <param name="type">The type of the setting.</param>
    /// <returns>For example <c>an integer of 1 or more</c>.</returns>
    public string Expected(Type type)
    {
        if (Zero is not null)
        {
            string end = double.IsNaN(Most) ? "or more" : string.Create(CultureInfo.InvariantCulture, $"to {Most}");
            return $"0 ({Zero}) {end}{(Unit is null ? string.Empty : " " + Unit)}";
        }
        string most =
            !double.IsNaN(Below) ? Text($" and below {Below}")
            : !double.IsNaN(Most) ? Text($" and at most {Most}")
            : string.Empty;
        string kind =
            type == typeof(int) || type == typeof(long) ? "an integer "
            : type == typeof(TimeSpan) ? "a time "
            : most.Length > 0 ? string.Empty
            : "a finite number ";
        string least =
            !double.IsNaN(Above) ? Text($"above {Above}")
            : kind.Length > 0 ? Text($"of {Least} or more")
            : Text($"{Least} or more");
        return kind + least + most;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
