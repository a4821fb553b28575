using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Pooling;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Operators;

/// <summary>A pooling of an array, checked: its sizes, and what lies under each window.</summary>
internal sealed class PoolingProblem
{
    private const int OutputBytes = 160; // a value, its position, its winner
    private readonly NumericArray input;
    private readonly int plane; // the values of a channel
    private readonly int[] stride;
    private readonly (int Before, int After)[] pads;
    private readonly int[][] taps;

    /// <param name="input">The input: one channel, or channels first.</param>
    /// <param name="spec">The kind of pooling, and its window.</param>
    /// <param name="dimensions">The spatial dimensions, 1 to 3; <see langword="null"/>: all of the input's, or of a picture the last
    /// two.</param>
    /// <exception cref="ConvNetException">The window does not fit the input, or the output not into the free memory.</exception>
    public PoolingProblem(NumericArray input, PoolSpec spec, int? dimensions)
    {
        this.input = input;
        Spec = spec;
        int spatial = Dimension.Check(dimensions ?? (input.HasChannels ? input.Rank - 1 : Math.Min(input.Rank, Dimension.Most)));
        if (input.Rank < spatial || input.Rank > spatial + 1)
        {
            throw new ShapeMismatchException(
                "InputObject",
                FormattableString.Invariant($"{spatial} dimensions, or {spatial + 1} with channels first"),
                FormattableString.Invariant($"{input.Rank} ({input})")
            );
        }
        HasChannels = input.Rank > spatial;
        Channels = HasChannels ? input.Sizes[0] : 1;
        InputSizes = [.. input.Sizes.Skip(HasChannels ? 1 : 0)];
        plane = InputSizes.Aggregate(1, (product, size) => product * size);
        var shape = new Shape([Channels, .. InputSizes]);
        OutputSizes = spec.OutputShape(shape).Spatial.ToArray();
        FreeMemory.Require(
            $"A pooled output of {Channels}x{string.Join('x', OutputSizes)}",
            OutputSizes.Aggregate((double)OutputBytes * Channels, (product, size) => product * size),
            "Use less padding or a larger stride."
        );
        WindowSizes = spec.Window.Kernel.Expand(spatial);
        taps = [.. WindowPositions.Of(WindowSizes)];
        pads = spec.Window.Pads(shape);
        stride = [.. Enumerable.Range(0, spatial).Select(d => spec.Window.Stride[d])];
    }

    /// <summary>Gets the kind of pooling, and its window.</summary>
    public PoolSpec Spec { get; }

    /// <summary>Gets a value indicating whether the input has an axis of channels.</summary>
    public bool HasChannels { get; }

    /// <summary>Gets the channels.</summary>
    public int Channels { get; }

    /// <summary>Gets the input's size in each spatial dimension.</summary>
    public int[] InputSizes { get; }

    /// <summary>Gets the window's size in each spatial dimension.</summary>
    public int[] WindowSizes { get; }

    /// <summary>Gets the output's size in each spatial dimension.</summary>
    public int[] OutputSizes { get; }

    /// <summary>Gets a value indicating whether the maximum is kept, and not the mean.</summary>
    public bool IsMaximum => Spec.Pooling == PoolKind.Max;

    /// <summary>Returns the first input position under the window of an output; negative within the padding.</summary>
    public int[] From(int[] position) => [.. position.Select((p, d) => (p * stride[d]) - pads[d].Before)];

    /// <summary>Returns the indices in a channel of what lies under a window; -1 for padding.</summary>
    public IEnumerable<int> Under(int[] from) =>
        taps.Select(tap => WindowPositions.Index(InputSizes, [.. from.Select((first, d) => first + tap[d])]));

    /// <summary>Returns a value of the input.</summary>
    /// <param name="channel">The channel, from 0.</param>
    /// <param name="index">The index in the channel.</param>
    public double Value(int channel, int index) => input.Data[(channel * plane) + index];

    /// <summary>Pools a window. A NaN makes it a NaN.</summary>
    /// <param name="channel">The channel, from 0.</param>
    /// <param name="from">The first input position under the window.</param>
    /// <returns>The maximum or the mean, and where in the channel the maximum is; -1 for a mean.</returns>
    public (double Output, int Winner) Pool(int channel, int[] from)
    {
        int winner = -1;
        double sum = 0,
            largest = double.NegativeInfinity;
        foreach (int under in Under(from).Where(under => under >= 0))
        {
            double value = Value(channel, under);
            sum += value;
            if (winner < 0 || value > largest || (double.IsNaN(value) && !double.IsNaN(largest)))
            {
                (largest, winner) = (value, under);
            }
        }
        return IsMaximum ? (largest, winner) : (sum / taps.Length, -1);
    }
}
