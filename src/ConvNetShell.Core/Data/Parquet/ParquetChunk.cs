namespace ConvNetShell.Core.Data.Parquet;

/// <summary>The values of one column in one row group.</summary>
/// <param name="Rows">The number of rows.</param>
/// <param name="Codec">How its pages are packed: 0 not, 1 Snappy, 2 gzip.</param>
/// <param name="Offset">Where its first page begins in the file.</param>
/// <param name="Length">The bytes of all pages, packed.</param>
internal readonly record struct ParquetChunk(int Rows, int Codec, long Offset, int Length);
