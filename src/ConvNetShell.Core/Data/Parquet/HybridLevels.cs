using System.Globalization;

namespace ConvNetShell.Core.Data.Parquet;

/// <summary>Reads small numbers as Parquet packs them: runs of one number, and groups of eight with a few bits each.</summary>
internal static class HybridLevels
{
    private const int WidestIndex = 32;

    /// <summary>Reads some numbers.</summary>
    /// <param name="cursor">Where they begin.</param>
    /// <param name="width">The bits of each.</param>
    /// <param name="count">How many.</param>
    public static int[] Read(ByteCursor cursor, int width, int count)
    {
        if (width > WidestIndex)
        {
            throw cursor.Fail("numbers of at most 32 bits", width.ToString(CultureInfo.InvariantCulture));
        }
        var numbers = new int[count];
        int end = 0;
        while (end < count)
        {
            ulong head = cursor.Varint();
            if (head >> 1 == 0)
            {
                throw cursor.Fail("a run of one number or more", "none");
            }
            if ((head & 1) == 0)
            {
                int run = (int)Math.Min(head >> 1, (ulong)(count - end)),
                    number = Bits(cursor.Take((width + 7) / 8).Span, 0, width);
                numbers.AsSpan(end, run).Fill(number);
                end += run;
                continue;
            }
            long groups = (long)Math.Min(head >> 1, int.MaxValue);
            ReadOnlySpan<byte> packed = cursor.Take(Math.Min(groups * width, cursor.Left)).Span; // the last group may be cut
            for (long i = 0; i < groups * 8 && end < count; i++)
            {
                if ((i * width) + width > packed.Length * 8L)
                {
                    throw cursor.Fail("more packed numbers", "the end of the page");
                }
                numbers[end++] = Bits(packed, i * width, width);
            }
        }
        return numbers;
    }

    private static int Bits(ReadOnlySpan<byte> bytes, long first, int width)
    {
        uint value = 0;
        for (int bit = 0; bit < width; bit++)
        {
            long at = first + bit;
            value |= (uint)((bytes[(int)(at >> 3)] >> (int)(at & 7)) & 1) << bit;
        }
        return (int)value;
    }
}
