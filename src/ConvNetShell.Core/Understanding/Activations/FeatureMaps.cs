using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Layers.Recurrent;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Display.Records.Data;
using ConvNetShell.Display.Records.Understanding;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Understanding.Activations;

/// <summary>Reads the output of a layer's channels for a picture, or the gradients there. The network is not changed.</summary>
public static class FeatureMaps
{
    /// <summary>Returns the maps of a layer.</summary>
    /// <param name="network">The network; it is moved to the device.</param>
    /// <param name="image">The picture, of the network's input shape.</param>
    /// <param name="layer">The layer's name; layers of blocks too (res1.conv1).</param>
    /// <param name="channels">Which channels, from 0; <see langword="null"/> for all.</param>
    /// <param name="gradient">Whether to return the gradient of a class's score at each value instead of the value.</param>
    /// <param name="className">The class whose score is meant; <see langword="null"/> for the likeliest.</param>
    /// <param name="device">auto, cpu, cuda, cuda:1 or mps.</param>
    /// <returns>A map for each channel; a layer that gives a vector has a map of one value for each unit.</returns>
    /// <exception cref="ShapeMismatchException">The picture does not fit the network, or the network gives no vector.</exception>
    /// <exception cref="InvalidSettingException">The layer, channel, class or device does not exist.</exception>
    public static IReadOnlyList<FeatureMap> Get(
        Network network,
        ImageSample image,
        string layer,
        IReadOnlyList<int>? channels = null,
        bool gradient = false,
        string? className = null,
        string device = ComputeDevice.Auto
    )
    {
        NetworkLayer found = network.Plan.Find(layer);
        EvaluationCheck.Fits(network, image);
        Device target = ComputeDevice.Choose(device);
        using IDisposable stay = network.On(target);
        using var scope = NewDisposeScope();
        Tensor batch = NetworkInput.Batch(network, target, image);
        string? about = null;
        Tensor values;
        if (gradient)
        {
            EvaluationCheck.Classifies(network);
            LayerPass pass = LayerPass.Run(network, batch.detach().requires_grad_());
            int output = className is null ? (int)pass.Logits[0].argmax().item<long>() : NetworkClasses.Find(network, className);
            about = network.OutputNames[output];
            values = LayerGradients.Of(pass, network, found, output);
        }
        else
        {
            using var noGradients = no_grad();
            values = LayerPass.Run(network, batch).Output(found);
        }
        return Maps(found, values, image.Source, channels, about);
    }

    /// <summary>Returns the states of a recurrent layer over time, also of one that hands on its last state only.</summary>
    /// <param name="network">The network; it is moved to the device.</param>
    /// <param name="image">The sequence, of the network's input shape.</param>
    /// <param name="layer">The layer's name.</param>
    /// <param name="units">Which units, from 0; <see langword="null"/> for all.</param>
    /// <param name="device">auto, cpu, cuda, cuda:1 or mps.</param>
    /// <returns>A signal for each unit: its state after each step.</returns>
    /// <exception cref="InvalidSettingException">The layer is not recurrent, or a unit or the device does not exist.</exception>
    public static IReadOnlyList<FeatureMap> States(
        Network network,
        ImageSample image,
        string layer,
        IReadOnlyList<int>? units = null,
        string device = ComputeDevice.Auto
    )
    {
        NetworkLayer found = network.Plan.Find(layer);
        EvaluationCheck.Fits(network, image);
        Device target = ComputeDevice.Choose(device);
        using IDisposable stay = network.On(target);
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        LayerPass pass = LayerPass.Run(network, NetworkInput.Batch(network, target, image));
        if (pass.Module(found) is not RecurrentModule recurrent)
        {
            throw new InvalidSettingException("Layer", "a recurrent layer", $"{found.Name} ({found.Spec.Kind})");
        }
        Tensor states = recurrent.States(pass.Input(found));
        return Maps(found, states, image.Source, units, about: null, new Shape((int)states.shape[1], (int)states.shape[2]));
    }

    /// <summary>Makes maps of the values of a batch of one, which are of the layer's output shape or of another.</summary>
    internal static IReadOnlyList<FeatureMap> Maps(
        NetworkLayer layer,
        Tensor values,
        string source,
        IReadOnlyList<int>? channels,
        string? about,
        Shape? whole = null
    )
    {
        Shape all = whole ?? layer.Output;
        int[] sizes = [.. all.ToArray().Skip(1)];
        float[] data = values[0].detach().to(ScalarType.Float32).cpu().contiguous().data<float>().ToArray();
        int count = all.Channels,
            plane = data.Length / count;
        (int depth, int height, int width) = sizes.Length switch
        {
            0 => (1, 1, 1),
            1 => (1, 1, sizes[0]),
            2 => (1, sizes[0], sizes[1]),
            _ => (sizes[0], sizes[1], sizes[2]),
        };
        string shape = sizes.Length == 0 ? "1" : string.Join('x', sizes);
        return
        [
            .. (channels ?? [.. Enumerable.Range(0, count)]).Select(channel =>
            {
                if ((uint)channel >= (uint)count)
                {
                    throw new InvalidSettingException(
                        "Channel",
                        FormattableString.Invariant($"from 0 to {count - 1} for {layer.Name}"),
                        channel
                    );
                }
                float[] map = data[(channel * plane)..((channel + 1) * plane)];
                Array nested = new NumericArray([.. map.Select(value => (double)value)], sizes.Length == 0 ? [1] : sizes).ToArray();
                return new FeatureMap(layer.Name, channel, source, shape, map)
                {
                    Data = nested,
                    Depth = depth,
                    Height = height,
                    Width = width,
                    IsGradient = about is not null,
                    Class = about,
                };
            }),
        ];
    }
}
