using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Storage.Hdf5;

/// <summary>An object of an HDF5 file: a group, or a dataset.</summary>
internal sealed class Hdf5Object
{
    private readonly Hdf5Source source;
    private readonly IReadOnlyList<Hdf5Message> messages;
    private readonly Dictionary<string, Hdf5Object> children = new(StringComparer.Ordinal);
    private IReadOnlyDictionary<string, ulong>? links;

    private Hdf5Object(Hdf5Source source, ulong address)
    {
        this.source = source;
        messages = Hdf5Header.Read(source, address);
    }

    /// <summary>Gets the names of the objects within, in the order of the file.</summary>
    public IEnumerable<string> Names => Links.Keys;

    /// <summary>Gets a value indicating whether it is a dataset.</summary>
    public bool IsDataset => messages.Any(message => message.Kind == Hdf5MessageKind.Layout);

    private IReadOnlyDictionary<string, ulong> Links => links ??= Hdf5Links.Of(source, messages);

    /// <summary>Opens the root of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="start">Where the HDF5 file begins in it.</param>
    /// <param name="length">How many bytes it has.</param>
    /// <exception cref="NetworkFileException">It is no HDF5 file, or damaged.</exception>
    public static Hdf5Object Open(TensorFile file, long start, long length)
    {
        var source = new Hdf5Source(file, start, length);
        return new Hdf5Object(source, Hdf5Superblock.Root(source));
    }

    /// <summary>Returns an object within, or <see langword="null"/>.</summary>
    /// <param name="path">Names with slashes between them.</param>
    public Hdf5Object? Find(string path)
    {
        Hdf5Object found = this;
        foreach (string name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!found.children.TryGetValue(name, out Hdf5Object? child))
            {
                if (found.IsDataset || !found.Links.TryGetValue(name, out ulong address))
                {
                    return null;
                }
                found.children[name] = child = new Hdf5Object(source, address);
            }
            found = child;
        }
        return found;
    }

    /// <summary>Returns the texts of an attribute, or <see langword="null"/>.</summary>
    /// <param name="name">The attribute's name.</param>
    public IReadOnlyList<string>? Texts(string name) => Hdf5Attributes.Texts(source, messages, name);

    /// <summary>Returns where the values of a dataset lie.</summary>
    /// <param name="name">The name that the entry has.</param>
    /// <exception cref="NetworkFileException">It is compressed, or lies outside of the file.</exception>
    public TensorEntry Entry(string name)
    {
        Hdf5Cursor space = Body(Hdf5MessageKind.Dataspace, name),
            layout = Body(Hdf5MessageKind.Layout, name);
        var type = Hdf5Type.Read(Body(Hdf5MessageKind.Datatype, name));
        IReadOnlyList<long> sizes = Hdf5Space.Read(space);
        long bytes =
            Hdf5Space.Count(sizes) * type.Size
            ?? throw space.Error("TooLarge", $"'{name}' within the file", TensorEntry.SizeText(sizes) + " values");
        const int oldest = 3,
            newest = 4,
            compact = 0,
            contiguous = 1;
        int version = layout.Byte(),
            kind = layout.Byte();
        if (version is not (oldest or newest) || kind is not (compact or contiguous))
        {
            throw layout.Error(
                "Unsupported",
                $"the values of '{name}' in one piece, as Keras writes them",
                "values in chunks, as for compression, or of another version"
            );
        }
        ulong address,
            size;
        if (kind == compact)
        {
            size = layout.Number(2);
            address = layout.Address;
        }
        else
        {
            address = layout.Number(8);
            size = layout.Number(8);
        }
        if (size != (ulong)bytes)
        {
            throw layout.Error("Damaged", $"{bytes} bytes of values of '{name}'", size);
        }
        return new TensorEntry(name, type.Name, sizes, bytes == 0 ? 0 : source.Locate(address, size), bytes);
    }

    private Hdf5Cursor Body(Hdf5MessageKind kind, string name) =>
        messages.FirstOrDefault(message => message.Kind == kind)?.Body()
        ?? throw source.Error("Damaged", $"expected a {kind} of '{name}'. Received: none.", 0);
}
