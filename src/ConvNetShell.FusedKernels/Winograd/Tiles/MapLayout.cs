namespace ConvNetShell.FusedKernels.Winograd.Tiles;

/// <summary>Where the maps of images are in memory, pixel by pixel.</summary>
/// <param name="Row">The numbers from a row to the next.</param>
/// <param name="Image">The numbers from an image to the next.</param>
internal readonly record struct MapLayout(nint Row, nint Image)
{
    /// <summary>Returns that of maps with nothing between them.</summary>
    /// <param name="height">The rows.</param>
    /// <param name="width">The columns.</param>
    /// <param name="channels">The channels.</param>
    public static MapLayout Dense(int height, int width, int channels) => new((nint)width * channels, (nint)height * width * channels);
}
