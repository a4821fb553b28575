using ConvNetShell.Core.Compute.Native;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Storage;

/// <summary>The bytes of tensors, in parts: a tensor may have more than an array holds.</summary>
internal static class TensorBytes
{
    private const long PartLength = 16 << 20;

    /// <summary>Takes a part of a tensor's bytes, which lie in the tensor itself.</summary>
    /// <param name="part">The part.</param>
    /// <param name="offset">The number of bytes before it.</param>
    public delegate void Visitor(Span<byte> part, long offset);

    /// <summary>Reads a tensor's bytes row by row, whatever its device and layout.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="read">Receives each part.</param>
    public static void Read(Tensor tensor, Visitor read)
    {
        using var scope = NewDisposeScope();
        Visit(tensor.detach().cpu().contiguous(), read);
    }

    /// <summary>Fills a tensor row by row, whatever its device, layout and type; takes no second tensor of its size if it is contiguous.
    /// </summary>
    /// <param name="target">The tensor.</param>
    /// <param name="type">The type of the values that come; they are converted to the tensor's.</param>
    /// <param name="fill">Fills each part.</param>
    public static void Fill(Tensor target, ScalarType type, Visitor fill)
    {
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        bool isPlain = target.device.type == TorchSharp.DeviceType.CPU && target.is_contiguous();
        if (isPlain && target.dtype == type)
        {
            Visit(target.detach(), fill);
            TensorVersions.Advance(target);
        }
        else if (isPlain)
        {
            Convert(target.detach().view(-1), type, fill);
        }
        else
        {
            Tensor whole = empty(target.shape, type);
            Visit(whole, fill);
            target.copy_(whole);
        }
    }

    private static void Convert(Tensor flat, ScalarType type, Visitor fill)
    {
        using Tensor like = empty(0, type);
        long size = like.ElementSize,
            step = PartLength / size;
        for (long start = 0; start < flat.NumberOfElements; start += step)
        {
            long end = Math.Min(start + step, flat.NumberOfElements);
            using Tensor part = empty(end - start, type),
                slice = flat.slice(0, start, end, 1);
            fill(part.bytes, start * size);
            slice.copy_(part);
        }
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
