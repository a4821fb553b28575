using ConvNetShell.Core.Layers.Pooling;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Operators;
using ConvNetShell.Display;

namespace ConvNetShell.Core.Understanding.Traces;

/// <summary>Ledgers of layers that keep or average the values of a window of one channel.</summary>
internal static class PoolLedgers
{
    public static UnitLedger Pool(UnitCase unit, Window window, PoolKind kind)
    {
        int[] kernel = window.Kernel.Expand(unit.Sizes.Length - 1);
        (int Before, int After)[] pads = window.Pads(unit.Layer.Input);
        return Of(unit, kind, kernel, tap => tap.Select((t, d) => unit.At[d + 1] * window.Stride[d] + t - pads[d].Before));
    }

    /// <summary>Cell i of m covers the input from floor(i n / m) to ceil((i + 1) n / m); a global pooling is one cell.</summary>
    public static UnitLedger Adaptive(UnitCase unit, AdaptivePoolSpec spec)
    {
        int dimensions = unit.Sizes.Length - 1;
        int[] cells = spec.Size?.Expand(dimensions) ?? [.. Enumerable.Repeat(1, dimensions)], at = spec.Size is null ? new int[dimensions] : unit.At[1..];
        int[] from = [.. cells.Select((m, d) => at[d] * unit.Sizes[d + 1] / m)];
        int[] size = [.. cells.Select((m, d) => ((at[d] + 1) * unit.Sizes[d + 1] + m - 1) / m - from[d])];
        return Of(unit, spec.Pooling, size, tap => tap.Select((t, d) => t + from[d]));
    }

    /// <summary>A mean that is multiplied with one trained number and has another added.</summary>
    public static UnitLedger Subsample(UnitCase unit, SubsampleSpec spec)
    {
        double coefficient = unit.Numbers("weight")![unit.At[0]];
        UnitLedger mean = Pool(unit, spec.Window, PoolKind.Average);
        return mean with
        {
            Operation = "sum times a trained coefficient",
            Taps = [.. mean.Taps.Select(tap => unit.Tap([.. tap.At], coefficient))],
            Bias = unit.Numbers("bias")![unit.At[0]],
        };
    }

    private static UnitLedger Of(UnitCase unit, PoolKind kind, int[] size, Func<int[], IEnumerable<int>> under)
    {
        int area = size.Aggregate(1, (product, length) => product * length);
        ActivationTap[] taps = [.. Places.Of(size).Select(tap => unit.Tap([unit.At[0], .. under(tap)], kind == PoolKind.Average ? 1.0 / area : 0))];
        int[] window = [1, .. size];
        if (kind == PoolKind.Average)
        {
            return new UnitLedger("mean, zeros of the padding included", taps) { Window = window };
        }
        int winner = Enumerable.Range(0, taps.Length).Where(i => !taps[i].IsPadding).MaxBy(i => taps[i].Value);
        taps[winner] = taps[winner] with { Weight = 1, Product = taps[winner].Value };
        return new UnitLedger("largest value", taps) { Window = window, Lead = winner };
    }
}
