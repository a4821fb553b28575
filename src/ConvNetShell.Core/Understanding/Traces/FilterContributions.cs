using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Operators;
using ConvNetShell.Display.Records.Understanding;

namespace ConvNetShell.Core.Understanding.Traces;

/// <summary>
/// Traces of layers with weights: each value in the window times the filter's weight, and the bias. The weights are read, not derived.
/// </summary>
internal static class FilterContributions
{
    private const string Words = "sum of products";

    public static ContributionTrace Convolution(TracedUnit unit, ConvSpec spec)
    {
        int channels = unit.Sizes[0] / spec.Groups,
            first = unit.At[0] / (spec.Filters / spec.Groups) * channels;
        int[] kernel = spec.Window.Kernel.Expand(spec.Dimensions);
        return Windowed(
            unit,
            spec.Window,
            kernel,
            [.. Enumerable.Range(first, channels)],
            unit.Numbers("weight")!,
            (long)unit.At[0] * channels * Count(kernel),
            Bias(unit, unit.At[0])
        );
    }

    public static ContributionTrace Local(TracedUnit unit, LocalSpec spec)
    {
        int[] kernel = spec.Window.Kernel.Expand(spec.Dimensions),
            output = spec.OutputShape(unit.Layer.Input).ToArray();
        int positions = Count(output[1..]),
            position = WindowPositions.Index(output[1..], unit.At[1..]);
        long filter = ((long)position * spec.Filters + unit.At[0]) * unit.Sizes[0] * Count(kernel);
        return Windowed(
            unit,
            spec.Window,
            kernel,
            [.. Enumerable.Range(0, unit.Sizes[0])],
            unit.Numbers("weight")!,
            filter,
            Bias(unit, unit.At[0] * positions + position)
        );
    }

    public static ContributionTrace Table(TracedUnit unit, ConnectionTableConvSpec spec)
    {
        int[] kernel = spec.Window.Kernel.Expand(2);
        int before = spec.Channels.Take(unit.At[0]).Sum(channels => channels.Count);
        return Windowed(
            unit,
            spec.Window,
            kernel,
            [.. spec.Channels[unit.At[0]]],
            unit.Numbers("weight")!,
            (long)before * Count(kernel),
            Bias(unit, unit.At[0])
        );
    }

    public static ContributionTrace Dense(TracedUnit unit)
    {
        double[] weights = unit.Numbers("weight")!;
        Contribution[] taps =
        [
            .. Enumerable
                .Range(0, unit.Input.Length)
                .Select(i => unit.Contribution(WindowPositions.At(unit.Sizes, i), weights[(long)unit.At[0] * unit.Input.Length + i])),
        ];
        return new ContributionTrace(Words, taps) { Bias = Bias(unit, unit.At[0]), Window = unit.Sizes };
    }

    /// <summary>Every input value lays the filter on the output, stride apart; the unit sums up what lies on it.</summary>
    public static ContributionTrace Transposed(TracedUnit unit, TransposedConvSpec spec)
    {
        int[] kernel = spec.Window.Kernel.Expand(spec.Dimensions);
        (int Before, int After)[] cuts = spec.Cuts();
        double[] weights = unit.Numbers("weight")!;
        int filters = spec.Filters / spec.Groups,
            channels = unit.Sizes[0] / spec.Groups,
            group = unit.At[0] / filters;
        var taps = new List<Contribution>();
        foreach (int channel in Enumerable.Range(group * channels, channels))
        {
            foreach (int[] tap in WindowPositions.Of(kernel))
            {
                int[] reached = [.. tap.Select((t, d) => unit.At[d + 1] + cuts[d].Before - t * spec.Window.Dilation[d])];
                int[] position = [channel, .. reached.Select((r, d) => r / spec.Window.Stride[d])];
                bool lies =
                    reached.Select((r, d) => r >= 0 && r % spec.Window.Stride[d] == 0).All(yes => yes)
                    && WindowPositions.Index(unit.Sizes, position) >= 0;
                if (lies)
                {
                    taps.Add(
                        unit.Contribution(
                            position,
                            weights[((long)channel * filters + unit.At[0] % filters) * Count(kernel) + WindowPositions.Index(kernel, tap)]
                        )
                    );
                }
            }
        }
        return new ContributionTrace(Words, taps) { Bias = Bias(unit, unit.At[0]) };
    }

    /// <summary>The distance of a vector from a code: no product, but a sum all the same.</summary>
    public static ContributionTrace Codes(TracedUnit unit)
    {
        double[] codes = unit.Numbers("codes")!;
        return new ContributionTrace(
            "sum of -(value - weight)^2 / 2",
            [
                .. unit.Input.Select(
                    (value, i) =>
                    {
                        double code = codes[(long)unit.At[0] * unit.Input.Length + i];
                        return new Contribution([i], value, code, -(value - code) * (value - code) / 2);
                    }
                ),
            ]
        );
    }

    private static ContributionTrace Windowed(
        TracedUnit unit,
        Window window,
        int[] kernel,
        int[] channels,
        double[] weights,
        long first,
        double bias
    )
    {
        (int Before, int After)[] pads = window.Pads(unit.Layer.Input);
        long next = first;
        var taps = new List<Contribution>(channels.Length * Count(kernel));
        foreach (int channel in channels)
        {
            foreach (int[] tap in WindowPositions.Of(kernel))
            {
                taps.Add(
                    unit.Contribution(
                        [channel, .. tap.Select((t, d) => unit.At[d + 1] * window.Stride[d] + t * window.Dilation[d] - pads[d].Before)],
                        weights[next++]
                    )
                );
            }
        }
        return new ContributionTrace(Words, taps) { Bias = bias, Window = [channels.Length, .. kernel] };
    }

    private static double Bias(TracedUnit unit, int index) => unit.Numbers("bias") is double[] biases ? biases[index] : 0;

    private static int Count(int[] sizes) => sizes.Aggregate(1, (product, size) => product * size);
}
