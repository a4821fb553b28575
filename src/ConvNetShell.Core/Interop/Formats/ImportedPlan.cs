using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Interop.Formats;

/// <summary>Plans networks of files that need not be trusted: a short file must not ask for much memory.</summary>
internal static class ImportedPlan
{
    /// <summary>The most values that a layer of a file may have as its output, and a sample as its input.</summary>
    public const int MaxValues = 1 << 24;

    /// <summary>Fits the layers.</summary>
    /// <param name="layers">The layers.</param>
    /// <param name="input">The shape of the input.</param>
    /// <param name="mostParameters">The most parameters that the file can have.</param>
    /// <exception cref="ConvNetException">The layers do not fit, or are larger than the file can be.</exception>
    public static NetworkPlan Fit(IEnumerable<LayerSpec> layers, Shape input, long mostParameters)
    {
        NetworkPlan plan = NetworkPlan.Fit(layers, input);
        if (plan.ParameterCount > mostParameters)
        {
            throw new InvalidSettingException(
                "The weights",
                string.Create(CultureInfo.InvariantCulture, $"the {plan.ParameterCount} that the layers have"),
                string.Create(CultureInfo.InvariantCulture, $"at most {mostParameters}")
            );
        }
        NetworkLayer? large = plan.AllLayers.FirstOrDefault(layer => Math.Max(layer.Input.Elements, layer.Output.Elements) > MaxValues);
        return large is null
            ? plan
            : throw new InvalidSettingException(
                large.Name,
                string.Create(CultureInfo.InvariantCulture, $"a layer of at most {MaxValues} values, as it is read from a file"),
                $"{large.Input} -> {large.Output}"
            );
    }
}
