using System.Runtime.InteropServices;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Tests.Training;
using TorchSharp;

namespace ConvNetShell.Core.Tests.Errors;

public sealed class TorchFailureTests
{
    [Theory]
    [InlineData("conv3x3x4 relu fc10", 4, "conv1 (input 2x4x8x8, the batch first)")] // a channel too many
    [InlineData("relu bn fc10", 4, "bn1 (input 2x4x8x8, the batch first)")]
    [InlineData("res(conv3x3x3 relu conv3x3x3) fc10", 4, "conv1 (input 2x4x8x8, the batch first)")] // in the block
    public void An_error_of_libtorch_names_the_layer_and_its_input(string spec, int channels, string expected)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using Network network = TinyData.Network(spec, new Shape(3, 8, 8));

        ExternalException error = Assert.ThrowsAny<ExternalException>(() =>
            network.Logits(torch.zeros(2, channels, 8, 8), new ForwardContext(Training: false))
        );

        Assert.Equal(expected, TorchFailure.LayerOf(error));
    }

    [Fact]
    public void An_error_outside_of_layers_names_none()
    {
        using DisposeScope scope = torch.NewDisposeScope();

        ExternalException error = Assert.ThrowsAny<ExternalException>(() => torch.zeros(2, 3).reshape(4));

        Assert.Null(TorchFailure.LayerOf(error));
    }
}
