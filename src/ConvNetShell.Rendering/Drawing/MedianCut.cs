using System.Runtime.InteropServices;
using SkiaSharp;

namespace ConvNetShell.Rendering.Drawing;

/// <summary>
/// Chooses a few colors for a picture of many: the box of colors that varies most is cut at its median until there are enough (Heckbert
/// 1982).
/// </summary>
internal static class MedianCut
{
    private const int Bits = 6,
        Steps = 1 << Bits;

    /// <summary>
    /// Returns the palette, and for each pixel the index of its color. Colors stay exactly as they are where there are no more than
    /// allowed.
    /// </summary>
    /// <param name="bitmap">The picture; opaque.</param>
    /// <param name="most">How many colors are allowed.</param>
    public static (SKColor[] Palette, byte[] Pixels) Reduce(SKBitmap bitmap, int most)
    {
        SKColor[] pixels = bitmap.Pixels;
        var exact = new Dictionary<SKColor, int>();
        foreach (SKColor color in pixels)
        {
            ref int index = ref CollectionsMarshal.GetValueRefOrAddDefault(exact, color, out bool known);
            index = known ? index : exact.Count - 1;
            if (exact.Count > most)
            {
                return Cut(pixels, most);
            }
        }
        return ([.. exact.Keys], Array.ConvertAll(pixels, color => (byte)exact[color]));
    }

    private static (SKColor[] Palette, byte[] Pixels) Cut(SKColor[] pixels, int most)
    {
        var counts = new int[Steps * Steps * Steps];
        foreach (SKColor color in pixels)
        {
            counts[Key(color)]++;
        }
        var boxes = new List<Box> { new([.. Enumerable.Range(0, counts.Length).Where(key => counts[key] > 0)], counts) };
        while (boxes.Count < most && boxes.MaxBy(box => box.Spread) is { Spread: > 0 } widest)
        {
            boxes.Remove(widest);
            boxes.AddRange(widest.Halves(counts));
        }
        var indices = new byte[counts.Length];
        for (int i = 0; i < boxes.Count; i++)
        {
            foreach (int key in boxes[i].Keys)
            {
                indices[key] = (byte)i;
            }
        }
        return ([.. boxes.Select(box => box.Mean)], Array.ConvertAll(pixels, color => indices[Key(color)]));
    }

    private static int Key(SKColor color) =>
        (((color.Red >> (8 - Bits)) * Steps) + (color.Green >> (8 - Bits))) * Steps + (color.Blue >> (8 - Bits));

    /// <summary>Colors that lie near one another.</summary>
    private sealed class Box
    {
        private readonly int axis;

        public Box(int[] keys, int[] counts)
        {
            Keys = keys;
            double total = keys.Sum(key => (double)counts[key]);
            double[] means = [.. Enumerable.Range(0, 3).Select(part => keys.Sum(key => (double)counts[key] * Part(key, part)) / total)];
            double[] spreads =
            [
                .. Enumerable.Range(0, 3).Select(part => keys.Sum(key => counts[key] * Math.Pow(Part(key, part) - means[part], 2))),
            ];
            axis = Array.IndexOf(spreads, spreads.Max());
            Spread = spreads[axis];
            Mean = new SKColor(Byte(means[0]), Byte(means[1]), Byte(means[2]));
        }

        public int[] Keys { get; }

        /// <summary>Gets the sum of the squared distances along the axis on which it is largest.</summary>
        public double Spread { get; }

        public SKColor Mean { get; }

        public Box[] Halves(int[] counts)
        {
            int[] sorted = [.. Keys.OrderBy(key => Part(key, axis))];
            long half = sorted.Sum(key => (long)counts[key]) / 2,
                below = 0;
            int cut = 0;
            while (cut < sorted.Length - 1 && (cut == 0 || below + counts[sorted[cut]] <= half))
            {
                below += counts[sorted[cut++]];
            }
            return [new Box(sorted[..cut], counts), new Box(sorted[cut..], counts)];
        }

        private static int Part(int key, int part) => (key >> (Bits * (2 - part))) & (Steps - 1);

        /// <summary>The lowest step is 0, the highest 255.</summary>
        private static byte Byte(double step) => (byte)Math.Round(step * 255 / (Steps - 1));
    }
}
