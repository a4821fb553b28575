using ConvNetShell.Core.Numerics;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Activation;

/// <summary>The live scaling.</summary>
internal sealed class ScaleModule(double factor) : LayerModule
{
    public override Tensor Forward(Tensor input, in ForwardContext context) => input.Times(factor);
}
