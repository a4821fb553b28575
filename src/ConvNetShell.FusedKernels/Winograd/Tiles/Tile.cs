using ConvNetShell.FusedKernels.Vectors;

namespace ConvNetShell.FusedKernels.Winograd.Tiles;

/// <summary>The sizes of the tiles that an image is computed in.</summary>
internal static class Tile
{
    /// <summary>The rows, and the columns, of a filter.</summary>
    public const int Filter = 3;

    /// <summary>The rows, and the columns, that a convolution without padding makes an image smaller by.</summary>
    public const int Lost = Filter - 1;

    /// <summary>The rows, and the columns, of a tile of the output.</summary>
    public const int Output = 4;

    /// <summary>The rows, and the columns, of the input's tile that it depends on.</summary>
    public const int Input = Output + Lost;

    /// <summary>The numbers of a filter.</summary>
    public const int Taps = Filter * Filter;

    /// <summary>The products that a tile takes for every channel and filter, one for each of its points.</summary>
    public const int Points = Input * Input;

    // lines of the first cache are chosen by address: tiles that are far apart by a power of two would share a few
    private const int Crowded = 8 * Lanes.Count;

    /// <summary>Returns the numbers from a transformed tile to the next.</summary>
    /// <param name="channels">The channels, or filters, of a tile.</param>
    public static int Stride(int channels)
    {
        int width = Lanes.Vectors(channels) * Lanes.Count;
        return width % Crowded == 0 ? width + Lanes.Count : width;
    }
}
