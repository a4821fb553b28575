using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Display.Records.Understanding;
using Google.Protobuf;
using Tensorboard;

namespace ConvNetShell.Core.Training.TensorBoard;

/// <summary>A picture of a layer's filters: one of color each, or a row each with a column for each channel.</summary>
internal static class FilterSheet
{
    private const int MostTiles = 32, // in a row and in a column
        Magnified = 4;

    /// <summary>Returns the picture; <see langword="null"/> for filters that are no pictures.</summary>
    public static Summary.Types.Image? Draw(IReadOnlyList<LayerFilter> filters)
    {
        int[] sizes = [.. filters[0].Shape.Split('x').Select(size => int.Parse(size, System.Globalization.CultureInfo.InvariantCulture))];
        if (sizes is not [var channels, var height, var width] || filters[0].Planes.Count > 0)
        {
            return null;
        }
        bool isColor = filters[0].SeesColor && channels == 3;
        int columns = Math.Min(isColor ? (int)Math.Ceiling(Math.Sqrt(filters.Count)) : channels, MostTiles),
            rows = Math.Min(isColor ? (filters.Count + columns - 1) / columns : filters.Count, MostTiles),
            depth = isColor ? 3 : 1;
        (int tileHeight, int tileWidth) = ((Magnified * height) + 1, (Magnified * width) + 1);
        (int sheetHeight, int sheetWidth) = ((rows * tileHeight) - 1, (columns * tileWidth) - 1);
        double bound = filters.SelectMany(filter => filter.Weights).Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        byte[] pixels = new byte[depth * sheetHeight * sheetWidth];
        Array.Fill(pixels, byte.MaxValue);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                int filter = isColor ? (row * columns) + column : row;
                for (int plane = 0; plane < depth && filter < filters.Count; plane++)
                {
                    for (int at = 0; at < Magnified * height * Magnified * width; at++)
                    {
                        (int y, int x) = Math.DivRem(at, Magnified * width);
                        int channel = isColor ? plane : column;
                        double weight = filters[filter].Weights[(((channel * height) + (y / Magnified)) * width) + (x / Magnified)];
                        int pixel = (((row * tileHeight) + y) * sheetWidth) + (column * tileWidth) + x;
                        pixels[(pixel * depth) + plane] = Gray(weight, bound);
                    }
                }
            }
        }
        return new Summary.Types.Image
        {
            Height = sheetHeight,
            Width = sheetWidth,
            Colorspace = depth,
            EncodedImageString = ByteString.CopyFrom(PngFile.Encode(pixels, new Shape(depth, sheetHeight, sheetWidth))),
        };
    }

    /// <summary>Returns the gray of a weight: the middle for zero, the ends for the largest magnitude.</summary>
    private static byte Gray(double weight, double bound) =>
        !double.IsFinite(weight) ? (byte)0
        : bound == 0 ? (byte)128
        : (byte)Math.Round(127.5 * (1 + (weight / bound)));
}
