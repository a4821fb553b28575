using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Numerics;

/// <summary>The numbers of tensors.</summary>
internal static class TensorNumbers
{
    /// <summary>Returns the numbers of a tensor in the order of its dimensions, whatever their order in memory.</summary>
    public static float[] ToFloats(this Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.detach().to(ScalarType.Float32).cpu().contiguous().data<float>().ToArray();
    }

    /// <summary>Returns where the numbers of a tensor are, which must outlive the address: contiguous, in the processor's memory.</summary>
    public static unsafe nint Address(this Tensor tensor)
    {
        if (tensor.numel() * tensor.element_size() <= int.MaxValue)
        {
            return (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.bytes));
        }
        using Tensor flat = tensor.view(-1), // a span holds no more
            first = flat.narrow(0, 0, 1);
        return first.Address();
    }
}
