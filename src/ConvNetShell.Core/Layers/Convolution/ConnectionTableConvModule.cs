using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Numerics;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Convolution;

/// <summary>
/// The live convolution with a connection table: its weights are laid out among zeros, so that one convolution computes all filters.
/// </summary>
internal sealed class ConnectionTableConvModule : LayerModule
{
    private readonly NamedTensor weight,
        bias,
        positions;
    private readonly long[] whole;
    private readonly ConvolutionShape shape = new([1, 1], [0, 0], [1, 1], 1);
    private readonly ConvolutionAlgorithms.Operator convolve;

    public ConnectionTableConvModule(ConnectionTableConvSpec spec, Shape input, WeightInitializer start)
    {
        int[] kernel = spec.Window.Kernel.Expand(2);
        long area = kernel[0] * kernel[1],
            connections = spec.Channels.Sum(channels => (long)channels.Count);
        whole = [spec.Channels.Count, input.Channels, kernel[0], kernel[1]];
        weight = new NamedTensor(
            "weight",
            start.Weights([connections, area], connections / spec.Channels.Count * area, spec.Channels.Count * area)
        );
        bias = new NamedTensor("bias", WeightInitializer.Constant(spec.Channels.Count, 0));
        long[] pairs =
        [
            .. spec.Channels.SelectMany((channels, filter) => channels.Select(channel => (long)filter * input.Channels + channel)),
        ];
        positions = new NamedTensor("connections", tensor(pairs).DetachFromDisposeScope());
        convolve = ConvolutionAlgorithms.Choose([2, input[0], input[1], input[2]], whole, shape);
    }

    public override IReadOnlyList<NamedTensor> Parameters => [weight, bias];

    public override Tensor Forward(Tensor input, in ForwardContext context)
    {
        Tensor laid = zeros([whole[0] * whole[1], weight.Value.shape[1]], weight.Value.dtype, weight.Value.device)
            .index_copy(0, Index(weight.Value.device), weight.Value);
        return convolve(input, ChannelsLast.Ensure(laid.reshape(whole)), bias.Value, shape);
    }

    public override void Dispose()
    {
        positions.Dispose();
        base.Dispose();
    }

    /// <summary>The table follows from the spec: it moves to the device with the weights and is not saved.</summary>
    private Tensor Index(Device device)
    {
        positions.MoveTo(device);
        return positions.Value;
    }
}
