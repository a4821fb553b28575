using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Streams;

/// <summary>The live choice of a stream.</summary>
internal sealed class StreamModule(StreamSpec spec) : LayerModule
{
    private const int RowDimension = 3;

    public override bool SupportsBFloat16 => true;

    public override Tensor Forward(Tensor input, in ForwardContext context) =>
        spec.Stream == StreamKind.Picture
            ? input.narrow(RowDimension, 0, spec.Rows)
            : input.narrow(RowDimension, input.shape[RowDimension] - spec.Rows, spec.Rows).flatten(2);
}
