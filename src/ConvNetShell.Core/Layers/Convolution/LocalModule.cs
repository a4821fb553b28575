using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Numerics;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Convolution;

/// <summary>The live locally connected layer: a matrix product for each position, windows by filters.</summary>
internal sealed class LocalModule : LayerModule
{
    private readonly NamedTensor weight;
    private readonly NamedTensor? bias;
    private readonly Window window;
    private readonly long[] pads,
        output;

    public LocalModule(LocalSpec spec, Shape input, WeightInitializer start)
    {
        if (spec.Initializer?.Method is InitializerKind.Dirac or InitializerKind.PartialDirac)
        {
            throw new InvalidSettingException(
                "Initializer",
                "another one for a locally connected layer, which has filters of its own at each position",
                spec.Initializer.Method
            );
        }
        window = spec.Window;
        output = [.. spec.OutputShape(input).ToArray().Select(size => (long)size)];
        pads = [.. window.Pads(input).Reverse().SelectMany(pad => new long[] { pad.Before, pad.After })];
        long inputs = (long)spec.KernelArea * input.Channels;
        long[] kernel = [.. window.Kernel.Expand(spec.Dimensions).Select(k => (long)k)];
        weight = new NamedTensor(
            "weight",
            start
                .For(spec.Initializer)
                .Weights([.. output[1..], spec.Filters, input.Channels, .. kernel], inputs, spec.Filters * spec.KernelArea)
        );
        bias = spec.Bias ? new NamedTensor("bias", WeightInitializer.Constant(output, 0)) : null;
        Parameters = bias is null ? [weight] : [weight, bias];
    }

    public override IReadOnlyList<NamedTensor> Parameters { get; }

    public override Tensor Forward(Tensor input, in ForwardContext context)
    {
        Tensor windows = nn.functional.pad(input, pads);
        int dimensions = output.Length - 1;
        for (int d = 0; d < dimensions; d++)
        {
            windows = windows.unfold(d + 2, window.Span(d), window.Stride[d]); // adds the window's values as a last dimension
        }
        for (int d = 0; d < dimensions; d++)
        {
            windows = windows.slice(2 + dimensions + d, 0, window.Span(d), window.Dilation[d]);
        }
        // N, C, positions, kernel -> positions, N, C x kernel
        long[] order = [.. Range(2, dimensions), 0, 1, .. Range(2 + dimensions, dimensions)];
        long positions = output.AsSpan(1).ToArray().Aggregate(1L, (product, size) => product * size);
        Tensor seen = windows.permute(order).reshape(positions, input.shape[0], -1);
        Tensor filters = weight.Value.reshape(positions, output[0], -1).transpose(1, 2);
        Tensor values = seen.bmm(filters).permute(1, 2, 0).reshape([input.shape[0], .. output]);
        return bias is null ? values : values.Plus(bias.Value);
    }

    private static IEnumerable<long> Range(int start, int count) => Enumerable.Range(start, count).Select(d => (long)d);
}
