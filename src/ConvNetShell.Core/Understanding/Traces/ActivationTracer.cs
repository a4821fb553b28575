using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Layers.Activation;
using ConvNetShell.Core.Layers.Blocks;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Dense;
using ConvNetShell.Core.Layers.Normalization;
using ConvNetShell.Core.Layers.Pooling;
using ConvNetShell.Core.Layers.Streams;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Operators;
using ConvNetShell.Display.Records.Data;
using ConvNetShell.Display.Records.Traces;
using ConvNetShell.Display.Records.Understanding;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Understanding.Traces;

/// <summary>
/// Goes through one unit's calculation by hand, in double precision from the layer's own input and weights, and sets the result beside
/// what the network computed.
/// </summary>
public static class ActivationTracer
{
    private const string ImageName = "image",
        BranchSum = "sum of the branches";

    /// <summary>Returns a unit's trace, and on request those of its largest contributions, layer by layer down to a pixel.</summary>
    /// <param name="network">The network; it is moved to the CPU.</param>
    /// <param name="layer">The layer's name; layers of blocks too (res1.conv1).</param>
    /// <param name="at">The unit's position in the layer's output: channel, row, column (as many numbers as the output has dimensions);
    /// <see langword="null"/> for the largest value.</param>
    /// <param name="image">The image, of the network's input shape.</param>
    /// <param name="recurse">Whether to go on with the value that counts most, down to the image.</param>
    /// <returns>One trace, or one for each layer, the unit's own first.</returns>
    /// <exception cref="InvalidSettingException">The layer or position does not exist, or the layer is recurrent: its units have no sum of
    /// their
    /// own.</exception>
    /// <exception cref="ShapeMismatchException">The image does not fit the network.</exception>
    public static IReadOnlyList<ActivationTrace> Trace(
        Network network,
        string layer,
        IReadOnlyList<int>? at,
        ImageSample image,
        bool recurse = false
    )
    {
        NetworkLayer first = network.Plan.Find(layer);
        NetworkLayer? next = first;
        int[]? position = at is null ? null : Checked(first, at);
        EvaluationCheck.Fits(network, image);
        using IDisposable stay = network.On(CPU);
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        LayerPass pass = LayerPass.Run(network, NetworkInput.Batch(network, CPU, image));
        var wiring = new LayerWiring(network);
        var traces = new List<ActivationTrace>();
        while (next is not null)
        {
            position ??= Largest(pass, next);
            ActivationTrace trace = One(pass, wiring, next, position, image.Source);
            traces.Add(trace);
            if (!recurse || trace.Strongest is not { IsPadding: false } tap)
            {
                return WithNetwork();
            }
            position = [.. tap.At];
            next = network.Plan.AllLayers.FirstOrDefault(candidate => candidate.Name == tap.From);
        }
        traces.Add(Pixel(network, pass, position!, image));
        return WithNetwork();

        IReadOnlyList<ActivationTrace> WithNetwork()
        {
            TracedNetwork all = TracedNetworkReader.Read(network, pass, wiring, first, image, one => Operation(pass, one));
            return [.. traces.Select(trace => trace with { Network = all })];
        }
    }

    /// <summary>Returns a layer's operation as text; <see langword="null"/> where its units are not one sum each.</summary>
    private static string? Operation(LayerPass pass, NetworkLayer layer) =>
        layer.Spec is BlockSpec block
            ? block.Join == JoinKind.Add
                ? BranchSum
                : "the value of one of the branches"
            : TryTrace(new TracedUnit(layer, pass.Module(layer), Numbers(pass.Input(layer)), new int[layer.Output.Count]))?.Operation;

    private static ActivationTrace One(LayerPass pass, LayerWiring wiring, NetworkLayer layer, int[] at, string source)
    {
        string from = wiring.Before(layer)?.Name ?? ImageName;
        ContributionTrace contributions = layer.Spec is BlockSpec block
            ? Block(pass, wiring, layer, block, at)
            : TryTrace(new TracedUnit(layer, pass.Module(layer), Numbers(pass.Input(layer)), at))
                ?? throw new InvalidSettingException(
                    "Layer",
                    "a layer whose units are one sum each; a recurrent layer's depend on every step before",
                    layer.Name
                );
        double activation = Numbers(pass.Output(layer))[WindowPositions.Index(layer.Output.ToArray(), at)];
        Contribution[] taps = [.. contributions.Contributions.Select(tap => tap.From.Length > 0 ? tap : tap with { From = from })];
        return new ActivationTrace(
            source,
            layer.Name,
            layer.Spec.ToToken(),
            at,
            contributions.Operation,
            taps,
            contributions.Bias,
            contributions.Computed,
            activation
        )
        {
            Window = contributions.Window,
            Lead = contributions.Leader(),
        };
    }

    private static ContributionTrace? TryTrace(TracedUnit unit) =>
        unit.Layer.Spec switch
        {
            ConvSpec spec => FilterContributions.Convolution(unit, spec),
            TransposedConvSpec spec => FilterContributions.Transposed(unit, spec),
            LocalSpec spec => FilterContributions.Local(unit, spec),
            ConnectionTableConvSpec spec => FilterContributions.Table(unit, spec),
            DenseSpec => FilterContributions.Dense(unit),
            RbfSpec => FilterContributions.Codes(unit),
            PoolSpec spec => PoolContributions.Pool(unit, spec.Window, spec.Pooling),
            AdaptivePoolSpec spec => PoolContributions.Adaptive(unit, spec),
            SubsampleSpec spec => PoolContributions.Subsample(unit, spec),
            ActivationSpec spec => ElementwiseContributions.Activation(unit, spec.Function),
            BatchNormSpec spec => ElementwiseContributions.BatchNorm(unit, spec.Epsilon),
            LayerNormSpec => ElementwiseContributions.GroupNorm(unit, 1),
            GroupNormSpec spec => ElementwiseContributions.GroupNorm(unit, spec.Groups),
            LocalResponseSpec spec => ElementwiseContributions.LocalResponse(unit, spec),
            ScaleSpec spec => ElementwiseContributions.Scale(unit, spec.Factor),
            ChannelPadSpec spec => ElementwiseContributions.ChannelPad(unit, spec),
            MaxoutSpec spec => PoolContributions.Maxout(unit, spec),
            FlattenSpec => ElementwiseContributions.Flatten(unit),
            StreamSpec spec => ElementwiseContributions.Stream(unit, spec),
            DropoutSpec => ElementwiseContributions.Pass(unit),
            _ => null,
        };

    /// <summary>Branches that are added up have a tap each; of branches side by side one has the unit.</summary>
    private static ContributionTrace Block(LayerPass pass, LayerWiring wiring, NetworkLayer layer, BlockSpec block, int[] at)
    {
        var ends = wiring
            .Ends(layer)
            .Select(end =>
                (
                    Name: end?.Name ?? ImageName,
                    Shape: end?.Output ?? layer.Input,
                    Values: end is null ? pass.Input(layer) : pass.Output(end)
                )
            )
            .ToArray();
        if (block.Join == JoinKind.Add)
        {
            return new ContributionTrace(BranchSum, [.. ends.Select(end => Contribution(end, at))]);
        }
        int first = 0,
            branch = 0;
        while (at[0] >= first + ends[branch].Shape.Channels)
        {
            first += ends[branch++].Shape.Channels;
        }
        return new ContributionTrace(
            string.Create(CultureInfo.InvariantCulture, $"the value of branch {branch + 1}"),
            [Contribution(ends[branch], [at[0] - first, .. at[1..]])]
        );

        static Contribution Contribution((string Name, Shape Shape, Tensor Values) end, int[] position)
        {
            double value = Numbers(end.Values)[WindowPositions.Index(end.Shape.ToArray(), position)];
            return new Contribution(position, value, 1, value) { From = end.Name };
        }
    }

    /// <summary>The last line of a recursion: the byte, and its conversion to the first layer's input.</summary>
    private static ActivationTrace Pixel(Network network, LayerPass pass, int[] at, ImageSample image)
    {
        int[] sizes = network.InputShape.ToArray();
        double mean = network.InputStatistics.Mean[at[0]],
            deviation = Math.Max(network.InputStatistics.StandardDeviation[at[0]], 1e-6);
        int plane = image.Pixels.Length / sizes[0],
            index = WindowPositions.Index(sizes, at);
        double value = image.Pixels[index % plane * sizes[0] + index / plane],
            weight = 1 / (255 * deviation),
            seen = Numbers(pass.Input(network.Layers[0]))[index];
        var tap = new Contribution(at, value, weight, value * weight) { From = ImageName };
        return new ActivationTrace(
            image.Source,
            ImageName,
            "pixel",
            at,
            "(byte / 255 - mean) / deviation",
            [tap],
            -mean / deviation,
            value * weight - mean / deviation,
            seen
        )
        {
            Lead = 0,
        };
    }

    private static int[] Largest(LayerPass pass, NetworkLayer layer)
    {
        double[] values = Numbers(pass.Output(layer));
        return WindowPositions.At(layer.Output.ToArray(), Array.IndexOf(values, values.Max()));
    }

    private static double[] Numbers(Tensor batch) => batch[0].to(ScalarType.Float64).contiguous().data<double>().ToArray();

    private static int[] Checked(NetworkLayer layer, IReadOnlyList<int> at)
    {
        int[] sizes = layer.Output.ToArray();
        return at.Count == sizes.Length && at.Zip(sizes).All(pair => (uint)pair.First < (uint)pair.Second)
            ? [.. at]
            : throw new InvalidSettingException(
                "At",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{sizes.Length} {(sizes.Length == 1 ? "number" : "numbers (channel first)")}, from 0 to "
                        + $"{string.Join(',', sizes.Select(size => size - 1))} for {layer.Name} ({layer.Output})"
                ),
                string.Join(',', at)
            );
    }
}
