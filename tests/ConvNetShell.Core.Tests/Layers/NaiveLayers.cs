using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Pooling;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Operators;

namespace ConvNetShell.Core.Tests.Layers;

/// <summary>Convolution and pooling as nested loops over one sample, written from their definitions: a second opinion.</summary>
internal static class NaiveLayers
{
    /// <summary>Every place of a box, last dimension first to move.</summary>
    public static IEnumerable<int[]> Places(int[] sizes)
    {
        var place = new int[sizes.Length];
        while (true)
        {
            yield return place;
            int d = sizes.Length - 1;
            while (d >= 0 && ++place[d] == sizes[d])
            {
                place[d--] = 0;
            }
            if (d < 0)
            {
                yield break;
            }
        }
    }

    public static int Index(int[] sizes, int[] place)
    {
        int index = 0;
        for (int d = 0; d < sizes.Length; d++)
        {
            index = index * sizes[d] + place[d];
        }
        return index;
    }

    /// <summary>
    /// A convolution; with a weight for each place where <paramref name="shared"/> is false (places, filters, channels, kernel).
    /// </summary>
    public static double[] Convolve(double[] input, Shape shape, double[] weight, double[]? bias, FilterSpec spec, int groups, bool shared)
    {
        int[] sizes = shape.Spatial.ToArray(),
            output = spec.OutputShape(shape).Spatial.ToArray(),
            kernel = spec.Window.Kernel.Expand(sizes.Length);
        int channels = shape.Channels / groups,
            perGroup = spec.Filters / groups,
            places = output.Aggregate(1, (a, b) => a * b);
        var result = new double[spec.Filters * places];
        foreach (int[] place in Places(output))
        {
            int at = Index(output, place);
            for (int f = 0; f < spec.Filters; f++)
            {
                double sum = bias is null ? 0 : bias[shared ? f : f * places + at];
                for (int c = 0; c < channels; c++)
                {
                    foreach (int[] tap in Places(kernel))
                    {
                        int[] from =
                        [
                            .. place.Select(
                                (p, d) => p * spec.Window.Stride[d] + tap[d] * spec.Window.Dilation[d] - spec.Window.Pads(shape)[d].Before
                            ),
                        ];
                        if (from.Where((p, d) => p < 0 || p >= sizes[d]).Any())
                        {
                            continue;
                        }
                        int filter = shared ? f : at * spec.Filters + f;
                        int w = (filter * channels + c) * (int)spec.KernelArea + Index(kernel, tap);
                        sum +=
                            weight[w] * input[((f / perGroup * channels) + c) * sizes.Aggregate(1, (a, b) => a * b) + Index(sizes, from)];
                    }
                }
                result[f * places + at] = sum;
            }
        }
        return result;
    }

    /// <summary>A transposed convolution: every input value lays its filters, scaled, on the output.</summary>
    public static double[] Transpose(double[] input, Shape shape, double[] weight, double[]? bias, TransposedConvSpec spec)
    {
        int[] sizes = shape.Spatial.ToArray(),
            output = spec.OutputShape(shape).Spatial.ToArray(),
            kernel = spec.Window.Kernel.Expand(sizes.Length);
        int channels = shape.Channels / spec.Groups,
            perGroup = spec.Filters / spec.Groups,
            places = output.Aggregate(1, (a, b) => a * b);
        double[] result = [.. Enumerable.Range(0, spec.Filters * places).Select(i => bias?[i / places] ?? 0)];
        foreach (int[] place in Places(sizes))
        {
            for (int c = 0; c < shape.Channels; c++)
            {
                double value = input[c * sizes.Aggregate(1, (a, b) => a * b) + Index(sizes, place)];
                for (int f = 0; f < perGroup; f++)
                {
                    foreach (int[] tap in Places(kernel))
                    {
                        int[] to =
                        [
                            .. place.Select((p, d) => p * spec.Window.Stride[d] + tap[d] * spec.Window.Dilation[d] - Before(spec, d)),
                        ];
                        if (!to.Where((p, d) => p < 0 || p >= output[d]).Any())
                        {
                            result[(c / channels * perGroup + f) * places + Index(output, to)] +=
                                value * weight[(c * perGroup + f) * spec.KernelArea + Index(kernel, tap)];
                        }
                    }
                }
            }
        }
        return result;
    }

    /// <summary>A pooling; padding counts as zeros for the mean and never wins a maximum.</summary>
    public static double[] Pool(double[] input, Shape shape, PoolSpec spec)
    {
        int[] sizes = shape.Spatial.ToArray(),
            output = spec.OutputShape(shape).Spatial.ToArray(),
            kernel = spec.Window.Kernel.Expand(sizes.Length);
        int places = output.Aggregate(1, (a, b) => a * b),
            area = kernel.Aggregate(1, (a, b) => a * b),
            plane = sizes.Aggregate(1, (a, b) => a * b);
        var result = new double[shape.Channels * places];
        for (int c = 0; c < shape.Channels; c++)
        {
            foreach (int[] place in Places(output))
            {
                double sum = 0,
                    largest = double.NegativeInfinity;
                foreach (int[] tap in Places(kernel))
                {
                    int[] from = [.. place.Select((p, d) => p * spec.Window.Stride[d] + tap[d] - spec.Window.Pads(shape)[d].Before)];
                    if (!from.Where((p, d) => p < 0 || p >= sizes[d]).Any())
                    {
                        double value = input[c * plane + Index(sizes, from)];
                        sum += value;
                        largest = Math.Max(largest, value);
                    }
                }
                result[c * places + Index(output, place)] = spec.Pooling == PoolKind.Max ? largest : sum / area;
            }
        }
        return result;
    }

    /// <summary>What Same cuts off before a transposed output: half of what the filter reaches beyond the step.</summary>
    private static int Before(TransposedConvSpec spec, int d) =>
        spec.Window.Padding.Mode == PaddingMode.Same
            ? Math.Max(0, spec.Window.Dilation[d] * (spec.Window.Kernel[d] - 1) + 1 - spec.Window.Stride[d]) / 2
            : spec.Window.Padding.Before[d];
}
