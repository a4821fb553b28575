using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Networks.Editing;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Presets;

/// <summary>Makes networks out of presets, adapted to other inputs and classes.</summary>
public static class NetworkFactory
{
    /// <summary>Makes a preset's network with fresh weights.</summary>
    /// <param name="preset">The preset.</param>
    /// <param name="inputShape">Another input, channels first; default: the preset's.</param>
    /// <param name="classes">Class names, or one text that is their number; default: the preset's number, unnamed.</param>
    /// <param name="seed">The seed of the first weights.</param>
    /// <param name="initializer">How weights start.</param>
    /// <param name="name">The network's name; default: the preset's.</param>
    /// <returns>The network.</returns>
    /// <exception cref="LayerException">The layers do not fit the input.</exception>
    public static Network FromPreset(
        NetworkPreset preset,
        Shape? inputShape = null,
        IReadOnlyList<string>? classes = null,
        int seed = 0,
        InitializerKind initializer = InitializerKind.Auto,
        string? name = null
    )
    {
        (int? count, IReadOnlyList<string> names) = ReadClasses(classes);
        Network network = Network.Create(
            NetworkPlan.Fit(preset.Layers(count), inputShape ?? preset.InputShape),
            seed,
            initializer,
            name,
            preset.Name
        );
        network.Classes = names;
        foreach ((string layer, LayerTraining training) in preset.LayerTraining)
        {
            NetworkEditor.SetTraining(network, layer, _ => training);
        }
        return network;
    }

    /// <summary>Makes a network out of layers, with fresh weights.</summary>
    /// <param name="plan">The layers, fitted to their input.</param>
    /// <param name="classes">Class names, or one text that is their number; default: unnamed.</param>
    /// <param name="seed">The seed of the first weights.</param>
    /// <param name="initializer">How weights start.</param>
    /// <param name="name">The network's name; default: Network.</param>
    /// <returns>The network.</returns>
    /// <exception cref="ShapeMismatchException">The output has not one value for each class.</exception>
    public static Network FromLayers(
        NetworkPlan plan,
        IReadOnlyList<string>? classes = null,
        int seed = 0,
        InitializerKind initializer = InitializerKind.Auto,
        string? name = null
    )
    {
        (int? count, IReadOnlyList<string> names) = ReadClasses(classes);
        if (count is int wanted && (plan.OutputShape.Count != 1 || plan.OutputShape.Channels != wanted))
        {
            throw new ShapeMismatchException(
                "The last layer",
                string.Create(CultureInfo.InvariantCulture, $"one value for each of {wanted} classes"),
                plan.OutputShape.ToString()
            );
        }
        Network network = Network.Create(plan, seed, initializer, name);
        network.Classes = names;
        return network;
    }

    private static (int? Count, IReadOnlyList<string> Names) ReadClasses(IReadOnlyList<string>? classes)
    {
        if (classes is null)
        {
            return (null, []);
        }
        if (classes.Count == 1 && int.TryParse(classes[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int count))
        {
            return count >= 2 ? (count, []) : throw new InvalidSettingException("Classes", "2 or more, or two or more names", count);
        }
        bool distinct = classes.Distinct(StringComparer.Ordinal).Count() == classes.Count;
        return classes.Count >= 2 && distinct
            ? (classes.Count, classes)
            : throw new InvalidSettingException(
                "Classes",
                "a number of 2 or more, or two or more different names",
                string.Join(", ", classes)
            );
    }
}
