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
}
