using ConvNetShell.Core.Numerics;
using ConvNetShell.FusedKernels.Direct;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Activation;

/// <summary>The live scaling.</summary>
internal sealed class ScaleModule(double factor) : LayerModule
{
    public override bool AddTo(DirectBuilder program)
    {
        double[] factors = [.. Enumerable.Repeat(factor, program.Here.Channels)];
        program.Scale(factors, new double[factors.Length]);
        return true;
    }

    public override Tensor Forward(Tensor input, in ForwardContext context) => input.Times(factor);
}
