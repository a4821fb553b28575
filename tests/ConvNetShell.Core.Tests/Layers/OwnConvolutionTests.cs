using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Blocks;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Spec;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.FusedKernels.Winograd;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Layers;

/// <summary>Convolutions by kernels of ours within a network, against libtorch's.</summary>
public sealed class OwnConvolutionTests
{
    private const double Tolerance = 1.5e-5, // of the largest value; 3.7e-6 was the largest difference seen
        Noise = 1e-7; // of gradients that are zero: those of a bias before a normalization
    private const int Count = 5;

    [Fact]
    public unsafe void Tensors_of_more_than_two_gigabytes_have_an_address()
    {
        using Tensor large = empty([3, 200_000_000L]), // whose memory nobody touches
            row = large[0];
        Assert.Equal((nint)OwnConvolution.Address(row), (nint)OwnConvolution.Address(large));
    }

    [Theory]
    [InlineData("conv3x3x20 relu conv3x3x33p0 tanh fc4", 1)]
    [InlineData("conv3x3x20 relu conv3x3x33p0 tanh fc4", 2)]
    [InlineData("conv3x3x16 bn relu res(conv3x3x16 bn relu conv3x3x16 bn) relu globalavg fc4", 3)]
    [InlineData("conv3x3x32s2 relu conv3x3x16s2p1 tanh fc4", 1)]
    [InlineData("conv3x3x48s3-nobias relu conv3x3x16s2p1:0 relu fc4", 3)]
    [InlineData("conv3x3x48-nobias relu conv3x3x17p0:1 relu fc4", 8)] // more threads than images; columns padded, rows not
    public void Outputs_and_gradients_are_libtorchs(string spec, int threads)
    {
        Assert.SkipUnless(OwnConvolution.IsSupported(CPU), "This processor lacks AVX-512.");
        using var scope = NewDisposeScope();
        using Network network = Network.Create(NetworkPlan.Fit(NetworkSpec.Parse(spec), new Shape(18, 11, 9)), 4);
        using var random = new Generator(7);
        Tensor images = randn([Count, 18, 11, 9], generator: random);
        Tensor[] wanted = Pass(network, images, []);
        KernelScratch[] scratch = OwnConvolution.Scratch(threads);
        Tensor[] got = Pass(network, images, scratch),
            again = Pass(network, images, scratch);
        Array.ForEach(scratch, own => own.Dispose());
        Assert.Equal(wanted.Length, got.Length);
        Assert.All(
            wanted.Zip(got),
            pair =>
            {
                double largest = pair.First.abs().max().item<float>();
                Assert.InRange((pair.First - pair.Second).abs().max().item<float>(), 0, Math.Max(Tolerance * largest, Noise));
            }
        );
        Assert.Contains(wanted.Zip(got), pair => !pair.First.eq(pair.Second).all().item<bool>()); // it is not libtorch's
        Assert.All(got.Zip(again), pair => Assert.True(pair.First.eq(pair.Second).all().item<bool>()));
    }

    [Fact]
    public void A_frozen_layer_has_no_gradients_and_passes_those_of_others()
    {
        Assert.SkipUnless(OwnConvolution.IsSupported(CPU), "This processor lacks AVX-512.");
        using var scope = NewDisposeScope();
        using Network network = Network.Create(
            NetworkPlan.Fit(NetworkSpec.Parse("conv3x3x16 relu conv3x3x16 relu fc4"), new Shape(16, 6, 6)),
            4
        );
        foreach (
            NamedTensor parameter in network.Parameters.Where(parameter => parameter.Name.StartsWith("conv2", StringComparison.Ordinal))
        )
        {
            parameter.Value.requires_grad_(false);
        }
        KernelScratch[] scratch = OwnConvolution.Scratch(1);
        LayerStack
            .Run([.. network.ExecutionOrder], randn(2, 16, 6, 6), new ForwardContext(Training: true, Scratch: scratch))
            .square()
            .sum()
            .backward();
        Array.ForEach(scratch, own => own.Dispose());
        Assert.All(
            network.Parameters,
            parameter => Assert.Equal(!parameter.Name.StartsWith("conv2", StringComparison.Ordinal), parameter.Value.grad is not null)
        );
        Assert.NotEqual(0, network.Parameters[0].Value.grad!.abs().sum().item<float>());
    }

    private static Tensor[] Pass(Network network, Tensor images, KernelScratch[] scratch)
    {
        Tensor input = images.detach().requires_grad_();
        Tensor output = LayerStack.Run([.. network.ExecutionOrder], input, new ForwardContext(Training: true, Scratch: scratch));
        OwnGradients.Run(() => output.square().sum().backward());
        Tensor[] all = [output.detach(), input.grad!.clone(), .. network.Parameters.Select(parameter => parameter.Value.grad!.clone())];
        foreach (NamedTensor parameter in network.Parameters)
        {
            parameter.Value.grad = null;
        }
        return all;
    }
}
