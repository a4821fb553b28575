namespace ConvNetShell.Core.Storage.Hdf5;

/// <summary>Reads the messages of an object's header, in both layouts.</summary>
internal static class Hdf5Header
{
    private const int MostBlocks = 1000,
        MostMessages = 100_000;

    private static ReadOnlySpan<byte> Signature => "OHDR"u8;

    /// <summary>Reads the messages; those that other objects share are left out.</summary>
    /// <param name="source">The file.</param>
    /// <param name="address">Where the header begins.</param>
    public static IReadOnlyList<Hdf5Message> Read(Hdf5Source source, ulong address)
    {
        bool isNew = source.Read(address, (ulong)Signature.Length).Bytes(Signature.Length).SequenceEqual(Signature);
        (Hdf5Cursor first, int extra) = isNew ? New(source, address) : Old(source, address);
        var found = new List<Hdf5Message>();
        var blocks = new Queue<Hdf5Cursor>([first]);
        for (int count = 0; blocks.Count > 0; count++)
        {
            Hdf5Cursor block = blocks.Dequeue();
            if (count > MostBlocks || found.Count > MostMessages)
            {
                throw block.Error("Damaged", $"a header of at most {MostBlocks} parts", "more; its parts may name one another");
            }
            Messages(source, block, isNew, extra, found, blocks);
        }
        return found;
    }

    private static (Hdf5Cursor, int) Old(Hdf5Source source, ulong address)
    {
        const ulong prefix = 16;
        Hdf5Cursor start = source.Read(address, prefix);
        start.Expect([1], "a header (version 1)");
        start.Skip(7);
        return (source.Read(address + prefix, start.Number(4)), 0);
    }

    private static (Hdf5Cursor, int) New(Hdf5Source source, ulong address)
    {
        const int times = 0x20,
            limits = 0x10,
            order = 0x04;
        Hdf5Cursor start = source.Read(address, Math.Min(34, (ulong)source.Length - address));
        start.Expect(Signature, "a header");
        start.Expect([2], "a header (version 2)");
        int flags = start.Byte();
        start.Skip(((flags & times) != 0 ? 16 : 0) + ((flags & limits) != 0 ? 4 : 0));
        ulong size = start.Number(1 << (flags & 3));
        return (source.Read(start.Address, size), (flags & order) != 0 ? 2 : 0);
    }

    private static void Messages(
        Hdf5Source source,
        Hdf5Cursor block,
        bool isNew,
        int extra,
        List<Hdf5Message> found,
        Queue<Hdf5Cursor> blocks
    )
    {
        const int shared = 2,
            checksum = 4;
        int prefix = isNew ? 4 + extra : 8;
        while (block.Left >= prefix)
        {
            var kind = (Hdf5MessageKind)block.Number(isNew ? 1 : 2);
            int size = (int)block.Number(2),
                flags = block.Byte();
            block.Skip(isNew ? extra : 3);
            Hdf5Cursor body = block.Part(size);
            if (kind == Hdf5MessageKind.Continuation)
            {
                ulong address = body.Number(8),
                    length = body.Number(8);
                Hdf5Cursor next = source.Read(address, length);
                if (isNew)
                {
                    next.Expect("OCHK"u8, "a part of a header");
                    next = next.Part(next.Left - checksum);
                }
                blocks.Enqueue(next);
            }
            else if ((flags & shared) == 0 && kind != Hdf5MessageKind.Nil)
            {
                found.Add(new Hdf5Message(kind, () => body.From(0)));
            }
        }
    }
}
