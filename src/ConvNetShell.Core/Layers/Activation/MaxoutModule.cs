using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Activation;

/// <summary>The live maxout.</summary>
internal sealed class MaxoutModule(int groupSize) : LayerModule
{
    public override bool SupportsBFloat16 => true;

    public override Tensor Forward(Tensor input, in ForwardContext context) =>
        input.unflatten(1, input.shape[1] / groupSize, groupSize).max(2).values;
}
