using static TorchSharp.torch;

namespace ConvNetShell.Core.Training.Checkpoints;

/// <summary>The bytes of tensors, in parts: a tensor may have more than an array holds.</summary>
internal static class TensorBytes
{
    private const long PartLength = 16 << 20;

    /// <summary>Takes a part of a tensor's bytes, which lie in the tensor itself.</summary>
    /// <param name="part">The part.</param>
    /// <param name="offset">The number of bytes before it.</param>
    public delegate void Visitor(Span<byte> part, long offset);

    /// <summary>Returns the entry of a tensor in a checkpoint.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="tensor">The tensor.</param>
    public static TensorEntry Entry(string name, Tensor tensor) =>
        new(name, tensor.dtype.ToString(), tensor.shape, tensor.NumberOfElements * tensor.ElementSize);

    /// <summary>Reads a tensor's bytes row by row, whatever its device and layout.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="read">Receives each part.</param>
    public static void Read(Tensor tensor, Visitor read)
    {
        using var scope = NewDisposeScope();
        Visit(tensor.detach().cpu().contiguous(), read);
    }

    /// <summary>Fills a tensor row by row, whatever its device and layout.</summary>
    /// <param name="target">The tensor.</param>
    /// <param name="fill">Fills each part.</param>
    public static void Fill(Tensor target, Visitor fill)
    {
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        Tensor whole = empty(target.shape, target.dtype);
        Visit(whole, fill);
        target.copy_(whole);
    }

    private static void Visit(Tensor contiguous, Visitor visit)
    {
        Tensor flat = contiguous.view(-1);
        long step = PartLength / flat.ElementSize;
        for (long start = 0; start < flat.NumberOfElements; start += step)
        {
            using Tensor part = flat.slice(0, start, Math.Min(start + step, flat.NumberOfElements), 1);
            visit(part.bytes, start * flat.ElementSize);
        }
    }
}
