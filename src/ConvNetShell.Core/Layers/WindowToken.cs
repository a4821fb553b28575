using System.Globalization;

namespace ConvNetShell.Core.Layers;

/// <summary>Writes stride and padding in the specification language; what is the default there is left out.</summary>
internal static class WindowToken
{
    public static string Stride(Window window, Extent standard) =>
        window.Stride.Equals(standard) ? string.Empty : "s" + Number(window.Stride);

    public static string Padding(Window window, Padding standard) =>
        window.Padding == standard ? string.Empty
        : window.Padding.Mode == PaddingMode.Same ? "psame" : "p" + Number(window.Padding.Amount);

    public static string Number(Extent extent) =>
        extent.Count == 1 ? extent[0].ToString(CultureInfo.InvariantCulture) : extent.ToString();
}
