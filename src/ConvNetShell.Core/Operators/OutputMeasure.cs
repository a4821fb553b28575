using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Display.Records.Operators;

namespace ConvNetShell.Core.Operators;

/// <summary>Works out output sizes.</summary>
public static class OutputMeasure
{
    /// <summary>Measures a convolution or a pooling.</summary>
    /// <param name="input">The input's spatial sizes, one to three.</param>
    /// <param name="window">The window.</param>
    /// <param name="transposed">Whether the convolution is transposed.</param>
    /// <returns>The sizes and the formula.</returns>
    /// <exception cref="ConvNetException">The window does not fit.</exception>
    public static ConvOutputInfo Measure(IReadOnlyList<int> input, Window window, bool transposed = false)
    {
        int dimensions = Dimension.Check(input.Count);
        if (input.Any(size => size < 1))
        {
            throw new InvalidSettingException("InputSize", "integers of 1 or more", string.Join(',', input));
        }
        var shape = new Shape([1, .. input]);
        if (transposed)
        {
            var spec = new TransposedConvSpec(1, window, dimensions: dimensions);
            int[] larger = spec.OutputShape(shape).Spatial.ToArray();
            (int Before, int After)[] cuts = spec.Cuts();
            string formula = string.Join(
                ", ",
                input
                    .Select(
                        (size, d) =>
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"({size} - 1) {spec.Window.Stride[d]} + {spec.Window.Span(d)} - {cuts[d].Before} - "
                                    + $"{cuts[d].After} = {larger[d]}"
                            )
                    )
                    .Distinct()
            );
            return Info(larger, formula, cuts, new int[dimensions]);
        }
        Window fitted = window.Validate(dimensions);
        int[] output = fitted.OutputSizes("The window", shape, dimensions);
        return Info(output, OutputFormula.Write(fitted, [.. input], output), fitted.Pads(shape), fitted.Dropped(shape));

        ConvOutputInfo Info(int[] sizes, string formula, (int Before, int After)[] pads, int[] dropped) =>
            new(
                NumericArray.Text(input),
                window.Kernel.ToString(dimensions),
                NumericArray.Text(sizes),
                formula,
                string.Join('x', pads.Select(pad => string.Create(CultureInfo.InvariantCulture, $"{pad.Before}:{pad.After}"))),
                dropped,
                sizes
            );
    }
}
