using ConvNetShell.Core.Layers.Activation;
using ConvNetShell.Core.Layers.Pooling;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Operators;
using ConvNetShell.Display.Records.Understanding;

namespace ConvNetShell.Core.Understanding.Traces;

/// <summary>Traces of layers that keep the maximum or average of a window of one channel.</summary>
internal static class PoolContributions
{
    public static ContributionTrace Pool(TracedUnit unit, Window window, PoolKind kind)
    {
        int[] kernel = window.Kernel.Expand(unit.Sizes.Length - 1);
        (int Before, int After)[] pads = window.Pads(unit.Layer.Input);
        return Of(unit, kind, kernel, tap => tap.Select((t, d) => unit.At[d + 1] * window.Stride[d] + t - pads[d].Before));
    }

    /// <summary>Cell i of m covers the input from floor(i n / m) to ceil((i + 1) n / m); a global pooling is one cell.</summary>
    public static ContributionTrace Adaptive(TracedUnit unit, AdaptivePoolSpec spec)
    {
        int dimensions = unit.Sizes.Length - 1;
        int[] cells = spec.Size?.Expand(dimensions) ?? [.. Enumerable.Repeat(1, dimensions)],
            at = spec.Size is null ? new int[dimensions] : unit.At[1..];
        int[] from = [.. cells.Select((m, d) => at[d] * unit.Sizes[d + 1] / m)];
        int[] size = [.. cells.Select((m, d) => ((at[d] + 1) * unit.Sizes[d + 1] + m - 1) / m - from[d])];
        return Of(unit, spec.Pooling, size, tap => tap.Select((t, d) => t + from[d]));
    }

    /// <summary>The largest of a group of channels.</summary>
    public static ContributionTrace Maxout(TracedUnit unit, MaxoutSpec spec)
    {
        Contribution[] taps =
        [
            .. Enumerable
                .Range(spec.GroupSize * unit.At[0], spec.GroupSize)
                .Select(channel => unit.Contribution([channel, .. unit.At[1..]], 0)),
        ];
        return Largest(taps, [spec.GroupSize, .. Enumerable.Repeat(1, unit.At.Length - 1)]);
    }

    /// <summary>A mean that is multiplied with one trained number and has another added.</summary>
    public static ContributionTrace Subsample(TracedUnit unit, SubsampleSpec spec)
    {
        double coefficient = unit.Numbers("weight")![unit.At[0]];
        ContributionTrace mean = Pool(unit, spec.Window, PoolKind.Average);
        return mean with
        {
            Operation = "sum times a trained coefficient",
            Contributions = [.. mean.Contributions.Select(tap => unit.Contribution([.. tap.At], coefficient))],
            Bias = unit.Numbers("bias")![unit.At[0]],
        };
    }

    private static ContributionTrace Of(TracedUnit unit, PoolKind kind, int[] size, Func<int[], IEnumerable<int>> under)
    {
        int area = size.Aggregate(1, (product, length) => product * length);
        Contribution[] taps =
        [
            .. WindowPositions
                .Of(size)
                .Select(tap => unit.Contribution([unit.At[0], .. under(tap)], kind == PoolKind.Average ? 1.0 / area : 0)),
        ];
        int[] window = [1, .. size];
        if (kind == PoolKind.Average)
        {
            return new ContributionTrace("mean, zeros of the padding included", taps) { Window = window };
        }
        return Largest(taps, window);
    }

    private static ContributionTrace Largest(Contribution[] taps, int[] window)
    {
        int winner = Enumerable.Range(0, taps.Length).Where(i => !taps[i].IsPadding).MaxBy(i => taps[i].Value);
        taps[winner] = taps[winner] with { Weight = 1, Product = taps[winner].Value };
        return new ContributionTrace("largest value", taps) { Window = window, Lead = winner };
    }
}
