using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Blocks;
using ConvNetShell.Core.Layers.Chains;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Spec;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.FusedKernels.Winograd;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Layers;

/// <summary>Convolutions and normalizations that are computed together, against libtorch's one by one.</summary>
public sealed class ConvChainTests
{
    private const double Tolerance = 2e-5, // of the largest value
        Noise = 2e-6; // of gradients that are zero
    private const int Count = 5;

    public ConvChainTests() => Assert.SkipUnless(OwnConvolution.IsSupported(CPU), "This processor lacks AVX-512.");

    public static TheoryData<string> Specs =>
        [
            "conv3x3x20-nobias bn relu conv3x3x33p0-nobias bn relu globalavg fc4",
            "conv3x3x16-nobias bn tanh fc4", // no ReLU
            "bn relu conv3x3x16-nobias bn conv3x3x16-nobias bn relu fc4", // a normalization at first, and none after another
            "conv3x3x16-nobias bn relu maxpool2 conv3x3x16-nobias bn relu fc4", // two chains
            "conv3x3x16-nobias bn relu res(conv3x3x16-nobias bn relu conv3x3x16-nobias bn) relu res(conv3x3x16-nobias bn) tanh fc4",
            "respad(conv3x3x32s2-nobias bn relu conv3x3x32-nobias bn) relu fc4", // the chain begins with a normalization
            "resproj(conv3x3x24-nobias bn relu conv3x3x24-nobias bn) relu fc4",
            "conv3x3x32-nobias maxpool2 bn gelu conv3x3x24-nobias bn gelu fc4", // rows and columns that the pooling leaves out
            "conv3x3x16-nobias maxpool3 bn relu conv3x3x33-nobias maxpool2 bn gelu fc4", // 33 filters are not pooled in the chain
            "bn gelu conv3x3x16-nobias maxpool1x3 bn fc4",
            "conv3x3x16-nobias maxpool2 bn gelu res(conv3x3x16-nobias bn gelu conv3x3x16-nobias bn) gelu fc4",
            "res(bn relu conv3x3x18-nobias bn) relu res(bn relu conv3x3x18-nobias) relu fc4", // before convolutions
            "res(conv3x3x18 bn relu conv3x3x18-nobias bn relu) relu fc4", // a bias, and a ReLU before the sum
        ];

    [Theory]
    [MemberData(nameof(Specs))]
    public void Outputs_gradients_and_averages_are_libtorchs(string spec)
    {
        using var scope = NewDisposeScope();
        Tensor images = randn([Count, 18, 11, 9], generator: new Generator(7));
        Tensor[] wanted = Pass(spec, images, []);
        KernelScratch[] scratch = OwnConvolution.Scratch(1);
        Tensor[] got = Pass(spec, images, scratch),
            again = Pass(spec, images, scratch);
        Array.ForEach(scratch, own => own.Dispose());
        AssertClose(wanted, got);
        Assert.All(got.Zip(again), pair => Assert.True(pair.First.eq(pair.Second).all().item<bool>()));
    }

    [Theory]
    [MemberData(nameof(Specs))]
    public void Parts_of_a_batch_have_the_gradients_of_the_whole(string spec)
    {
        using var scope = NewDisposeScope();
        using Network network = Create(spec);
        Tensor images = randn([Count, 18, 11, 9], generator: new Generator(7));
        Tensor[] wanted = Pass(spec, images, []);
        Network[] replicas = [network, network.Replica()];
        KernelScratch[][] scratches = [OwnConvolution.Scratch(1), OwnConvolution.Scratch(1)];
        var exchange = new PartExchange();
        exchange.Begin(replicas.Length);
        var parts = new Tensor[replicas.Length][];
        Parallel.For(
            0,
            replicas.Length,
            new ParallelOptions { MaxDegreeOfParallelism = replicas.Length },
            i =>
            {
                int first = i == 0 ? 0 : 2,
                    count = i == 0 ? 2 : Count - 2;
                parts[i] = Pass(replicas[i], images.narrow(0, first, count), scratches[i], new BatchPart(i, replicas.Length, exchange));
            }
        );
        AssertClose(wanted[..2], [cat([parts[0][0], parts[1][0]]), cat([parts[0][1], parts[1][1]])]);
        int trained = network.Parameters.Count;
        AssertClose(wanted[2..(2 + trained)], [.. parts[0][2..(2 + trained)].Zip(parts[1][2..(2 + trained)], (one, other) => one + other)]);
        AssertClose(wanted[(2 + trained)..], Averages(network));
        replicas[1].Dispose();
        Array.ForEach(scratches, own => own[0].Dispose());
    }

    [Theory]
    [InlineData("conv1")]
    [InlineData("conv2")]
    [InlineData("bn1")]
    [InlineData("bn2")]
    public void A_frozen_layer_stays_and_passes_the_gradients_of_others(string frozen)
    {
        using var scope = NewDisposeScope();
        using Network network = Create("conv3x3x16-nobias bn relu conv3x3x16-nobias bn relu fc4");
        foreach (NamedTensor own in network.Parameters.Where(own => own.Name.StartsWith(frozen, StringComparison.Ordinal)))
        {
            own.Value.requires_grad_(false);
        }
        Tensor images = randn([Count, 18, 11, 9], generator: new Generator(7));
        Tensor[] averages = Averages(network),
            wanted = Pass(network, images, []);
        foreach ((NamedTensor own, Tensor before) in network.Modules.SelectMany(module => module.Buffers).Zip(averages))
        {
            own.Value.copy_(before);
        }
        KernelScratch[] scratch = OwnConvolution.Scratch(1);
        AssertClose(wanted, Pass(network, images, scratch));
        Array.ForEach(scratch, own => own.Dispose());
        Assert.All(
            network.Parameters,
            own => Assert.Equal(own.Name.StartsWith(frozen, StringComparison.Ordinal), !own.Value.requires_grad)
        );
    }

    [Theory]
    [InlineData("conv3x3x20-nobias bn relu conv3x3x33p0-nobias bn relu fc4", "0+6")]
    [InlineData("conv3x3x20 bn relu conv3x3x33-nobias bn fc4", "1+4")] // a bias
    [InlineData("conv3x3x32-nobias maxpool2 bn gelu conv3x3x24-nobias bn gelu fc4", "0+7")]
    [InlineData("conv3x3x33-nobias maxpool2 bn gelu conv3x3x24-nobias avgpool2 bn fc4", "")]
    [InlineData("conv3x3x16-nobias maxpool11x9 bn fc4", "")] // one number of each channel
    [InlineData("conv5x5x20-nobias bn relu conv3x3x33s2-nobias bn fc4", "")]
    [InlineData("conv3x3x20-nobias tanh bn relu fc4", "")]
    [InlineData("conv3x3x18-nobias bn conv1x1x1-nobias bn conv3x3x16-nobias bn", "0+2")] // and one channel is too few
    public void Chains_are_of_convolutions_with_a_normalization_behind_each(string spec, string found)
    {
        using Network network = Create(spec);
        using var scratch = new KernelScratch();
        var context = new ForwardContext(Training: true, Scratch: [scratch]);
        List<string> chains = [];
        LayerModule[] order = [.. network.ExecutionOrder];
        for (int i = 0; i < order.Length; i++)
        {
            if (ConvChain.At(order, i, context) is { } chain)
            {
                chains.Add($"{i}+{chain.Length}");
                i += chain.Length - 1;
            }
        }
        Assert.Equal(found, string.Join(' ', chains));
        Assert.Null(ConvChain.At(order, 0, context with { Training = false }));
        Assert.Null(ConvChain.At(order, 0, context with { Reduced = true }));
        Assert.Null(ConvChain.At(order, 0, context with { Scratch = [scratch, scratch] }));
    }

    [Fact]
    public void What_is_no_number_is_seen()
    {
        using var scope = NewDisposeScope();
        using Network network = Create("conv3x3x16-nobias bn relu res(conv3x3x16-nobias bn) relu fc4");
        Tensor images = randn([Count, 18, 11, 9], generator: new Generator(7));
        images[2, 3, 4, 5] = float.NaN;
        using var scratch = new KernelScratch();
        Tensor output = LayerStack.Run([.. network.ExecutionOrder], images, new ForwardContext(Training: true, Scratch: [scratch]));
        Assert.True(output.isnan().any().item<bool>());
    }

    private static Network Create(string spec) => Network.Create(NetworkPlan.Fit(NetworkSpec.Parse(spec), new Shape(18, 11, 9)), 4);

    private static void AssertClose(Tensor[] wanted, Tensor[] got)
    {
        Assert.Equal(wanted.Length, got.Length);
        Assert.All(
            wanted.Zip(got),
            pair =>
            {
                Assert.Equal(pair.First.shape, pair.Second.shape);
                double largest = pair.First.abs().max().item<float>();
                Assert.InRange((pair.First - pair.Second).abs().max().item<float>(), 0, Math.Max(Tolerance * largest, Noise));
            }
        );
    }

    private static Tensor[] Pass(string spec, Tensor images, KernelScratch[] scratch)
    {
        using Network network = Create(spec);
        return Pass(network, images, scratch);
    }

    /// <summary>Returns output, the gradients of the input and of what is trained, and the running averages.</summary>
    private static Tensor[] Pass(Network network, Tensor images, KernelScratch[] scratch, BatchPart? part = null)
    {
        Tensor input = images.detach().requires_grad_();
        var context = new ForwardContext(Training: true, Scratch: scratch, Part: part);
        Tensor output = LayerStack.Run([.. network.ExecutionOrder], input, context);
        OwnGradients.Run(() => output.square().sum().backward());
        Tensor[] gradients = [.. network.Parameters.Select(own => own.Value.grad?.clone() ?? zeros(1))];
        foreach (NamedTensor own in network.Parameters)
        {
            own.Value.grad = null;
        }
        return [output.detach(), input.grad!.clone(), .. gradients, .. Averages(network)];
    }

    private static Tensor[] Averages(Network network) =>
        [.. network.Modules.SelectMany(module => module.Buffers).Select(own => own.Value.clone())];
}
