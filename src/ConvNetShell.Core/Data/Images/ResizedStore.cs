using System.Security.Cryptography;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Images;

/// <summary>Images of a store, resized as they are decoded.</summary>
/// <param name="store">The images.</param>
/// <param name="shape">The shape they get.</param>
/// <param name="resizer">Resizes from the store's shape to that one.</param>
internal sealed class ResizedStore(ImageStore store, Shape shape, Resizer resizer) : ImageStore
{
    /// <inheritdoc />
    public override int Count => store.Count;

    /// <inheritdoc />
    public override Shape Shape => shape;

    /// <inheritdoc />
    public override int DecodeThreads => store.DecodeThreads;

    /// <inheritdoc />
    public override byte[] Image(int index) => resizer.Resize(store.Image(index));

    /// <inheritdoc />
    public override int Shard(int index) => store.Shard(index);

    /// <inheritdoc />
    public override long StoredBytes(int index) => store.StoredBytes(index);

    /// <inheritdoc />
    public override void AppendIdentity(int index, IncrementalHash hash) => store.AppendIdentity(index, hash);
}
