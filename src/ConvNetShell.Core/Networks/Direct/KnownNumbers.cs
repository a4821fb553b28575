using System.Runtime.InteropServices;
using ConvNetShell.Core.Compute.Native;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Numerics;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Networks.Direct;

/// <summary>
/// A copy of a tensor's numbers, by which it is known whether they have changed. Where libtorch counts changes, and more than a few numbers
/// are there, those of some cache lines are kept and compared too, should anything have been written past that count.
/// </summary>
internal sealed unsafe class KnownNumbers
{
    private const int Few = 256,
        Samples = 4, // lines
        Line = 16; // numbers
    private readonly NamedTensor source;
    private readonly Tensor tensor;
    private readonly nint address;
    private readonly int count;
    private readonly int[] numbers; // all, or those of the lines, as bits, which are compared a vector at a time
    private readonly long? version;

    private KnownNumbers(NamedTensor source, nint address, ReadOnlySpan<int> all, long? version)
    {
        (this.source, tensor, this.address, this.version) = (source, source.Value, address, version);
        count = all.Length;
        numbers = version is null ? all.ToArray() : new int[Samples * Line];
        for (int i = 0; version is not null && i < Samples; i++)
        {
            all.Slice(First(i), Line).CopyTo(numbers.AsSpan(i * Line));
        }
    }

    /// <summary>Gets a value indicating whether the numbers are still the same.</summary>
    public bool IsCurrent
    {
        get
        {
            if (!ReferenceEquals(tensor, source.Value) || tensor.IsInvalid)
            {
                return false;
            }
            var now = new ReadOnlySpan<int>((void*)address, count);
            return version is long known && TensorVersions.Of(tensor) == known ? AreLinesSame(now) : now.SequenceEqual(numbers);
        }
    }

    /// <summary>Returns the copy; <see langword="null"/> where the tensor is not in float32 in the processor's memory.</summary>
    public static KnownNumbers? Of(NamedTensor source)
    {
        if (source.Value.dtype != ScalarType.Float32 || source.Value.device.type != TorchSharp.DeviceType.CPU)
        {
            return null;
        }
        using var scope = NewDisposeScope();
        Tensor bare = source.Value.detach(),
            inOrder = bare.is_contiguous() ? bare : bare.movedim([1], [-1]); // filters have their channels last
        if (!inOrder.is_contiguous())
        {
            return null;
        }
        ReadOnlySpan<int> numbers = MemoryMarshal.Cast<byte, int>(inOrder.bytes);
        long? version = numbers.Length > Few ? TensorVersions.Of(source.Value) : null; // before the copy: what changes from now on counts
        return new KnownNumbers(source, inOrder.Address(), numbers, version);
    }

    private int First(int line) => (int)((long)(count - Line) * line / (Samples - 1));

    private bool AreLinesSame(ReadOnlySpan<int> now)
    {
        for (int i = 0; i < Samples; i++)
        {
            if (!now.Slice(First(i), Line).SequenceEqual(numbers.AsSpan(i * Line, Line)))
            {
                return false;
            }
        }
        return true;
    }
}
