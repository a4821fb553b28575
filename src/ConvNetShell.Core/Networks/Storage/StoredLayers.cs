using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Blocks;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Dense;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Layers.Normalization;
using ConvNetShell.Core.Layers.Recurrent;
using ConvNetShell.Core.Layers.Spec;

namespace ConvNetShell.Core.Networks.Storage;

/// <summary>Writes layers for a file and reads them back with all their options.</summary>
internal static class StoredLayers
{
    /// <summary>Returns a layer as a file keeps it.</summary>
    public static StoredLayer Write(LayerSpec layer)
    {
        LayerOptions[] options = [.. All(layer).Select(Options)];
        bool isSaid =
            options.All(option => option with { Name = null } == new LayerOptions()) && options.Skip(1).All(option => option.Name is null);
        return new StoredLayer(layer.ToToken(), layer.Name, isSaid ? null : options);
    }

    /// <summary>Returns the layer of a file.</summary>
    /// <exception cref="ArgumentException">It is not one layer, or the options are not those of its parts.</exception>
    /// <exception cref="Errors.ConvNetException">Its text or an option is wrong.</exception>
    public static LayerSpec Read(StoredLayer stored)
    {
        IReadOnlyList<LayerSpec> read = NetworkSpec.Parse(stored.Token);
        if (read.Count != 1)
        {
            throw new ArgumentException($"'{stored.Token}' is not one layer.");
        }
        if (stored.Options is null)
        {
            return read[0] with { Name = stored.Name };
        }
        var options = new Queue<LayerOptions>(stored.Options);
        LayerSpec layer = Apply(read[0], options) with { Name = stored.Name };
        return options.Count == 0 ? layer : throw new ArgumentException($"'{stored.Token}' has fewer layers than options.");
    }

    /// <summary>
    /// Returns whether a layer computes what the layer of a file does; names and the start of weights do not matter.
    /// </summary>
    public static bool IsAlike(LayerSpec layer, StoredLayer stored)
    {
        static IEnumerable<LayerOptions> Constants(LayerSpec spec) =>
            All(spec).Select(part => Options(part) with { Name = null, Initializer = null, InitialScale = null, Inputs = null });
        return Constants(layer).SequenceEqual(Constants(Read(stored)));
    }

    private static IEnumerable<LayerSpec> All(LayerSpec layer) =>
        (layer as BlockSpec)?.Given.SelectMany(branch => branch).SelectMany(All).Prepend(layer) ?? [layer];

    private static LayerOptions Options(LayerSpec layer)
    {
        Initializer? start = layer switch
        {
            FilterSpec filter => filter.Initializer,
            DenseSpec dense => dense.Initializer,
            RecurrentSpec recurrent => recurrent.Initializer,
            _ => null,
        };
        var response = layer as LocalResponseSpec;
        return new LayerOptions(
            layer.Name,
            start?.Method,
            start?.Scale,
            response?.Alpha,
            response?.Beta,
            response?.K,
            (layer as DenseSpec)?.Inputs
        );
    }

    private static LayerSpec Apply(LayerSpec layer, Queue<LayerOptions> options)
    {
        if (!options.TryDequeue(out LayerOptions? own))
        {
            throw new ArgumentException($"'{layer.ToToken()}' has more layers than options.");
        }
        Initializer? start = own.Initializer is { } method ? new Initializer(method, own.InitialScale) : null;
        LayerSpec complete = layer switch
        {
            BlockSpec block => block.With([
                .. block.Given.Select(branch => (IReadOnlyList<LayerSpec>)[.. branch.Select(inner => Apply(inner, options))]),
            ]),
            FilterSpec filter => filter with { Initializer = start },
            DenseSpec dense => new DenseSpec(dense.Units, dense.Bias, own.Inputs) { Initializer = start },
            RecurrentSpec recurrent => recurrent with { Initializer = start },
            LocalResponseSpec response => new LocalResponseSpec(
                response.Size,
                own.Alpha ?? response.Alpha,
                own.Beta ?? response.Beta,
                own.K ?? response.K
            ),
            _ => layer,
        };
        return complete with { Name = own.Name };
    }
}
