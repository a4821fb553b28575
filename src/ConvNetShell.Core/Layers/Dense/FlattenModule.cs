using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Dense;

/// <summary>The live flattening.</summary>
internal sealed class FlattenModule : LayerModule
{
    public override bool TakesReduced => true;

    public override Tensor Forward(Tensor input, in ForwardContext context) => input.flatten(1);
}
