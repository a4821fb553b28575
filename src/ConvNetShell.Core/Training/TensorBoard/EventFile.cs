using System.Buffers.Binary;
using System.Numerics;
using Google.Protobuf;
using Tensorboard;

namespace ConvNetShell.Core.Training.TensorBoard;

/// <summary>
/// A file of TensorBoard's events: TFRecords with TorchSharp's protobuf messages. TorchSharp's own SummaryWriter opens the file for each
/// event and writes clock ticks as seconds.
/// </summary>
internal sealed class EventFile
{
    private const uint MaskDelta = 0xa282ead8;
    private readonly MemoryStream records = new();

    public EventFile(DateTimeOffset begun) => Add(new Event { FileVersion = "brain.Event:2", WallTime = Seconds(begun) });

    /// <summary>Gets the content so far.</summary>
    public byte[] Content => records.ToArray();

    /// <summary>Adds a value of a step.</summary>
    public void Add(long step, DateTimeOffset at, Summary.Types.Value value)
    {
        var summary = new Summary();
        summary.Value.Add(value);
        Add(
            new Event
            {
                Step = step,
                WallTime = Seconds(at),
                Summary = summary,
            }
        );
    }

    /// <summary>Adds a number of a step; one that is none is left out.</summary>
    public void AddScalar(string tag, long step, DateTimeOffset at, double value)
    {
        if (double.IsFinite(value))
        {
            Add(step, at, new Summary.Types.Value { Tag = tag, SimpleValue = (float)value });
        }
    }

    /// <summary>Returns the checksum of a TFRecord: CRC-32C, rotated and shifted.</summary>
    internal static uint Checksum(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in data)
        {
            crc = BitOperations.Crc32C(crc, value);
        }
        return BitOperations.RotateRight(~crc, 15) + MaskDelta;
    }

    private static double Seconds(DateTimeOffset at) => at.ToUnixTimeMilliseconds() / 1000.0;

    private void Add(Event item)
    {
        byte[] data = item.ToByteArray();
        Span<byte> length = stackalloc byte[sizeof(long)],
            checksum = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteInt64LittleEndian(length, data.Length);
        records.Write(length);
        BinaryPrimitives.WriteUInt32LittleEndian(checksum, Checksum(length));
        records.Write(checksum);
        records.Write(data);
        BinaryPrimitives.WriteUInt32LittleEndian(checksum, Checksum(data));
        records.Write(checksum);
    }
}
