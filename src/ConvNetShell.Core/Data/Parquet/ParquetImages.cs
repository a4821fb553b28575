using System.Globalization;
using ConvNetShell.Core.Data.Streams;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Data.Parquet;

/// <summary>
/// Image files in a column of Parquet files. Each row group is a shard; the groups used last stay in memory, up to 192 MB as they are
/// stored, or one group where it is larger.
/// </summary>
internal sealed class ParquetImages : IEncodedImages
{
    private const long MostBytes = 192L << 20;
    private readonly Lock gate = new();
    private readonly (ParquetFile File, ParquetColumn Column, int Group)[] shards;
    private readonly int[] ends; // for each shard the index behind its last image
    private readonly Dictionary<int, Lazy<ReadOnlyMemory<byte>?[]>> kept = [];
    private readonly LinkedList<int> order = new(); // the shard used last is the last

    /// <param name="files">The files, each with the column that has the images.</param>
    public ParquetImages(IReadOnlyList<(ParquetFile File, ParquetColumn Column)> files)
    {
        shards =
        [
            .. files.SelectMany(file => Enumerable.Range(0, file.File.RowGroups.Count).Select(group => (file.File, file.Column, group))),
        ];
        ends = new int[shards.Length];
        for (int shard = 0; shard < shards.Length; shard++)
        {
            ends[shard] = checked((shard == 0 ? 0 : ends[shard - 1]) + Chunk(shard).Rows);
        }
    }

    /// <inheritdoc />
    public int Count => ends.LastOrDefault();

    /// <inheritdoc />
    public string Path(int index) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{shards[Shard(index)].File.Path} (row {Row(index)} of row group {shards[Shard(index)].Group})"
        );

    /// <inheritdoc />
    public string Name(int index) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{System.IO.Path.GetFileName(shards[Shard(index)].File.Path)}#{shards[Shard(index)].Group}:{Row(index)}"
        );

    /// <inheritdoc />
    public byte[] Bytes(int index) =>
        Group(Shard(index)).Value[Row(index)] is { } bytes
            ? bytes.ToArray()
            : throw new DataFormatException("Data.Missing", Path(index), "expected the bytes of an image. Received: none.");

    /// <summary>Returns the mean length of the images of the row group: the length of each is not known before they are read.</summary>
    /// <param name="index">The image, from 0.</param>
    public long Length(int index) => Chunk(Shard(index)).Length / Chunk(Shard(index)).Rows;

    /// <inheritdoc />
    public int Shard(int index)
    {
        int found = Array.BinarySearch(ends, index + 1);
        int shard = found < 0 ? ~found : found;
        while (shard > 0 && ends[shard - 1] == ends[shard])
        {
            shard--; // of equal ends, the empty row groups come last
        }
        return shard;
    }

    private int Row(int index) => Shard(index) is var shard && shard > 0 ? index - ends[shard - 1] : index;

    private ParquetChunk Chunk(int shard) => shards[shard].File.RowGroups[shards[shard].Group][shards[shard].Column.Index];

    private Lazy<ReadOnlyMemory<byte>?[]> Group(int shard)
    {
        lock (gate)
        {
            if (kept.TryGetValue(shard, out Lazy<ReadOnlyMemory<byte>?[]>? known))
            {
                order.Remove(shard);
                order.AddLast(shard);
                return known;
            }
            (ParquetFile file, ParquetColumn column, int group) = shards[shard];
            var read = new Lazy<ReadOnlyMemory<byte>?[]>(() => ColumnValues.Read(file, column, group));
            kept.Add(shard, read);
            order.AddLast(shard);
            while (order.Count > 1 && order.Sum(one => (long)Chunk(one).Length) > MostBytes)
            {
                kept.Remove(order.First!.Value);
                order.RemoveFirst();
            }
            return read;
        }
    }
}
