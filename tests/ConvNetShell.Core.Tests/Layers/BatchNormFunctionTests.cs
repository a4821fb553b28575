using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Layers.Normalization;
using ConvNetShell.Core.Numerics;
using ConvNetShell.FusedKernels.Normalization;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Layers;

public sealed class BatchNormFunctionTests
{
    private const double Epsilon = 1e-5;

    [Theory]
    [InlineData(new long[] { 6, 5 }, false)]
    [InlineData(new long[] { 3, 4, 7 }, true)]
    [InlineData(new long[] { 4, 16, 9, 9 }, true)]
    [InlineData(new long[] { 2, 3, 2, 5, 5 }, false)]
    public void It_computes_what_libtorch_does(long[] sizes, bool rectifies)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(1);
        Tensor input = rand(sizes, generator: random).requires_grad_(),
            scale = rand(sizes[1], generator: random).requires_grad_(),
            shift = (rand(sizes[1], generator: random) - 0.5).requires_grad_(),
            weights = randn(sizes, generator: random);
        Tensor expected = nn.functional.batch_norm(input, null, null, scale, shift, true, 0.1, Epsilon);
        expected = rectifies ? expected.relu() : expected;
        Tensor[] wanted = Gradients(expected);
        Tensor received = Normalize(input, scale, shift, rectifies, null);
        Assert.Equal(sizes, received.shape);
        Assert.True(expected.allclose(received, 1e-4, 1e-5));
        Assert.All(wanted.Zip(Gradients(received)), pair => Assert.True(pair.First.allclose(pair.Second, 1e-3, 1e-5)));

        Tensor[] Gradients(Tensor output)
        {
            OwnGradients.Run(() => (output * weights).sum().backward());
            Tensor[] found = [.. new[] { input, scale, shift }.Select(leaf => leaf.grad!.clone())];
            foreach (Tensor leaf in new[] { input, scale, shift })
            {
                leaf.grad = null;
            }
            return found;
        }
    }

    [Fact]
    public void An_error_in_the_backward_pass_is_thrown_after_it()
    {
        using var scope = NewDisposeScope();
        Tensor input = rand(4, 3).requires_grad_(),
            scale = ones(3).requires_grad_(),
            shift = zeros(3).requires_grad_();
        var exchange = new PartExchange();
        exchange.Begin(1);
        Tensor output = Normalize(input, scale, shift, false, new BatchPart(7, 8, exchange)); // there is no such part
        Assert.Throws<IndexOutOfRangeException>(() => OwnGradients.Run(() => output.sum().backward()));
        OwnGradients.Run(() => Normalize(input, scale, shift, false, null).sum().backward());
        Assert.NotNull(input.grad);
    }

    private static Tensor Normalize(Tensor input, Tensor scale, Tensor shift, bool rectifies, BatchPart? part)
    {
        Tensor rows = BatchNormFunction.Rows(input);
        var norm = new FusedBatchNorm(
            BatchNormFunction.Measure(rows.detach()),
            scale.data<float>().ToArray(),
            shift.data<float>().ToArray(),
            Epsilon,
            rectifies ? NormActivation.Relu : NormActivation.None
        );
        return BatchNormFunction.Normalize(rows, scale, shift, norm, part);
    }
}
