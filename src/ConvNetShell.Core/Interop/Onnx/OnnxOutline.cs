using System.Buffers.Binary;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Storage;
using Google.Protobuf;

namespace ConvNetShell.Core.Interop.Onnx;

/// <summary>
/// Reads a model without its large weights: each is replaced by where it is in the file, so that a weight is in memory once only, in its
/// network. The wire format is that of https://protobuf.dev/programming-guides/encoding.
/// </summary>
internal sealed class OnnxOutline(TensorFile file)
{
    private const int Large = 1 << 16,
        BufferBytes = 1 << 16;
    private const int Graph = 7,
        Initializer = 5;
    private const int Varint = 0,
        Fixed64 = 1,
        Delimited = 2,
        Fixed32 = 5;
    private readonly byte[] buffer = new byte[BufferBytes];
    private long bufferBegin,
        bufferEnd,
        at;

    /// <summary>Returns the bytes of the model.</summary>
    /// <exception cref="NetworkFileException">The file is damaged.</exception>
    public byte[] Read()
    {
        using var model = new MemoryStream();
        Copy(model, file.Length, [Graph, Initializer]);
        return model.ToArray();
    }

    // The path leads to the messages that have weights; where it ends, this message is one.
    private void Copy(MemoryStream to, long end, ReadOnlySpan<int> path)
    {
        using var output = new CodedOutputStream(to, leaveOpen: true);
        while (at < end)
        {
            ulong tag = ReadVarint(end);
            if (tag > uint.MaxValue)
            {
                throw Damaged($"expected a tag of 32 bits. Received: {tag}");
            }
            (int field, int kind) = ((int)(tag >> 3), (int)(tag & 7));
            bool isOurs = field is OnnxTensor.FileOffsetFieldNumber or OnnxTensor.FileLengthFieldNumber;
            if (kind == Delimited)
            {
                long length = ReadLength(end);
                if (path.Length > 0 && field == path[0])
                {
                    using var inner = new MemoryStream();
                    Copy(inner, at + length, path[1..]);
                    output.WriteTag((uint)tag);
                    output.WriteBytes(ByteString.CopyFrom(inner.GetBuffer(), 0, (int)inner.Length));
                }
                else if (path.Length == 0 && field == OnnxTensor.RawDataFieldNumber && length >= Large)
                {
                    WriteNumber(output, OnnxTensor.FileOffsetFieldNumber, at);
                    WriteNumber(output, OnnxTensor.FileLengthFieldNumber, length);
                    at += length;
                }
                else
                {
                    output.WriteTag((uint)tag);
                    output.WriteBytes(UnsafeByteOperations.UnsafeWrap(Take(length, end)));
                }
            }
            else if (kind == Varint)
            {
                ulong value = ReadVarint(end);
                if (!isOurs)
                {
                    output.WriteTag((uint)tag);
                    output.WriteUInt64(value);
                }
            }
            else if (kind == Fixed64)
            {
                output.WriteTag((uint)tag);
                output.WriteFixed64(BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong), end)));
            }
            else if (kind == Fixed32)
            {
                output.WriteTag((uint)tag);
                output.WriteFixed32(BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint), end)));
            }
            else
            {
                throw Damaged($"expected a field of a known kind. Received: {kind}");
            }
        }
    }

    private static void WriteNumber(CodedOutputStream output, int field, long value)
    {
        output.WriteTag(field, WireFormat.WireType.Varint);
        output.WriteInt64(value);
    }

    private long ReadLength(long end)
    {
        ulong length = ReadVarint(end);
        return length <= (ulong)(end - at)
            ? (long)length
            : throw Damaged($"expected at most {end - at} bytes in a field. Received: {length}");
    }

    private ulong ReadVarint(long end)
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            if (at >= end)
            {
                throw Damaged("expected the end of a number");
            }
            if (at < bufferBegin || at >= bufferEnd)
            {
                int count = (int)Math.Min(BufferBytes, file.Length - at);
                file.Read(buffer.AsSpan(0, count), at);
                (bufferBegin, bufferEnd) = (at, at + count);
            }
            byte next = buffer[at++ - bufferBegin];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
        throw Damaged("expected a number of at most 64 bits");
    }

    private byte[] Take(long length, long end)
    {
        if (length > end - at)
        {
            throw Damaged($"expected {length} more bytes in a message. Received: {end - at}");
        }
        byte[] bytes = file.Read(at, checked((int)length));
        at += length;
        return bytes;
    }

    private NetworkFileException Damaged(string text) => new("NetworkFile.Damaged", file.Path, $"{text}.", at);
}
