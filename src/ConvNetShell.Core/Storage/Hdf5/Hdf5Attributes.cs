namespace ConvNetShell.Core.Storage.Hdf5;

/// <summary>Reads attributes that are texts: one, or a list.</summary>
internal static class Hdf5Attributes
{
    private const int MostTexts = 100_000;

    /// <summary>Returns the texts of an attribute, or <see langword="null"/> where the object lacks it or it is no text.</summary>
    /// <param name="source">The file.</param>
    /// <param name="messages">The messages of the object's header.</param>
    /// <param name="name">The attribute's name.</param>
    public static IReadOnlyList<string>? Texts(Hdf5Source source, IEnumerable<Hdf5Message> messages, string name)
    {
        foreach (Hdf5Message message in messages.Where(message => message.Kind == Hdf5MessageKind.Attribute))
        {
            if (Texts(source, message.Body(), name) is { } texts)
            {
                return texts;
            }
        }
        return null;
    }

    private static List<string>? Texts(Hdf5Source source, Hdf5Cursor attribute, string name)
    {
        const int padded = 1,
            withCharset = 3;
        int version = attribute.Byte();
        if (version is < padded or > withCharset)
        {
            throw attribute.Error("Damaged", "an attribute of version 1, 2 or 3", version);
        }
        attribute.Skip(1);
        int[] lengths = [(int)attribute.Number(2), (int)attribute.Number(2), (int)attribute.Number(2)];
        attribute.Skip(version == withCharset ? 1 : 0);
        Hdf5Cursor[] parts =
        [
            .. lengths.Select(length =>
            {
                Hdf5Cursor part = attribute.Part(length);
                attribute.Skip(version == padded ? Math.Min(-length & 7, attribute.Left) : 0);
                return part;
            }),
        ];
        if (parts[0].Text() != name)
        {
            return null;
        }
        Hdf5Type type = Hdf5Type.Read(parts[1]);
        long count = Hdf5Space.Count(Hdf5Space.Read(parts[2])) ?? long.MaxValue;
        if (type.Name is not (Hdf5Type.Text or Hdf5Type.VariableText))
        {
            return null;
        }
        if (count > MostTexts || count * type.Size > attribute.Left)
        {
            throw attribute.Error("Damaged", $"texts of {attribute.Left} bytes together", $"{count} of {type.Size} bytes each");
        }
        var texts = new List<string>((int)count);
        for (int i = 0; i < count; i++)
        {
            Hdf5Cursor value = attribute.Part(type.Size);
            texts.Add(type.Name == Hdf5Type.Text ? value.Text() : Variable(source, value));
        }
        return texts;
    }

    /// <summary>Reads a text of any length, which lies in a heap for the whole file.</summary>
    private static string Variable(Hdf5Source source, Hdf5Cursor value)
    {
        ulong length = value.Number(4),
            address = value.Number(8),
            index = value.Number(4);
        if (length == 0)
        {
            return string.Empty;
        }
        Hdf5Cursor header = source.Read(address, 16);
        header.Expect("GCOL"u8, "a heap of values");
        header.Skip(4);
        ulong size = header.Number(8);
        Hdf5Cursor heap = source.Read(address + 16, size < 16 ? 0 : size - 16);
        while (heap.Left >= 16)
        {
            ulong found = heap.Number(2);
            heap.Skip(6);
            ulong bytes = heap.Number(8);
            if (bytes > (ulong)heap.Left)
            {
                throw heap.Error("Damaged", $"a value of at most {heap.Left} bytes", bytes);
            }
            if (found == index)
            {
                return heap.Part((int)Math.Min(length, bytes)).Text();
            }
            heap.Skip((int)Math.Min((bytes + 7) & ~7UL, (ulong)heap.Left));
        }
        throw heap.Error("Damaged", $"value {index} in the heap of byte {address}", "none");
    }
}
