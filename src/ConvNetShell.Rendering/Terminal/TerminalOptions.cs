namespace ConvNetShell.Rendering.Terminal;

/// <summary>The abilities of a terminal.</summary>
/// <param name="Width">The columns.</param>
/// <param name="Height">The rows.</param>
/// <param name="Color">Whether it shows colors: 24 bits of them.</param>
public sealed record TerminalOptions(int Width, int Height, bool Color)
{
    /// <summary>Gets the columns a picture takes at most.</summary>
    public int MostTile { get; init; } = int.MaxValue;

    /// <summary>Gets how it draws pixels; <see langword="null"/> where it draws characters only.</summary>
    public SixelOptions? Sixel { get; init; }

    /// <summary>Gets how many pictures are drawn; the rest is counted.</summary>
    public int MostPictures { get; init; } = 48;
}
