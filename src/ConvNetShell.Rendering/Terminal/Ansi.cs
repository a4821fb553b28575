using System.Globalization;
using SkiaSharp;

namespace ConvNetShell.Rendering.Terminal;

/// <summary>The escape sequences of colors.</summary>
internal static class Ansi
{
    public const string Reset = "\u001b[0m";

    public static string Foreground(SKColor color) =>
        string.Create(CultureInfo.InvariantCulture, $"\u001b[38;2;{color.Red};{color.Green};{color.Blue}m");

    public static string Background(SKColor color) =>
        string.Create(CultureInfo.InvariantCulture, $"\u001b[48;2;{color.Red};{color.Green};{color.Blue}m");
}
