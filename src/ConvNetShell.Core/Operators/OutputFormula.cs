using System.Globalization;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Operators;

/// <summary>Writes the formula of the output size with numbers put in.</summary>
internal static class OutputFormula
{
    /// <summary>Writes one formula for each dimension; equal ones once.</summary>
    public static string Write(Window window, int[] input, int[] output)
    {
        var shape = new Shape([1, .. input]);
        (int Before, int After)[] pads = window.Pads(shape);
        return string.Join(
            ", ",
            input
                .Select(
                    (size, d) =>
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"floor(({size} + {pads[d].Before} + {pads[d].After} - {Span(window, d)}) / {window.Stride[d]}) + 1 "
                                + $"= {output[d]}"
                        )
                )
                .Distinct()
        );
    }

    private static string Span(Window window, int d) =>
        window.Dilation[d] == 1
            ? window.Kernel[d].ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"({window.Dilation[d]} ({window.Kernel[d]} - 1) + 1)");
}
