using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Layers.Convolution;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Layers;

public sealed class ConvolutionThreadTests
{
    // oneDNN makes what it needs anew for each; without preparation a few in a hundred go wrong, or the process ends.
    private const int Sizes = 40;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Threads_that_meet_a_layer_at_once_compute_what_one_does(bool isTransposed)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(1);
        var shape = new ConvolutionShape([1, 1], [1, 1], [1, 1], 1);
        ConvolutionAlgorithms.Operator compute = isTransposed ? ConvolutionAlgorithms.TransposedByLibrary : ConvolutionAlgorithms.ByLibrary;
        Tensor[] filters = [.. Enumerable.Range(0, Sizes).Select(i => randn([16 + i, 16 + i, 3, 3], generator: random))],
            inputs = [.. filters.Select(weight => randn([2, weight.shape[0], 7, 7], generator: random))];
        var found = new Tensor[2][];
        using (var threads = new ComputeThreads(2))
        {
            for (int i = 0; i < Sizes; i++)
            {
                int layer = i;
                threads.Run(part => found[part] = Gradients(layer));
                Assert.All(found[0].Zip(found[1]), pair => Assert.True(pair.First.allclose(pair.Second, 0, 0), $"layer {layer}"));
                Tensor[] alone = Gradients(layer);
                Assert.All(found[0].Zip(alone), pair => Assert.True(pair.First.allclose(pair.Second, 0, 0), $"layer {layer}"));
                Array.ForEach([.. found[0], .. found[1], .. alone], value => value.Dispose());
            }
        }

        Tensor[] Gradients(int layer)
        {
            Tensor input = inputs[layer].detach().requires_grad_(),
                weight = ChannelsLast.Ensure(filters[layer].detach()).detach().requires_grad_();
            Tensor output = compute(input, weight, null, shape);
            output.backward([ones_like(output)]);
            return [.. new[] { output.detach(), input.grad!, weight.grad! }.Select(value => value.clone().DetachFromDisposeScope())];
        }
    }
}
