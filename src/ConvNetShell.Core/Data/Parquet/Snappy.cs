using System.Globalization;

namespace ConvNetShell.Core.Data.Parquet;

/// <summary>Unpacks Snappy's raw format (https://github.com/google/snappy/blob/main/format_description.txt).</summary>
internal static class Snappy
{
    /// <summary>Unpacks some bytes.</summary>
    /// <param name="cursor">The packed bytes, to their end.</param>
    /// <param name="length">The bytes that they must give.</param>
    public static byte[] Unpack(ByteCursor cursor, int length)
    {
        ulong declared = cursor.Varint();
        if (declared != (ulong)length)
        {
            throw cursor.Fail($"{Text(length)} unpacked bytes", declared.ToString(CultureInfo.InvariantCulture));
        }
        var unpacked = new byte[length];
        int end = 0;
        while (cursor.Left > 0)
        {
            byte tag = cursor.Byte();
            int kind = tag & 3;
            if (kind == 0)
            {
                long count = (tag >> 2) + 1;
                if (count > 60)
                {
                    count = LittleEndian(cursor, (int)count - 60) + 1;
                }
                Require(cursor, count <= length - end);
                cursor.Take(count).Span.CopyTo(unpacked.AsSpan(end));
                end += (int)count;
                continue;
            }
            int copied = kind == 1 ? 4 + ((tag >> 2) & 7) : (tag >> 2) + 1;
            long back = kind == 1 ? ((tag >> 5) << 8) | cursor.Byte() : LittleEndian(cursor, kind == 2 ? 2 : 4);
            Require(cursor, back > 0 && back <= end && copied <= length - end);
            for (int i = 0; i < copied; i++, end++)
            {
                unpacked[end] = unpacked[end - (int)back]; // the two may overlap
            }
        }
        Require(cursor, end == length);
        return unpacked;
    }

    private static long LittleEndian(ByteCursor cursor, int count)
    {
        long value = 0;
        for (int i = 0; i < count; i++)
        {
            value |= (long)cursor.Byte() << (8 * i);
        }
        return value;
    }

    private static void Require(ByteCursor cursor, bool holds)
    {
        if (!holds)
        {
            throw cursor.Fail("packed data that gives its declared length", "data that does not");
        }
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
