using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Streams;

/// <summary>Image files that are decoded when they are needed.</summary>
/// <param name="images">The files.</param>
/// <param name="shape">The shape that every image has, or is resized to.</param>
/// <param name="resizes">Whether the images are resized.</param>
/// <param name="fit">How other proportions are resized.</param>
/// <param name="decodeThreads">How many threads decode.</param>
internal sealed class EncodedStore(IEncodedImages images, Shape shape, bool resizes, FitKind fit, int decodeThreads) : ImageStore
{
    /// <inheritdoc />
    public override int Count => images.Count;

    /// <inheritdoc />
    public override Shape Shape => shape;

    /// <inheritdoc />
    public override int DecodeThreads => decodeThreads;

    /// <inheritdoc />
    /// <exception cref="DataFormatException">The file is no image of the expected size.</exception>
    public override byte[] Image(int index) => EncodedSplit.Decode(images, index, shape, resizes, fit).Pixels;

    /// <inheritdoc />
    public override int Shard(int index) => images.Shard(index);

    /// <inheritdoc />
    public override long StoredBytes(int index) => images.Length(index);

    /// <inheritdoc />
    public override void AppendIdentity(int index, IncrementalHash hash)
    {
        hash.AppendData(Encoding.UTF8.GetBytes(images.Name(index)));
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, images.Length(index));
        hash.AppendData(length);
    }
}
