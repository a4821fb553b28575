using ConvNetShell.Core.Data;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;

namespace ConvNetShell.Core.Training;

/// <summary>Chooses the data of a run whose user named none: the preset's own set, else the generated Shapes, and says so.</summary>
public static class DefaultDataset
{
    /// <summary>Returns the data for a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="options">How data is found and read; <see cref="ReadOptions.Warn"/> is told when Shapes takes the place of another set.</param>
    /// <returns>The preset's own set, or Shapes in the size of the network's input.</returns>
    public static Dataset For(Network network, ReadOptions options)
    {
        string? wanted = network.Preset is { } preset && preset.InputShape.Equals(network.InputShape) ? preset.Dataset : null;
        if (wanted is not null)
        {
            try
            {
                return DatasetReader.Read(wanted, options);
            }
            catch (DatasetUnavailableException error)
            {
                options.Warn?.Invoke($"{error.Message} The generated dataset Shapes is used instead.");
            }
        }
        else
        {
            options.Warn?.Invoke("No dataset was named: the generated dataset Shapes is used. Name another with -Dataset.");
        }
        return DatasetReader.Read(KnownDatasets.Shapes.Name, options with { ResizeTo = network.InputShape });
    }
}
