using System.Globalization;

namespace ConvNetShell.Core.Layers.Windows;

/// <summary>Writes windows in the specification language, without default values.</summary>
internal static class WindowToken
{
    /// <summary>Writes the token of a layer with filters: kind, dimensions other than two, kernel and filters.</summary>
    public static string Filters(string kind, int dimensions, Window window, int filters) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{kind}{(dimensions == 2 ? string.Empty : $"{dimensions}d")}{window.Kernel.ToString(dimensions)}x{filters}"
                + $"{Options(window, 1, Windows.Padding.Same)}"
        );

    /// <summary>Writes stride, padding and dilation.</summary>
    public static string Options(Window window, SpatialSize stride, Padding padding) =>
        Stride(window, stride) + Padding(window, padding) + (window.Dilation.Equals(1) ? string.Empty : "d" + Number(window.Dilation));

    public static string Number(SpatialSize extent) =>
        extent.Count == 1 ? extent[0].ToString(CultureInfo.InvariantCulture) : extent.ToString();

    private static string Stride(Window window, SpatialSize standard) =>
        window.Stride.Equals(standard) ? string.Empty : "s" + Number(window.Stride);

    private static string Padding(Window window, Padding standard) =>
        window.Padding == standard
            ? string.Empty
            : window.Padding.Mode switch
            {
                PaddingMode.Same => "psame",
                PaddingMode.Valid => "p0",
                _ => "p" + window.Padding,
            };
}
