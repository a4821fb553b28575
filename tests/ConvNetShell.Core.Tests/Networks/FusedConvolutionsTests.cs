using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Blocks;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Spec;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Presets;
using ConvNetShell.FusedKernels;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Networks;

/// <summary>
/// The fused convolutions against libtorch in float32. Weights and images are small whole numbers, few of them not zero, so that every sum
/// is exact in bfloat16 too: any
/// value or gradient at the wrong index shows. Where the processor lacks AVX512_BF16 or AVX-512, the reference kernels are tested.
/// </summary>
public sealed class FusedConvolutionsTests
{
    private const int Exact = 256; // whole numbers up to this are bfloat16

    private static readonly (Shape Input, string Layers, int Length)[] Cases =
    [
        (new(3, 32, 32), "conv5x5x16 relu pool2 conv5x5x20 relu pool2 conv5x5x20 relu pool2 fc10 softmax", 9),
        (new(1, 28, 28), "conv5x5x6 relu pool2 conv5x5x16p0 relu pool2 fc10 softmax", 6),
        (new(1, 28, 28), "conv5x5x8 relu pool2 conv5x5x16 relu pool3 fc10 softmax", 6),
        (new(2, 9, 13), "conv3x3x5 conv3x3x7p0 relu fc10 softmax", 3), // neither pooling nor ReLU; odd sizes
        (new(3, 11, 7), "conv3x3x17 pool2 tanh conv3x3x4 fc10 softmax", 2), // ends before a tanh, which is not fused
        (new(1, 12, 12), "conv1x1x64 relu conv3x5x33 pool3 relu fc10 softmax", 5),
        (new(30, 8, 10), "conv3x5x31p0 relu pool2 conv2x2x12p0 fc10 softmax", 4),
        (new(3, 11, 7), "conv3x3x5 pool2psame relu fc10 softmax", 1), // pooling with uneven padding is not fused
        (new(2, 1, 2), "conv5x5x16 relu conv3x3x18 relu fc10 softmax", 4), // filters larger than the picture
        // pixels outside every window, no zeros between rows of gradients
        (new(3, 9, 9), "conv3x3x5p2 pool2 relu conv3x3x6 fc10 softmax", 4),
        (new(2, 3, 3), "conv3x3x3 relu pool3 fc10 softmax", 3), // one value a filter
        (new(4, 6, 40), "conv5x5x48 pool2 conv1x1x3 relu fc10 softmax", 4),
        (new(1, 64), "conv1d5x16 relu pool2 conv1d5x32 relu pool2 conv1d3x32 relu globalavg fc6 softmax", 8), // signals
        (new(3, 17), "conv1d4x5p0 pool3 tanh fc2 softmax", 2),
    ];

    /// <summary>Gets the networks, each in bfloat16 and in float32.</summary>
    public static TheoryData<Shape, string, int, bool> Networks
    {
        get
        {
            var data = new TheoryData<Shape, string, int, bool>();
            foreach ((Shape input, string layers, int length) in Cases)
            {
                data.Add(input, layers, length, true);
                data.Add(input, layers, length, false);
            }
            return data;
        }
    }

    [Theory]
    [InlineData(0.3f, true)]
    [InlineData(1e9f, true)]
    [InlineData(1e20f, false)] // two of them overflow
    [InlineData(3e38f, false)]
    [InlineData(float.PositiveInfinity, false)]
    [InlineData(float.NaN, false)]
    public void Weights_whose_sums_could_overflow_are_out_of_range(float value, bool isInRange)
    {
        using Network network = Network.Create(
            NetworkPlan.Fit(NetworkSpec.Parse("conv3x3x4 relu pool2 conv3x3x4 relu pool2 fc3"), new Shape(3, 8, 8)),
            4
        );
        using FusedConvolutions fused = Create(network, 4)!;
        Assert.True(fused.IsInRange());
        using (no_grad())
        {
            foreach (
                NamedTensor parameter in network.Parameters.Where(parameter => parameter.Name.StartsWith("conv", StringComparison.Ordinal))
            )
            {
                parameter.Value.fill_(value);
            }
        }
        Assert.Equal(isInRange, fused.IsInRange());
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Values_and_gradients_are_libtorchs(Shape input, string layers, int length, bool isReduced)
    {
        const int count = 5;
        using var scope = NewDisposeScope();
        using Network network = Network.Create(NetworkPlan.Fit(NetworkSpec.Parse(layers), input), 4);
        using var random = new Generator(7);
        using (no_grad())
        {
            foreach (NamedTensor parameter in network.Parameters)
            {
                parameter.Value.copy_(
                    Whole(
                        parameter.Value.shape,
                        parameter.Value.shape.Length == 1 ? 0.5
                            : network.InputShape.Elements < 100 ? 0.3
                            : 0.05,
                        random
                    )
                );
            }
        }
        Tensor images = ChannelsFirst(Whole([count, .. Sizes(input)], 0.3, random));
        using FusedConvolutions fused = Create(network, count + 2, isReduced)!;
        Assert.Equal(length, fused.Length);
        // nothing of another batch may be left
        Step(fused, ChannelsFirst(randn([count + 2, .. Sizes(input)], generator: random)));
        Gradients(network);

        Tensor expected = LayerStack.Run(network.ExecutionOrder.Take(length).ToArray(), images, new ForwardContext(Training: true));
        Tensor slopes = Whole(expected.shape, expected.numel() < 100 ? 1 : 0.1, random);
        (expected * slopes).sum().backward();
        Tensor[] wanted = Gradients(network);
        Tensor received = fused.Forward(images);
        (received.to(ScalarType.Float32) * slopes).sum().backward();
        fused.Backward(received.grad!);

        Assert.InRange(expected.abs().max().item<float>(), 1, Exact);
        Assert.True(expected.eq(received.to(ScalarType.Float32)).all().item<bool>());
        Tensor[] got = Gradients(network);
        Assert.Equal(wanted.Length, got.Length);
        Assert.All(
            wanted.Zip(got),
            pair =>
                Assert.True(
                    pair.First.eq(pair.Second).all().item<bool>(),
                    $"{(pair.First - pair.Second).abs().max().item<float>()} of {pair.First.abs().max().item<float>()}"
                )
        );
        Assert.All(wanted, gradient => Assert.NotEqual(0, gradient.abs().sum().item<float>()));
    }

    [Fact]
    public void Gradients_are_added_to_those_there_are()
    {
        using var scope = NewDisposeScope();
        using Network network = NetworkFactory.FromPreset(NetworkPresets.Find("CIFAR10"));
        using var random = new Generator(8);
        using FusedConvolutions fused = Create(network, 3)!;
        Tensor images = randn([3, 32, 32, 3], generator: random).permute(0, 3, 1, 2);
        Step(fused, images);
        Tensor[] once = [.. Gradients(network, clear: false).Select(gradient => gradient.clone())];
        Step(fused, images);

        Assert.All(once.Zip(Gradients(network)), pair => Assert.True((pair.First * 2).eq(pair.Second).all().item<bool>()));
    }

    [Fact]
    public void NaN_stays_NaN()
    {
        using var scope = NewDisposeScope();
        using Network network = NetworkFactory.FromPreset(NetworkPresets.Find("CIFAR10"));
        using FusedConvolutions fused = Create(network, 2)!;
        Tensor images = zeros([2, 32, 32, 3]);
        images[1, 16, 16, 1] = float.NaN;

        Tensor output = fused.Forward(images.permute(0, 3, 1, 2)).detach().to(ScalarType.Float32);

        Assert.False(output[0].isnan().any().item<bool>());
        Assert.True(output[1].isnan().any().item<bool>());
    }

    [Theory]
    [InlineData(3, 32, 32, "conv5x5x16s2 relu fc10 softmax")]
    [InlineData(3, 32, 32, "conv5x5x65 relu fc10 softmax")]
    [InlineData(1, 200, 200, "conv3x3x16 relu pool190 fc10 softmax")] // positions in a window beyond 16 bits
    [InlineData(1, 8, 1100, "conv1x1030x2 relu fc10 softmax")] // much code
    [InlineData(2, 32, 32, "conv5x5x4g2 relu fc10 softmax")]
    [InlineData(3, 32, 32, "fc10 softmax")]
    public void Unsupported_sizes_are_left_to_libtorch(int channels, int height, int width, string layers)
    {
        using Network network = Network.Create(NetworkPlan.Fit(NetworkSpec.Parse(layers), new Shape(channels, height, width)), 4);
        Assert.Null(Create(network, 4));
    }

    [Fact]
    public void Many_channels_are_left_to_minimal_filtering_in_float32()
    {
        Assert.SkipUnless(OwnConvolution.IsSupported(CPU), "This processor lacks AVX-512.");
        using Network network = Network.Create(
            NetworkPlan.Fit(NetworkSpec.Parse("conv3x3x32 relu conv3x3x32 relu pool2 fc10 softmax"), new Shape(3, 8, 8)),
            4
        );
        using FusedConvolutions reduced = Create(network, 4)!,
            whole = Create(network, 4, isReduced: false)!;
        Assert.Equal(5, reduced.Length);
        Assert.Equal(2, whole.Length);
    }

    private static FusedConvolutions? Create(Network network, int capacity, bool isReduced = true) =>
        FusedConvolutions.Create(
            network,
            capacity,
            isReduced,
            FusedConvolutions.IsSupported(isReduced ? Precision.BFloat16 : Precision.Float32)
                ? FusedConvStack.Create
                : FusedConvStack.CreateReference
        );

    private static long[] Sizes(Shape shape) => [.. Enumerable.Range(1, shape.Count).Select(i => (long)shape[i % shape.Count])];

    private static Tensor ChannelsFirst(Tensor values) => values.movedim([-1], [1]);

    private static void Step(FusedConvolutions fused, Tensor images)
    {
        Tensor output = fused.Forward(images);
        output.sum().backward();
        fused.Backward(output.grad!);
    }

    private static Tensor Whole(long[] shape, double share, Generator random) =>
        (rand(shape, generator: random) < share).to(ScalarType.Float32)
        * (randint(0, 2, shape, ScalarType.Float32, generator: random) * 2 - 1);

    private static Tensor[] Gradients(Network network, bool clear = true)
    {
        Tensor[] gradients = [.. network.Parameters.Select(parameter => parameter.Value.grad).OfType<Tensor>()];
        foreach (NamedTensor parameter in clear ? network.Parameters : [])
        {
            parameter.Value.grad = null;
        }
        return gradients;
    }
}
