namespace ConvNetShell.Core.Storage.Hdf5;

/// <summary>Reads the links of a group: names, and the addresses of the objects. Links to other files and paths are left out.</summary>
/// <param name="source">The file.</param>
internal sealed class Hdf5Links(Hdf5Source source)
{
    private const ulong Nowhere = ulong.MaxValue;
    private readonly Dictionary<string, ulong> found = new(StringComparer.Ordinal);
    private readonly HashSet<ulong> visited = [];

    /// <summary>Returns the links that messages of a header say.</summary>
    public static IReadOnlyDictionary<string, ulong> Of(Hdf5Source source, IEnumerable<Hdf5Message> messages)
    {
        var links = new Hdf5Links(source);
        foreach (Hdf5Message message in messages)
        {
            switch (message.Kind)
            {
                case Hdf5MessageKind.SymbolTable:
                    Hdf5Cursor table = message.Body();
                    ulong tree = table.Number(8);
                    links.Node(tree, Heap(source, table.Number(8)));
                    break;
                case Hdf5MessageKind.Link:
                    links.Link(message.Body());
                    break;
                case Hdf5MessageKind.LinkInfo:
                    RequireFew(message.Body());
                    break;
                default:
                    break;
            }
        }
        return links.found;
    }

    /// <summary>Returns the names of a group.</summary>
    private static Hdf5Cursor Heap(Hdf5Source source, ulong address)
    {
        Hdf5Cursor header = source.Read(address, 32);
        header.Expect("HEAP"u8, "the names of a group");
        header.Skip(4);
        ulong size = header.Number(8);
        header.Skip(8);
        return source.Read(header.Number(8), size);
    }

    private static void RequireFew(Hdf5Cursor info)
    {
        const int hasMaximum = 1;
        info.Skip(1);
        info.Skip((info.Byte() & hasMaximum) != 0 ? 8 : 0);
        if (info.Number(8) != Nowhere)
        {
            throw info.Error("Unsupported", "groups as h5py writes them by default", "a group with its links in a fractal heap");
        }
    }

    /// <summary>Reads a node of the tree; no node is read twice, so that trees that name themselves end.</summary>
    private void Node(ulong root, Hdf5Cursor names)
    {
        var open = new Stack<ulong>([root]);
        while (open.TryPop(out ulong address))
        {
            Hdf5Cursor start = source.Read(address, 8);
            if (!visited.Add(address))
            {
                throw start.Error("Damaged", "a tree of links", "one that names a node twice");
            }
            if (start.From(0).Bytes(4).SequenceEqual("SNOD"u8))
            {
                Entries(address, start, names);
                continue;
            }
            start.Expect("TREE"u8, "a tree of links");
            start.Expect([0], "a tree of links (type 0)");
            start.Skip(1);
            int count = (int)start.Number(2);
            Hdf5Cursor body = source.Read(address + 8, (ulong)(16 + (count * 16)));
            body.Skip(16); // the neighbors
            for (int i = 0; i < count; i++)
            {
                body.Skip(8); // the name before which the child's lie
                open.Push(body.Number(8));
            }
        }
    }

    private void Entries(ulong address, Hdf5Cursor start, Hdf5Cursor names)
    {
        const int length = 40;
        start.Skip(6);
        int count = (int)start.Number(2);
        Hdf5Cursor entries = source.Read(address + 8, (ulong)(count * length));
        for (int i = 0; i < count; i++)
        {
            string name = names.From(entries.Number(8)).Text();
            Add(name, entries.Number(8), entries);
            entries.Skip(length - 16);
        }
    }

    private void Link(Hdf5Cursor link)
    {
        const int hasKind = 8,
            hasOrder = 4,
            hasCharset = 16;
        link.Expect([1], "a link (version 1)");
        int flags = link.Byte();
        bool isHard = (flags & hasKind) == 0 || link.Byte() == 0;
        link.Skip(((flags & hasOrder) != 0 ? 8 : 0) + ((flags & hasCharset) != 0 ? 1 : 0));
        ulong length = link.Number(1 << (flags & 3));
        if (length > (ulong)link.Left)
        {
            throw link.Error("Damaged", $"a name of at most {link.Left} bytes", length);
        }
        string name = link.Part((int)length).Text();
        if (isHard)
        {
            Add(name, link.Number(8), link);
        }
    }

    private void Add(string name, ulong address, Hdf5Cursor at)
    {
        if (!found.TryAdd(name, address))
        {
            throw at.Error("Damaged", "one link of each name in a group", $"two of '{name}'");
        }
    }
}
