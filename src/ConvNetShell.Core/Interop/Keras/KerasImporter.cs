using System.Text.Json;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Interop.Formats;
using ConvNetShell.Core.Layers.Dense;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Interop.Keras;

/// <summary>Makes a network of a Keras model with its weights.</summary>
internal static class KerasImporter
{
    /// <summary>Makes the network.</summary>
    /// <param name="file">The file.</param>
    /// <param name="config">The model's JSON.</param>
    /// <param name="warn">Receives warnings.</param>
    /// <exception cref="ConvNetException">The model has branches, or layers that are none here.</exception>
    public static Network Import(KerasFile file, JsonElement config, Action<string> warn)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var model = new KerasModel(file.Store);
        model.Read(config);
        int[] input =
            model.Input ?? throw new InvalidSettingException("The input of the model", "its shape, for example [null, 28, 28, 1]", null);
        if (input.Aggregate(1.0, (product, size) => product * size) > ImportedPlan.MaxValues)
        {
            throw new InvalidSettingException(
                "The input of the model",
                $"at most {ImportedPlan.MaxValues} values",
                string.Join('x', input)
            );
        }
        var shape = new Shape([input[^1], .. input[..^1]]);
        var reader = new KerasReader(shape, text => warn($"{file.Path}: {text}"));
        foreach (KerasLayer layer in model.Layers)
        {
            reader.Read(layer, entry => [.. file.Store.Read(entry).data<float>().Select(value => (double)value)]);
        }
        reader.End();
        NetworkPlan plan = ImportedPlan.Fit(reader.Parts.Select(part => part.Spec), shape, file.Length);
        RequireOrder(plan);
        Network network = Network.Create(plan);
        try
        {
            Fill(network, reader.Parts, file.Store);
            (network.HasInitialWeights, network.Normalization) = (false, reader.Preprocessing.Statistics);
            if (!reader.Preprocessing.IsKnown)
            {
                warn($"{file.Path}: the model has no Rescaling or Normalization; pixels from 0 to 1 go in as they are.");
            }
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    private static void Fill(Network network, IReadOnlyList<KerasPart> parts, KerasStore store)
    {
        var order = new FlattenedMaps();
        foreach ((NetworkLayer layer, KerasPart part) in network.Layers.Zip(parts))
        {
            using var scope = NewDisposeScope();
            Tensor[] values = [.. part.Variables.Select(store.Read)];
            foreach ((string parameter, Tensor value) in KerasVariables.Turn(layer, order.Before(layer), part, values))
            {
                ImportedWeights.Copy(network, layer, parameter, value);
            }
        }
    }

    // Keras flattens row by row with channels last; only a dense layer can undo that
    private static void RequireOrder(NetworkPlan plan)
    {
        var order = new FlattenedMaps();
        foreach (NetworkLayer layer in plan.Layers)
        {
            _ = order.Before(layer);
        }
        if (order.Left is { } maps && plan.Layers[^1].Spec is not DenseSpec)
        {
            throw new InvalidSettingException("The model", "a dense layer after Flatten", $"outputs in the order of maps {maps}");
        }
    }
}
