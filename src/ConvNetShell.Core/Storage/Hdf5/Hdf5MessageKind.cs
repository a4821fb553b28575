namespace ConvNetShell.Core.Storage.Hdf5;

/// <summary>The messages of object headers that are read; the numbers are those of the HDF5 specification.</summary>
internal enum Hdf5MessageKind
{
    /// <summary>Fills a gap.</summary>
    Nil = 0,

    /// <summary>The sizes of a dataset.</summary>
    Dataspace = 1,

    /// <summary>Where the links of a large group lie.</summary>
    LinkInfo = 2,

    /// <summary>The type of a dataset's values.</summary>
    Datatype = 3,

    /// <summary>A link of a small group.</summary>
    Link = 6,

    /// <summary>Where the values of a dataset lie.</summary>
    Layout = 8,

    /// <summary>How values are compressed.</summary>
    Filters = 11,

    /// <summary>An attribute.</summary>
    Attribute = 12,

    /// <summary>More messages elsewhere.</summary>
    Continuation = 16,

    /// <summary>Where the links of a group lie, in the older layout.</summary>
    SymbolTable = 17,

    /// <summary>Where the attributes of an object with many lie.</summary>
    AttributeInfo = 21,
}
