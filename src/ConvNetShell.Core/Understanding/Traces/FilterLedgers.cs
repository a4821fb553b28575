using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Operators;
using ConvNetShell.Display;

namespace ConvNetShell.Core.Understanding.Traces;

/// <summary>Ledgers of layers with weights: each value in the window times the filter's weight, and the bias. The weights are read, not derived.</summary>
internal static class FilterLedgers
{
    private const string Words = "sum of products";

    public static UnitLedger Convolution(UnitCase unit, ConvSpec spec)
    {
        int channels = unit.Sizes[0] / spec.Groups, first = unit.At[0] / (spec.Filters / spec.Groups) * channels;
        int[] kernel = spec.Window.Kernel.Expand(spec.Dimensions);
        return Windowed(unit, spec.Window, kernel, [.. Enumerable.Range(first, channels)], unit.Numbers("weight")!, (long)unit.At[0] * channels * Count(kernel), Bias(unit, unit.At[0]));
    }

    public static UnitLedger Local(UnitCase unit, LocalSpec spec)
    {
        int[] kernel = spec.Window.Kernel.Expand(spec.Dimensions), output = spec.OutputShape(unit.Layer.Input).ToArray();
        int places = Count(output[1..]), place = Places.Index(output[1..], unit.At[1..]);
        long filter = ((long)place * spec.Filters + unit.At[0]) * unit.Sizes[0] * Count(kernel);
        return Windowed(unit, spec.Window, kernel, [.. Enumerable.Range(0, unit.Sizes[0])], unit.Numbers("weight")!, filter, Bias(unit, unit.At[0] * places + place));
    }

    public static UnitLedger Table(UnitCase unit, MapConvSpec spec)
    {
        int[] kernel = spec.Window.Kernel.Expand(2);
        int before = spec.Channels.Take(unit.At[0]).Sum(channels => channels.Count);
        return Windowed(unit, spec.Window, kernel, [.. spec.Channels[unit.At[0]]], unit.Numbers("weight")!, (long)before * Count(kernel), Bias(unit, unit.At[0]));
    }

    public static UnitLedger Dense(UnitCase unit)
    {
        double[] weights = unit.Numbers("weight")!;
        ActivationTap[] taps = [.. Enumerable.Range(0, unit.Input.Length).Select(i => unit.Tap(Places.At(unit.Sizes, i), weights[(long)unit.At[0] * unit.Input.Length + i]))];
        return new UnitLedger(Words, taps) { Bias = Bias(unit, unit.At[0]), Window = unit.Sizes };
    }

    /// <summary>Every input value lays the filter on the output, stride apart; the unit sums up what lies on it.</summary>
    public static UnitLedger Transposed(UnitCase unit, TransposedConvSpec spec)
    {
        int[] kernel = spec.Window.Kernel.Expand(spec.Dimensions);
        (int Before, int After)[] cuts = spec.Cuts();
        double[] weights = unit.Numbers("weight")!;
        int filters = spec.Filters / spec.Groups, channels = unit.Sizes[0] / spec.Groups, group = unit.At[0] / filters;
        var taps = new List<ActivationTap>();
        foreach (int channel in Enumerable.Range(group * channels, channels))
        {
            foreach (int[] tap in Places.Of(kernel))
            {
                int[] reached = [.. tap.Select((t, d) => unit.At[d + 1] + cuts[d].Before - t * spec.Window.Dilation[d])];
                int[] place = [channel, .. reached.Select((r, d) => r / spec.Window.Stride[d])];
                bool lies = reached.Select((r, d) => r >= 0 && r % spec.Window.Stride[d] == 0).All(yes => yes) && Places.Index(unit.Sizes, place) >= 0;
                if (lies)
                {
                    taps.Add(unit.Tap(place, weights[((long)channel * filters + unit.At[0] % filters) * Count(kernel) + Places.Index(kernel, tap)]));
                }
            }
        }
        return new UnitLedger(Words, taps) { Bias = Bias(unit, unit.At[0]) };
    }

    /// <summary>The distance of a vector from a code: no product, but a sum all the same.</summary>
    public static UnitLedger Codes(UnitCase unit)
    {
        double[] codes = unit.Numbers("codes")!;
        return new UnitLedger("sum of -(value - weight)^2 / 2", [.. unit.Input.Select((value, i) =>
        {
            double code = codes[(long)unit.At[0] * unit.Input.Length + i];
            return new ActivationTap([i], value, code, -(value - code) * (value - code) / 2);
        })]);
    }

    private static UnitLedger Windowed(UnitCase unit, Window window, int[] kernel, int[] channels, double[] weights, long first, double bias)
    {
        (int Before, int After)[] pads = window.Pads(unit.Layer.Input);
        long next = first;
        var taps = new List<ActivationTap>(channels.Length * Count(kernel));
        foreach (int channel in channels)
        {
            foreach (int[] tap in Places.Of(kernel))
            {
                taps.Add(unit.Tap([channel, .. tap.Select((t, d) => unit.At[d + 1] * window.Stride[d] + t * window.Dilation[d] - pads[d].Before)], weights[next++]));
            }
        }
        return new UnitLedger(Words, taps) { Bias = bias, Window = [channels.Length, .. kernel] };
    }

    private static double Bias(UnitCase unit, int index) => unit.Numbers("bias") is double[] biases ? biases[index] : 0;

    private static int Count(int[] sizes) => sizes.Aggregate(1, (product, size) => product * size);
}
