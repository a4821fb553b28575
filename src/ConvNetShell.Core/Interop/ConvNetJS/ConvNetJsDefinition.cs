using System.Globalization;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Interop.ConvNetJS;

/// <summary>One layer of ConvNetJS, as an entry of layer_defs has it.</summary>
/// <param name="Type">The type, for example conv.</param>
/// <param name="Numbers">The settings.</param>
internal sealed record ConvNetJsDefinition(string Type, params IReadOnlyList<(string Name, double Value)> Numbers)
{
    /// <summary>Returns a number.</summary>
    /// <param name="name">The setting.</param>
    /// <param name="standard">The value where there is none; none: an error.</param>
    public double Number(string name, double? standard = null)
    {
        foreach ((string key, double value) in Numbers)
        {
            if (key == name)
            {
                return value;
            }
        }
        return standard ?? throw new InvalidSettingException($"{name} of {Type}", "a number", received: null);
    }

    /// <summary>Returns an integer.</summary>
    /// <param name="name">The setting.</param>
    /// <param name="standard">The value where there is none; none: an error.</param>
    public int Integer(string name, int? standard = null)
    {
        double number = Number(name, standard);
        return number is >= 0 and <= int.MaxValue && number == Math.Floor(number)
            ? (int)number
            : throw new InvalidSettingException(
                $"{name} of {Type}",
                string.Create(CultureInfo.InvariantCulture, $"an integer from 0 to {int.MaxValue}"),
                number
            );
    }
}
