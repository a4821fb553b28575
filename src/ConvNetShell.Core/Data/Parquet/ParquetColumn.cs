namespace ConvNetShell.Core.Data.Parquet;

/// <summary>A column of values in the schema of a Parquet file.</summary>
/// <param name="Index">Its index in each row group.</param>
/// <param name="Path">Its name, with those of the structures it is in: <c>img.bytes</c>.</param>
/// <param name="Type">The type as it is stored.</param>
/// <param name="DefinitionLevel">How many of these may be missing; a value is there where its level is this number.</param>
/// <param name="IsRepeated">Whether a row may have several values.</param>
internal sealed record ParquetColumn(int Index, string Path, ParquetType Type, int DefinitionLevel, bool IsRepeated);
