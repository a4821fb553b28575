using System.Globalization;

namespace ConvNetShell.Display.Records.Networks;

/// <summary>A network that has a name.</summary>
/// <param name="Name">The name to give to -Preset.</param>
/// <param name="Parameters">The number of trainable values at its own input.</param>
/// <param name="Input">The input it is made for, channels first, for example 3x32x32.</param>
/// <param name="Dataset">The dataset it is trained on when none is named.</param>
/// <param name="Spec">The layers, in the specification language.</param>
/// <param name="Source">Where the network comes from.</param>
public sealed record PresetInfo(string Name, long Parameters, string Input, string Dataset, string Spec, string Source)
{
    /// <summary>Says the name, the input and the parameters.</summary>
    /// <returns>For example <c>CIFAR10: 3x32x32, 22,466 parameters, for CIFAR10</c>.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name}: {Input}, {Parameters:N0} parameters, for {Dataset}");
}
