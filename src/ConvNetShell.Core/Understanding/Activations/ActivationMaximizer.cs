using System.Globalization;
using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Layers.Activation;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Display.Records.Data;
using ConvNetShell.Display.Records.Understanding;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Understanding.Activations;

/// <summary>
/// Makes images that excite a unit: gradient ascent on the pixels (Erhan et al., 2009) with jitter (Mordvintsev et al., 2015) and two
/// priors, without which the image is noise to the eye: neighbors are alike, and pixels are near the mean color.
/// </summary>
public static class ActivationMaximizer
{
    private const double NoiseDeviation = 0.05;

    /// <summary>Makes an image for a unit.</summary>
    /// <param name="network">The network; it is moved to the device.</param>
    /// <param name="layer">The layer's name; layers of blocks too (res1.conv1).</param>
    /// <param name="unit">The channel, whose mean over all positions is maximized, or the unit of a dense layer; from 0.</param>
    /// <param name="options">The settings; <see langword="null"/> for the usual ones.</param>
    /// <param name="device">auto, cpu, cuda, cuda:1 or mps.</param>
    /// <param name="stop">Ends the work after the present step.</param>
    /// <returns>The image.</returns>
    /// <exception cref="InvalidSettingException">The layer, unit or device does not exist.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static DreamImage Dream(
        Network network,
        string layer,
        int unit,
        DreamOptions? options = null,
        string device = ComputeDevice.Auto,
        CancellationToken stop = default
    )
    {
        NetworkLayer found = network.Plan.Find(layer);
        if ((uint)unit >= (uint)found.Output.Channels)
        {
            throw new InvalidSettingException(
                "Unit",
                string.Create(CultureInfo.InvariantCulture, $"from 0 to {found.Output.Channels - 1} for {found.Name} ({found.Output})"),
                unit
            );
        }
        DreamOptions settings = options ?? new DreamOptions();
        if (settings.Start is ImageSample start)
        {
            EvaluationCheck.Fits(network, start);
        }
        Device target = ComputeDevice.Choose(device);
        using IDisposable stay = network.On(target);
        using var scope = NewDisposeScope();
        using var random = new Generator((ulong)(uint)settings.Seed);
        Tensor mean = NetworkInput.Mean(network, target),
            deviation = NetworkInput.StandardDeviation(network, target);
        Tensor pixels = settings.Start is ImageSample given
            ? (NetworkInput.Batch(network, target, given) * deviation).Plus(mean)
            : mean.Plus(randn(NetworkInput.BatchOfOne(network), generator: random).to(target), NoiseDeviation).Clamped(0, 1);
        double before = Value(network, found, unit, (pixels - mean) / deviation);
        (IReadOnlyList<double> history, bool dead) = Climb(network, found, unit, settings, random, pixels, mean, deviation, stop);
        Tensor bytes = pixels.Times(255).round();
        double after = Value(network, found, unit, (bytes.DividedBy(255) - mean) / deviation);
        return new DreamImage(
            found.Name,
            unit,
            ClassOf(network, found, unit),
            before,
            after,
            settings.Steps,
            settings.Seed,
            Sample(network, bytes, found.Name, unit),
            history
        )
        {
            IsDead = dead,
        };
    }

    /// <summary>Returns the unit a text means: its number, or where the layer has an output a class, the class's name.</summary>
    /// <param name="network">The network.</param>
    /// <param name="layer">The layer's name.</param>
    /// <param name="text">A number from 0, or a class.</param>
    /// <returns>The unit; it need not exist.</returns>
    /// <exception cref="InvalidSettingException">The layer or class does not exist.</exception>
    public static int Unit(Network network, string layer, string text)
    {
        NetworkLayer found = network.Plan.Find(layer);
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int unit))
        {
            return unit;
        }
        return ClassOf(network, found, 0) is not null
            ? NetworkClasses.Find(network, text)
            : throw new InvalidSettingException(
                "Unit",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"a number from 0 to {found.Output.Channels - 1} for {found.Name}, whose units are no classes"
                ),
                text
            );
    }

    private static (IReadOnlyList<double> History, bool Dead) Climb(
        Network network,
        NetworkLayer layer,
        int unit,
        DreamOptions settings,
        Generator random,
        Tensor pixels,
        Tensor mean,
        Tensor deviation,
        CancellationToken stop
    )
    {
        var history = new List<double>();
        bool dead = true;
        long[] spatial = [.. Enumerable.Range(2, (int)pixels.dim() - 2).Select(d => (long)d)];
        for (int step = 0; step < settings.Steps; step++)
        {
            stop.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            long[] shift =
                spatial.Length == 0 || settings.Jitter == 0
                    ? []
                    : randint(-settings.Jitter, settings.Jitter + 1, spatial.Length, generator: random).data<long>().ToArray();
            Tensor leaf = pixels.detach().requires_grad_();
            Tensor moved = shift.Length == 0 ? leaf : leaf.roll(shift, spatial);
            Tensor value = Objective(network, layer, unit, (moved - mean) / deviation);
            Tensor gradient = Direction(Gradient(value, leaf));
            dead &= gradient.count_nonzero().item<long>() == 0;
            history.Add(value.item<float>());
            Tensor prior = Gradient(Variation(leaf, spatial), leaf).Times(settings.Smoothness).Plus(leaf.detach() - mean, settings.Decay);
            double rate = settings.LearningRate * (settings.Steps - step) / settings.Steps;
            using var noGradients = no_grad();
            pixels.AddInPlace(gradient - prior, rate).ClampInPlace(0, 1);
        }
        return (history, dead);
    }

    /// <summary>
    /// The value to maximize: of an activation its input, as a rectifier that is off has no gradient to climb, and a softmax would lower
    /// the other
    /// classes instead.
    /// </summary>
    private static Tensor Objective(Network network, NetworkLayer layer, int unit, Tensor batch)
    {
        LayerPass pass = LayerPass.Run(network, batch);
        return (layer.Spec is ActivationSpec ? pass.Input(layer) : pass.Output(layer)).select(1, unit).mean();
    }

    private static double Value(Network network, NetworkLayer layer, int unit, Tensor batch)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        return LayerPass.Run(network, batch).Output(layer).select(1, unit).mean().item<float>();
    }

    private static Tensor Gradient(Tensor value, Tensor leaf) => value.requires_grad ? Gradients.Of(value, leaf) : zeros_like(leaf);

    /// <summary>The sum of the sizes of the differences between neighbors, smooth at zero.</summary>
    private static Tensor Variation(Tensor pixels, long[] spatial)
    {
        Tensor sum = zeros(1, device: pixels.device);
        foreach (long d in spatial.Where(d => pixels.shape[d] > 1))
        {
            sum = sum.Plus(
                (pixels.narrow(d, 1, pixels.shape[d] - 1) - pixels.narrow(d, 0, pixels.shape[d] - 1)).Squared().Plus(1e-4).sqrt().sum()
            );
        }
        return sum;
    }

    /// <summary>A direction of mean square one, so that steps do not depend on how steep a layer is.</summary>
    private static Tensor Direction(Tensor gradient) => gradient / gradient.Squared().mean().sqrt().Plus(1e-12);

    private static string? ClassOf(Network network, NetworkLayer layer, int unit) =>
        layer.Output.Equals(network.OutputShape)
        && network.Layers.SkipWhile(other => other.Name != layer.Name).Skip(1).All(other => other.Spec is ActivationSpec or ScaleSpec)
        && network.Classes.Count == layer.Output.Channels
            ? network.Classes[unit]
            : null;

    private static ImageSample Sample(Network network, Tensor bytes, string layer, int unit)
    {
        int dimensions = network.InputShape.Count - 1;
        long[] channelsLast = [.. Enumerable.Range(1, dimensions).Select(d => (long)d), 0];
        byte[] pixels = bytes[0].permute(channelsLast).contiguous().to(ScalarType.Byte).cpu().data<byte>().ToArray();
        (int height, int width, int frames) = NetworkInput.MapSize(network.InputShape);
        return new ImageSample(
            string.Empty,
            layer,
            unit,
            null,
            null,
            height * frames,
            dimensions == 0 ? 1 : width,
            network.InputShape.Channels,
            pixels
        )
        {
            Dimensions = dimensions,
            Frames = frames,
        };
    }
}
