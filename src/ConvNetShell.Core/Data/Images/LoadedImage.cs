using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Images;

/// <summary>One image in memory.</summary>
/// <param name="Path">The file it came from.</param>
/// <param name="Shape">Its shape, channels first.</param>
/// <param name="Pixels">Its bytes, channels last (row, column, channel), 0 to 255.</param>
/// <param name="IsGrey">Whether the file itself is grey, whatever <paramref name="Shape"/> was asked for.</param>
public sealed record LoadedImage(string Path, Shape Shape, byte[] Pixels, bool IsGrey)
{
    /// <summary>Says the file and the shape.</summary>
    /// <returns>For example <c>cat.png: 3x32x32</c>.</returns>
    public override string ToString() => $"{Path}: {Shape}";
}
