using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Pooling;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Display.Records.Operators;

namespace ConvNetShell.Core.Operators;

/// <summary>Pools arrays.</summary>
public static class Pooler
{
    /// <summary>Pools an array. A NaN makes every output a NaN whose window meets it.</summary>
    /// <param name="input">The input: one channel, or channels first.</param>
    /// <param name="spec">The kind of pooling, and its window.</param>
    /// <param name="dimensions">The spatial dimensions, 1 to 3; <see langword="null"/>: all of the input's, or of a picture the last
    /// two.</param>
    /// <returns>The output, and for a maximum where it comes from.</returns>
    /// <param name="stop">Ends the work within a moment.</param>
    /// <exception cref="ConvNetException">The window does not fit the input, or the output not into the free memory.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static PoolingResult Compute(NumericArray input, PoolSpec spec, int? dimensions = null, CancellationToken stop = default)
    {
        int spatial = Dimension.Check(dimensions ?? (input.HasChannels ? input.Rank - 1 : Math.Min(input.Rank, Dimension.Most)));
        if (input.Rank < spatial || input.Rank > spatial + 1)
        {
            throw new ShapeMismatchException(
                "InputObject",
                FormattableString.Invariant($"{spatial} dimensions, or {spatial + 1} with channels first"),
                FormattableString.Invariant($"{input.Rank} ({input})")
            );
        }
        bool channelAxis = input.Rank > spatial;
        int channels = channelAxis ? input.Sizes[0] : 1;
        int[] sizes = [.. input.Sizes.Skip(channelAxis ? 1 : 0)];
        var shape = new Shape([channels, .. sizes]);
        int[] output = spec.OutputShape(shape).Spatial.ToArray();
        const int outputBytes = 160; // a value, its position, its winner
        FreeMemory.Require(
            $"A pooled output of {channels}x{string.Join('x', output)}",
            output.Aggregate((double)outputBytes * channels, (product, size) => product * size),
            "Use less padding or a larger stride."
        );
        int[][] starts = [.. WindowPositions.Of(output)];
        int[][] taps = [.. WindowPositions.Of(spec.Window.Kernel.Expand(spatial))];
        (int Before, int After)[] pads = spec.Window.Pads(shape);
        int plane = sizes.Aggregate(1, (product, size) => product * size);
        var values = new double[channels * starts.Length];
        var winners = new List<int[]>();
        for (int i = 0; i < values.Length; i++)
        {
            stop.ThrowIfCancellationRequested();
            int channel = i / starts.Length,
                winner = -1;
            double sum = 0,
                largest = double.NegativeInfinity;
            foreach (int[] tap in taps)
            {
                int under = WindowPositions.Index(
                    sizes,
                    [.. starts[i % starts.Length].Select((p, d) => p * spec.Window.Stride[d] + tap[d] - pads[d].Before)]
                );
                if (under < 0)
                {
                    continue;
                }
                double value = input.Data[channel * plane + under];
                sum += value;
                if (winner < 0 || value > largest || (double.IsNaN(value) && !double.IsNaN(largest)))
                {
                    (largest, winner) = (value, under);
                }
            }
            bool max = spec.Pooling == PoolKind.Max;
            values[i] = max ? largest : sum / taps.Length;
            if (max)
            {
                winners.Add(channelAxis ? [channel, .. WindowPositions.At(sizes, winner)] : WindowPositions.At(sizes, winner));
            }
        }
        var result = new NumericArray(values, channelAxis ? [channels, .. output] : output);
        return new PoolingResult(
            spec.Pooling == PoolKind.Max ? "Max" : "Average",
            input.ToString(),
            spec.Window.Kernel.ToString(spatial),
            OutputFormula.Write(spec.Window, sizes, output),
            result.ToString(),
            result.ToArray(),
            winners,
            result.NaNCount
        );
    }
}
