using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Download;
using ConvNetShell.Core.Data.Formats;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Presets;

/// <summary>Chooses the data of a run whose user named none: the preset's own set, else a generated one, and says so.</summary>
public static class DefaultDataset
{
    /// <summary>Returns the data for a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="options">How data is found and read; <see cref="ReadOptions.Warn"/> receives a warning if a generated set replaces
    /// another set.</param>
    /// <returns>The preset's own set, or Shapes (Signals, MovingShapes) in the size of the network's input.</returns>
    public static Dataset For(Network network, ReadOptions options)
    {
        string? wanted = NetworkPresets.Of(network) is { } preset && preset.InputShape.Equals(network.InputShape) ? preset.Dataset : null;
        if (wanted is not null)
        {
            try
            {
                bool fits = KnownDatasets.Get(wanted).Shape.Equals(network.InputShape);
                return DatasetReader.Read(wanted, fits ? options : options with { ResizeTo = network.InputShape });
            }
            catch (DatasetUnavailableException error)
            {
                options.Warn?.Invoke($"{error.Message} The generated dataset {Generated(network.InputShape).Name} is used instead.");
            }
        }
        else
        {
            options.Warn?.Invoke(
                $"No dataset was named: the generated dataset {Generated(network.InputShape).Name} is used. Name another with -Dataset."
            );
        }
        KnownDataset generated = Generated(network.InputShape);
        return DatasetReader.Read(
            generated,
            generated.Shape.Equals(network.InputShape) ? options : options with { ResizeTo = network.InputShape }
        );
    }

    /// <summary>
    /// Returns a dataset in the size of a network's input where it is the own set of the network's preset, whose images have another size
    /// (MNIST for ConvNetJSMNIST); any other dataset as it is.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="dataset">The dataset.</param>
    /// <returns>The dataset.</returns>
    public static Dataset Fit(Network network, Dataset dataset) =>
        NetworkPresets.Of(network) is { } preset
        && preset.InputShape.Equals(network.InputShape)
        && preset.Dataset.Equals(dataset.Name, StringComparison.OrdinalIgnoreCase)
        && KnownDatasets.Get(preset.Dataset).Shape.Equals(dataset.InputShape)
            ? dataset.Derive(network.InputShape, () => DatasetFit.To(dataset, network.InputShape))
            : dataset;

    /// <summary>Returns the generated set with as many dimensions as an input.</summary>
    private static KnownDataset Generated(Shape input) =>
        input.Count switch
        {
            2 => KnownDatasets.Signals,
            4 => KnownDatasets.MovingShapes,
            _ => KnownDatasets.Shapes,
        };
}
