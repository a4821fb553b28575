using System.Globalization;
using System.Text;

namespace ConvNetShell.Core.Data.Parquet;

/// <summary>
/// A structure in Thrift's compact protocol (https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md): numbered
/// fields. What it takes in memory is bounded by the bytes it is read from.
/// </summary>
internal sealed class ThriftStruct
{
    private const int Deepest = 16;
    private readonly Dictionary<int, object> fields = [];

    private ThriftStruct() { }

    /// <summary>Reads a structure.</summary>
    /// <param name="cursor">Where it begins.</param>
    /// <param name="depth">How many structures it is inside of.</param>
    public static ThriftStruct Read(ByteCursor cursor, int depth = 0)
    {
        if (depth > Deepest)
        {
            throw cursor.Fail("structures in structures, at most 16 deep", "deeper ones");
        }
        var read = new ThriftStruct();
        int id = 0;
        while (true)
        {
            byte head = cursor.Byte();
            if (head == 0)
            {
                return read;
            }
            id = head >> 4 == 0 ? (int)ZigZag(cursor) : id + (head >> 4);
            int type = head & 15;
            read.fields[id] = type is 1 or 2 ? type == 1 : Value(cursor, type, depth);
        }
    }

    /// <summary>Returns a number; the default where the field is missing or has another type.</summary>
    public long Number(int id, long missing = 0) => fields.GetValueOrDefault(id) is long value ? value : missing;

    /// <summary>Returns whether a field is true.</summary>
    public bool? Flag(int id) => fields.GetValueOrDefault(id) as bool?;

    /// <summary>Returns a text; empty where the field is missing or has another type.</summary>
    public string Text(int id) =>
        fields.GetValueOrDefault(id) is ReadOnlyMemory<byte> value ? Encoding.UTF8.GetString(value.Span) : string.Empty;

    /// <summary>Returns a structure; <see langword="null"/> where the field is missing or has another type.</summary>
    public ThriftStruct? Struct(int id) => fields.GetValueOrDefault(id) as ThriftStruct;

    /// <summary>Returns the structures of a list; none where the field is missing or has another type.</summary>
    public IReadOnlyList<ThriftStruct> List(int id) =>
        fields.GetValueOrDefault(id) is List<object> values ? [.. values.OfType<ThriftStruct>()] : [];

    private static object Value(ByteCursor cursor, int type, int depth) =>
        type switch
        {
            1 or 2 => cursor.Byte() == 1, // in a list; a field has it in its type
            3 => (long)(sbyte)cursor.Byte(),
            4 or 5 or 6 => ZigZag(cursor),
            7 => cursor.Take(sizeof(double)),
            8 => cursor.Take(Length(cursor)),
            9 or 10 => Items(cursor, depth),
            11 => Pairs(cursor, depth),
            12 => Read(cursor, depth + 1),
            _ => throw cursor.Fail("a type from 1 to 12", type.ToString(CultureInfo.InvariantCulture)),
        };

    private static List<object> Items(ByteCursor cursor, int depth)
    {
        byte head = cursor.Byte();
        long count = head >> 4 == 15 ? Length(cursor) : head >> 4;
        if (count > cursor.Left || depth > Deepest)
        {
            throw cursor.Fail("no more items than bytes", count.ToString(CultureInfo.InvariantCulture));
        }
        var items = new List<object>();
        for (long i = 0; i < count; i++)
        {
            items.Add(Value(cursor, head & 15, depth + 1));
        }
        return items;
    }

    private static List<object> Pairs(ByteCursor cursor, int depth)
    {
        long count = Length(cursor);
        if (count > cursor.Left || depth > Deepest)
        {
            throw cursor.Fail("no more items than bytes", count.ToString(CultureInfo.InvariantCulture));
        }
        int types = count == 0 ? 0 : cursor.Byte();
        var items = new List<object>();
        for (long i = 0; i < count; i++)
        {
            items.Add(Value(cursor, types >> 4, depth + 1));
            items.Add(Value(cursor, types & 15, depth + 1));
        }
        return items;
    }

    private static long Length(ByteCursor cursor) =>
        cursor.Varint() is var length && length <= int.MaxValue
            ? (long)length
            : throw cursor.Fail("a length below 2^31", length.ToString(CultureInfo.InvariantCulture));

    private static long ZigZag(ByteCursor cursor)
    {
        ulong value = cursor.Varint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }
}
