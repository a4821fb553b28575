namespace ConvNetShell.Rendering.Terminal;

/// <summary>How a terminal that draws pixels (DEC's sixel graphics) wants them.</summary>
/// <param name="CellWidth">The pixels of a character, across.</param>
/// <param name="CellHeight">The pixels of a character, down.</param>
/// <param name="Colors">How many colors a picture may have, from 2 to 256.</param>
/// <param name="Dark">Whether the terminal's background is dark; <see langword="null"/> where it has not said so.</param>
public sealed record SixelOptions(int CellWidth = 10, int CellHeight = 20, int Colors = 256, bool? Dark = null);
