namespace ConvNetShell.Core.Data.Measures;

/// <summary>An image that an earlier one is the same as.</summary>
/// <param name="Image">The image, counted through the splits.</param>
/// <param name="Earlier">The first image like it.</param>
/// <param name="Difference">The root mean square of the differences of their values, which count from 0 to 1.</param>
internal sealed record DuplicateImage(int Image, int Earlier, double Difference);
