using System.Security.Cryptography;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Datasets;

/// <summary>
/// Images that are decoded when they are needed instead of being kept in memory. Any thread may ask for an image.
/// </summary>
internal abstract class ImageStore
{
    /// <summary>Gets the number of images.</summary>
    public abstract int Count { get; }

    /// <summary>Gets the shape of every image, channels first.</summary>
    public abstract Shape Shape { get; }

    /// <summary>Gets how many threads decode images at the same time.</summary>
    public abstract int DecodeThreads { get; }

    /// <summary>Returns the bytes of an image, channels last.</summary>
    /// <param name="index">The image, from 0.</param>
    public abstract byte[] Image(int index);

    /// <summary>Returns the shard of an image: images of a shard are read together at little cost. Numbers rise with the index.</summary>
    /// <param name="index">The image, from 0.</param>
    public abstract int Shard(int index);

    /// <summary>Returns the size of an image as it is stored, in bytes.</summary>
    /// <param name="index">The image, from 0.</param>
    public abstract long StoredBytes(int index);

    /// <summary>Adds to a hash what identifies an image without decoding it: its name and its stored size.</summary>
    /// <param name="index">The image, from 0.</param>
    /// <param name="hash">The hash.</param>
    public abstract void AppendIdentity(int index, IncrementalHash hash);
}
