using ConvNetShell.Core.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Numerics;

public sealed class GradientsTests
{
    [Fact]
    public void A_leaf_a_result_and_what_the_value_does_not_depend_on()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor leaf = tensor(new float[] { 1, 2, 3 }, requires_grad: true),
            result = leaf * leaf,
            other = ones(3, requires_grad: true);

        Tensor?[] gradients = Gradients.Of((result * result).sum(), [leaf, result, other]); // the sum of x^4

        Assert.Equal([4, 32, 108], gradients[0]!.data<float>().ToArray());
        Assert.Equal([2, 8, 18], gradients[1]!.data<float>().ToArray());
        Assert.Null(gradients[2]);
    }

    [Fact]
    public void Gradients_that_a_tensor_has_stay()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor leaf = tensor(new float[] { 1, 2 }, requires_grad: true);
        (leaf * leaf).sum().backward();

        Assert.Equal([1, 1], Gradients.Of(leaf.sum(), leaf).data<float>().ToArray());
        Assert.Equal([2, 4], leaf.grad!.data<float>().ToArray());
    }
}
