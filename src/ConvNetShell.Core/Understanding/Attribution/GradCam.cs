using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Activation;
using ConvNetShell.Core.Layers.Blocks;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Normalization;
using ConvNetShell.Core.Layers.Recurrent;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Understanding.Attribution;

/// <summary>Grad-CAM: the maps of a layer, each weighted with the mean gradient of the score over its positions, and added up.</summary>
internal static class GradCam
{
    /// <summary>
    /// Returns the layer that is meant, or the last convolution or block with the normalizations and activations right after it.
    /// </summary>
    /// <exception cref="InvalidSettingException">The layer is none, or has no maps.</exception>
    public static NetworkLayer Layer(Network network, string? name)
    {
        if (name is not null)
        {
            NetworkLayer named = network.Plan.Find(name);
            return HasMaps(named)
                ? named
                : throw new InvalidSettingException(
                    "Layer",
                    $"a layer with maps: {string.Join(", ", network.Plan.AllLayers.Where(HasMaps).Select(layer => layer.Name))}",
                    name
                );
        }
        int last = network
            .Layers.ToList()
            .FindLastIndex(layer => layer.Spec is FilterSpec or ConnectionTableConvSpec or BlockSpec && HasMaps(layer));
        if (last < 0)
        {
            last = network.Layers.ToList().FindLastIndex(HasMaps);
        }
        if (last < 0)
        {
            throw new InvalidSettingException(
                "Method",
                $"one other than GradCam for {network.Name}, which has no layer with maps",
                "GradCam"
            );
        }
        while (
            last + 1 < network.Layers.Count
            && network.Layers[last + 1] is { Spec: ActivationSpec or BatchNormSpec or GroupNormSpec } next
            && HasMaps(next)
        )
        {
            last++;
        }
        return network.Layers[last];
    }

    /// <summary>Returns the weighted sum, in the size of the layer's maps and with both signs.</summary>
    public static Tensor Coarse(AttributionContext problem, NetworkLayer layer)
    {
        LayerPass pass = LayerPass.Run(problem.Network, problem.Input.detach().requires_grad_());
        Tensor maps = pass.Output(layer),
            score = pass.Logits.select(1, problem.Class).sum();
        Tensor gradient = Gradients.Of(score, maps);
        long[] spatial = [.. Enumerable.Range(2, (int)maps.dim() - 2).Select(d => (long)d)];
        return (gradient.mean(spatial, keepdim: true) * maps).sum(1)[0].detach();
    }

    /// <summary>Returns the map in the size of the input, in between values on straight lines.</summary>
    public static Tensor Compute(AttributionContext problem, NetworkLayer layer)
    {
        Tensor coarse = Coarse(problem, layer);
        Tensor map = problem.Options.AllowNegative ? coarse : coarse.relu();
        long[] size = [.. problem.Network.InputShape.Spatial.ToArray().Select(length => (long)length)];
        InterpolationMode mode = size.Length switch
        {
            1 => InterpolationMode.Linear,
            2 => InterpolationMode.Bilinear,
            _ => InterpolationMode.Trilinear,
        };
        return nn.functional.interpolate(map.unsqueeze(0).unsqueeze(0), size, mode: mode, align_corners: false)[0][0];
    }

    private static bool HasMaps(NetworkLayer layer) => layer.Output.Count > 1 && layer.Spec is not RecurrentSpec;
}
