using System.Collections.Concurrent;
using System.Security.Cryptography;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Tests.Data.Streams;

/// <summary>A store over a split in memory that keeps account of what it is asked for.</summary>
internal sealed class MemoryStore(DatasetSplit images, int threads = 2, int shardSize = 1) : ImageStore
{
    public override int Count => images.Count;

    public override Shape Shape => images.Shape;

    public override int DecodeThreads => threads;

    public ConcurrentQueue<int> Asked { get; } = new();

    /// <summary>Gets the images that were given, held weakly.</summary>
    public ConcurrentQueue<WeakReference> Given { get; } = new();

    public Exception? Fault { get; init; }

    public int FaultyImage { get; init; } = -1;

    public override byte[] Image(int index)
    {
        Asked.Enqueue(index);
        byte[] image = index == FaultyImage ? throw Fault! : images.Image(index).ToArray();
        Given.Enqueue(new WeakReference(image));
        return image;
    }

    public override int Shard(int index) => index / shardSize;

    public override long StoredBytes(int index) => images.Shape.Elements;

    public override void AppendIdentity(int index, IncrementalHash hash) => hash.AppendData(BitConverter.GetBytes(index));

    public DatasetSplit ToSplit() => new(images.Name, this, images.LabelArray);
}
