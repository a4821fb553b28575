namespace ConvNetShell.Core.Data.Parquet;

/// <summary>How the values of a column are stored; the numbers are those of the format.</summary>
internal enum ParquetType
{
    /// <summary>One bit.</summary>
    Boolean,

    /// <summary>A number of four bytes.</summary>
    Int32,

    /// <summary>A number of eight bytes.</summary>
    Int64,

    /// <summary>A number of twelve bytes.</summary>
    Int96,

    /// <summary>A number with fractions, of four bytes.</summary>
    Float,

    /// <summary>A number with fractions, of eight bytes.</summary>
    Double,

    /// <summary>Text or bytes of any length.</summary>
    ByteArray,

    /// <summary>Bytes of one length.</summary>
    FixedLengthByteArray,
}
