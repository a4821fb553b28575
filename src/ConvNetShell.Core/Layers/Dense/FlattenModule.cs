using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Dense;

/// <summary>The live flattening.</summary>
internal sealed class FlattenModule : LayerModule
{
    public override bool SupportsBFloat16 => true;

    public override Tensor Forward(Tensor input, in ForwardContext context) => input.flatten(1);
}
