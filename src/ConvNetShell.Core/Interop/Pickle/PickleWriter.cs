using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using ConvNetShell.Core.Storage;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Interop.Pickle;

/// <summary>Writes the pickle of a dictionary of tensors, as torch.save does with a state_dict (protocol 2).</summary>
internal sealed class PickleWriter
{
    private const byte Proto = 0x80,
        Global = (byte)'c',
        Mark = (byte)'(',
        EmptyTuple = (byte)')',
        Tuple = (byte)'t',
        Reduce = (byte)'R',
        Persistent = (byte)'Q',
        Text = (byte)'X',
        Long = 0x8a,
        False = 0x89,
        SetItems = (byte)'u',
        Stop = (byte)'.';

    private readonly ArrayBufferWriter<byte> bytes = new();

    /// <summary>Returns the pickle; the storage of each tensor has its position as its key.</summary>
    /// <param name="tensors">The tensors by name.</param>
    public static byte[] Write(IReadOnlyList<(string Name, Tensor Value)> tensors)
    {
        var writer = new PickleWriter();
        writer.Put(Proto, 2);
        writer.Dictionary();
        writer.Put(Mark);
        foreach ((int key, (string name, Tensor value)) in tensors.Index())
        {
            writer.Say(name);
            writer.Add(key, value);
        }
        writer.Put(SetItems, Stop);
        return writer.bytes.WrittenSpan.ToArray();
    }

    private void Add(int key, Tensor value)
    {
        Name(PickleGlobals.Tensor);
        Put(Mark, Mark);
        Say("storage");
        Name(PickleGlobals.StorageOf(TensorTypes.NameOf(value.dtype)));
        Say($"{key}");
        Say("cpu");
        Number(value.NumberOfElements);
        Put(Tuple, Persistent);
        Number(0); // where it begins in the storage
        Numbers(value.shape);
        Numbers(Steps(value.shape));
        Put(False); // no gradient
        Dictionary(); // no hooks
        Put(Tuple, Reduce);
    }

    // row by row
    private static long[] Steps(long[] shape)
    {
        var steps = new long[shape.Length];
        long step = 1;
        for (int i = shape.Length - 1; i >= 0; i--)
        {
            steps[i] = step;
            step *= Math.Max(1, shape[i]);
        }
        return steps;
    }

    private void Dictionary()
    {
        Name(PickleGlobals.OrderedDictionary);
        Put(EmptyTuple, Reduce);
    }

    private void Name(string global)
    {
        int point = global.LastIndexOf('.');
        Put(Global);
        Put(Encoding.ASCII.GetBytes($"{global[..point]}\n{global[(point + 1)..]}\n"));
    }

    private void Say(string text)
    {
        byte[] content = Encoding.UTF8.GetBytes(text),
            length = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(length, (uint)content.Length);
        Put(Text);
        Put(length);
        Put(content);
    }

    private void Numbers(long[] numbers)
    {
        Put(Mark);
        Array.ForEach(numbers, Number);
        Put(Tuple);
    }

    private void Number(long number)
    {
        byte[] content = new BigInteger(number).ToByteArray();
        Put(Long, (byte)content.Length);
        Put(content);
    }

    private void Put(params ReadOnlySpan<byte> values) => bytes.Write(values);
}
