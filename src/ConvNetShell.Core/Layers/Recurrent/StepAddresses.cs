using ConvNetShell.Core.Numerics;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Recurrent;

/// <summary>Where the numbers of each time lie in a float32 tensor of time x anything.</summary>
internal readonly struct StepAddresses
{
    private readonly nint start,
        step;

    /// <param name="tensor">The tensor, contiguous; it must outlive the addresses.</param>
    /// <param name="steps">How many times it has.</param>
    public StepAddresses(Tensor tensor, int steps)
    {
        start = tensor.Address();
        step = (nint)(tensor.numel() / steps * sizeof(float));
    }

    /// <summary>Gets the address of a time's first number.</summary>
    /// <param name="at">The time, from zero.</param>
    public nint this[int at] => start + at * step;
}
