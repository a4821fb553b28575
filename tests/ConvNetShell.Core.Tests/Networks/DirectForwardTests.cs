using System.Runtime.InteropServices;
using ConvNetShell.Core.Data.Batches;
using ConvNetShell.Core.Interop.Formats;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Spec;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Networks.Direct;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Storage;
using ConvNetShell.Core.Tests.Data;
using ConvNetShell.Core.Tests.Interop;
using ConvNetShell.FusedKernels.Direct;
using TorchSharp;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Networks;

/// <summary>The program for a few images at a time against libtorch's operators.</summary>
public sealed class DirectForwardTests
{
    private const string NoVectors = "the processor has no AVX-512, so that libtorch computes";

    [Theory]
    [InlineData("conv5x5x6 relu pool2 conv5x5x16p0 relu pool2 fc120 relu fc84 relu fc10", 1, 28, 28)]
    [InlineData("conv5x5x16 relu pool2 conv5x5x20 relu pool2 fc10", 3, 32, 32)]
    [InlineData("conv3x3x17 relu conv3x3x33 conv3x3x65 relu fc7", 2, 9, 5)]
    [InlineData("conv3x3x5s2 relu conv2x2x3 fc70", 3, 8, 11)] // one row and column more behind than before
    [InlineData("conv7x7x4s3p2 relu fc3", 3, 13, 16)]
    [InlineData("conv3x3x40-nobias bn relu pool3s2 fc5", 3, 12, 12)]
    [InlineData("conv3x3x4 pool3s2p1 relu fc5", 3, 11, 11)]
    [InlineData("conv3x3x8 pool2 bn relu avgpool2 fc2", 3, 12, 8)]
    [InlineData("bn relu conv1x1x3 globalavg fc4", 5, 4, 4)]
    [InlineData("conv3x3x6 globalmax fc4 drop0.5 relu fc2", 3, 6, 6)]
    [InlineData("conv3x3x16 res(conv3x3x16 bn relu conv3x3x16 bn) relu fc3", 3, 8, 8)]
    [InlineData("conv3x3x16 relu res(bn relu conv3x3x16 bn relu conv3x3x16) res(relu conv3x3x16) fc3", 3, 8, 8)]
    [InlineData("conv3x3x5 respad(conv3x3x12s2 bn) relu resproj(conv3x3x20s2) relu globalavg fc3", 3, 9, 9)]
    [InlineData("conv3x3x16 conv1x1x1 fc1", 1, 1, 1)]
    [InlineData("relu fc9", 3, 5, 5)]
    [InlineData("fc10", 3, 32, 32)]
    [InlineData("conv3x3x16 conv3x3x32 relu conv3x3x17p0 bn gelu fc5", 3, 19, 14)]
    [InlineData("conv3x3x33 relu conv3x3x64 relu conv3x3x70 fc5", 3, 8, 8)]
    [InlineData("conv2x2x24 gelu conv3x3x64 pool2 bn gelu conv3x3x64 bn gelu relu pool3 fc10", 3, 32, 32)]
    [InlineData("gelu fc3 gelu relu fc2", 2, 3, 5)]
    [InlineData("conv3x3x20 tanh conv3x3x18 bn sigmoid pool2 leakyrelu conv1x1x7 scaledtanh fc9 tanh scale0.25 fc3", 3, 10, 12)]
    [InlineData("scale3 conv3x3x5 scale0.5 relu fc4 scale0.013888889", 3, 5, 4)]
    [InlineData("conv3x3x18 relu adaptiveavg4x2 adaptivemax2x2 fc5", 3, 12, 10)]
    [InlineData("conv3x3x5 adaptivemax6x5 adaptiveavg6x1 relu fc3", 3, 6, 5)]
    [InlineData("conv3x3x20 relu conv3x3x20s2p1g20-nobias bn relu conv1x1x33 conv4x2x33g33 fc5", 3, 13, 10)]
    [InlineData("conv3x3x3g3 relu conv5x5x3s2g3 gelu fc4", 3, 11, 9)]
    [InlineData("concat(conv1x1x5 relu | conv3x3x17 bn | ) relu conv3x3x16 concat(pool3s1p1 | conv3x3x16 | conv1x1x3) fc5", 3, 9, 8)]
    [InlineData("conv3x3x8 concat(conv1x1x4 res(conv3x3x4 relu) | concat(conv1x1x2 | relu) bn) globalavg fc3", 3, 6, 7)]
    public void The_outputs_are_libtorchs(string spec, int channels, int height, int width) =>
        AssertLibtorchs(spec, [channels, height, width]);

    [Theory]
    [InlineData("conv1d7x16 relu pool2 conv1d5x32 relu pool2 conv1d3x32 relu globalmax fc6", 1, 64)]
    [InlineData("conv1d4x5s3p1 bn gelu avgpool3s2 fc3", 7, 40)]
    [InlineData("conv1d3x16 res(conv1d3x16 bn relu conv1d3x16) relu globalavg fc4 relu fc2", 3, 9)]
    [InlineData("conv1d3x16 relu adaptiveavg5 adaptivemax1 fc4", 3, 20)]
    [InlineData("rnn5 fc2", 3, 7)]
    [InlineData("gru32 fc6 softmax", 1, 64)]
    [InlineData("lstm32 fc6 softmax", 1, 64)]
    [InlineData("lstm17-seq relu gru20-seq-bi bn conv1d3x4 rnn9-bi relu fc3", 5, 21)]
    [InlineData("lstm70-bi fc6", 20, 1)]
    [InlineData("conv1d5x12 relu conv1d3x12s2g12 concat(conv1d3x4 | conv1d1x2) relu fc3", 4, 31)]
    public void Sequences_have_libtorchs_outputs(string spec, int channels, int length) => AssertLibtorchs(spec, [channels, length]);

    [Theory]
    [InlineData("conv3d3x3x3x8 relu pool1x2x2 conv3d3x3x3x16 relu pool2 conv3d3x3x3x32 relu pool2 fc64 relu fc6 softmax", 1, 8, 24, 24)]
    [InlineData("conv3d2x3x1x20s2 bn relu pool3s2p1 globalavg fc4", 3, 7, 9, 11)]
    [InlineData("conv3d3x1x2x18 gelu avgpool2 fc4", 2, 6, 5, 4)]
    [InlineData("pool2s1 conv3d1x1x1x3 bn gelu fc5", 4, 3, 4, 5)]
    [InlineData("conv3d1x1x1x3 adaptiveavg2x4x1 relu adaptivemax1x2x1 fc5", 2, 6, 4, 5)]
    [InlineData("conv3d3x3x3x18 relu conv3d2x3x2x18s2g18 concat(conv3d1x1x1x2 | conv3d3x3x3x3) fc4", 2, 5, 7, 6)]
    public void Films_have_libtorchs_outputs(string spec, int channels, int frames, int height, int width) =>
        AssertLibtorchs(spec, [channels, frames, height, width]);

    /// <summary>The fully connected layer with 4,1 million weights, and what follows, is left to libtorch.</summary>
    [Theory]
    [InlineData("conv3x3x20 relu pool2 bn drop0.5 fc820 relu fc10 softmax", 3, 32, 32)]
    [InlineData("conv1d3x20 relu fc820 relu fc10", 1, 256)]
    [InlineData("conv3d3x3x3x20 pool2 fc820 relu fc10", 2, 4, 16, 16)]
    [InlineData("fc3000 relu fc1400 scaledtanh fc10", 3, 10, 10)]
    public void What_is_before_a_large_layer_is_computed_too(string spec, params int[] shape)
    {
        Assert.SkipUnless(DirectProgram.IsSupported, NoVectors);
        AssertLibtorchs(spec, shape);
        using var scope = NewDisposeScope();
        using Network network = Make(spec, shape);
        byte[] pixels = new byte[network.InputShape.Elements];
        new Random(1).NextBytes(pixels);
        Tensor batch = tensor(pixels, [.. network.InputShape.ToArray()[1..].Select(size => (long)size), shape[0]])
            .to(ScalarType.Float32)
            .movedim([-1], [0])
            .unsqueeze(0)
            .div(255)
            .sub(0.5)
            .div(0.25);

        Tensor images = tensor(network.Direct()!.Run([pixels], new PixelNormalizer(network.InputStatistics, network.InputShape)));
        Tensor before = ByLibtorch(network, batch)[0];
        network.State[^2].Value.detach().mul_(-2); // the weights of the last layer

        Assert.True(images.allclose(before, 1e-4, 1e-4));
        Assert.True(network.Direct()!.Run(batch)[0].allclose(ByLibtorch(network, batch)[0], 1e-4, 1e-4));
        Assert.False(ByLibtorch(network, batch)[0].allclose(before, 1e-2, 1e-2));
    }

    /// <summary>A single image's large fully connected layer reads the weights where they are, as libtorch's does.</summary>
    [Theory]
    [InlineData("conv3x3x48 relu drop0.5 fc4321 relu fc3901-nobias relu fc10 softmax", 3, 9, 9)]
    [InlineData("ln fc4 fc2400000 fc7", 3, 5, 5)] // 7 rows are too few
    public void A_single_image_has_libtorchs_outputs(string spec, int channels, int height, int width)
    {
        using var scope = NewDisposeScope();
        using Network network = Make(spec, [channels, height, width]);
        Tensor image = randn([1, channels, height, width], generator: new Generator(5)),
            both = cat([image, image]); // of two images, libtorch computes all

        Tensor expected = ByLibtorch(network, both)[0];
        double tolerance = 4e-6 * expected.abs().max().ToDouble();
        using (inference_mode())
        {
            Assert.InRange((Outputs() - expected).abs().max().ToDouble(), 0, tolerance);
            network.State[^1].Value.detach().add_(1);
            Assert.InRange((Outputs() - expected - 1).abs().max().ToDouble(), 0, 2 * tolerance);
        }

        using Tensor input = image.clone().requires_grad_(true);
        network.Logits(input, new ForwardContext(Training: false)).sum().backward();
        Assert.True(input.grad!.abs().max().ToDouble() > 0);

        Tensor Outputs() => network.Logits(image, new ForwardContext(Training: false))[0];
    }

    private static void AssertLibtorchs(string spec, int[] shape)
    {
        Assert.SkipUnless(DirectProgram.IsSupported, NoVectors);
        using var scope = NewDisposeScope();
        using Network network = Make(spec, shape);
        Tensor batch = randn([13, .. shape.Select(size => (long)size)], generator: new Generator(3));

        Tensor expected = ByLibtorch(network, batch),
            direct = network.Direct()!.Run(batch);

        double scale = expected.abs().max().ToDouble();
        Assert.Equal(expected.shape, direct.shape);
        Assert.InRange((direct - expected).abs().max().ToDouble(), 0, 4e-6 * scale);
    }

    /// <summary>Networks as other tests draw them, most of which have a layer that is left to libtorch.</summary>
    [Fact]
    public void Drawn_networks_have_libtorchs_outputs()
    {
        Assert.SkipUnless(DirectProgram.IsSupported, NoVectors);
        using var scope = NewDisposeScope();
        int computed = 0;
        for (int seed = 0; seed < 3000; seed++)
        {
            string spec = SampleNetworks.Random(seed);
            using Network network = SampleNetworks.Make(spec, 3, 12, 10);
            if (network.Direct() is { } direct)
            {
                Tensor batch = SampleNetworks.Batch(network, 3);
                Assert.True(direct.Run(batch).allclose(ByLibtorch(network, batch), 1e-4, 1e-5), spec);
                computed++;
            }
        }

        Assert.InRange(computed, 15, 3000);
    }

    [Theory]
    [InlineData("conv3x3x8 ln fc2")]
    [InlineData("conv3x3x6g3 fc2")] // two filters a channel
    [InlineData("conv3x3x6d2 fc2")]
    [InlineData("conv3x3x8 avgpool3s2p1 fc2")]
    [InlineData("conv3x3x8 adaptiveavg5 fc2")]
    [InlineData("fc10000 relu fc2")]
    [InlineData("conv3x3x1400 conv3x3x1400 fc2")]
    public void Other_layers_are_left_to_libtorch(string spec)
    {
        using Network network = Make(spec, 3, 12, 12);

        Assert.Null(network.Direct());
    }

    [Fact]
    public void A_change_of_any_weight_is_noticed()
    {
        Assert.SkipUnless(DirectProgram.IsSupported, NoVectors);
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        using Network network = Make("conv3x3x8-nobias bn relu pool2 conv3x3x6 relu fc4", 3, 8, 8);
        Tensor batch = randn(2, 3, 8, 8);
        Tensor before = network.Direct()!.Run(batch);
        Assert.Same(network.Direct(), network.Direct());

        foreach (NamedTensor tensor in network.State)
        {
            tensor.Value.select(0, 0).mul_(1.5).add_(0.25);
            Tensor now = network.Logits(batch, new ForwardContext(Training: false));

            Assert.True(now.allclose(ByLibtorch(network, batch), 1e-4, 1e-5), tensor.Name);
            Assert.False(now.allclose(before), tensor.Name);
            before = now;
        }
    }

    /// <summary>Of many weights only some are compared where libtorch counts no change.</summary>
    [Fact]
    public void A_change_of_one_weight_of_many_is_noticed_and_so_are_weights_that_are_read_from_a_file()
    {
        Assert.SkipUnless(DirectProgram.IsSupported, NoVectors);
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        using Network network = Make("fc10", 3, 32, 32);
        Tensor weight = network.State[0].Value,
            batch = randn(2, 3, 32, 32);
        Tensor before = network.Direct()!.Run(batch);

        weight[3, 1500] = 40f;
        Tensor changed = network.Direct()!.Run(batch);
        byte[] file = weight.bytes.ToArray();
        MemoryMarshal.Cast<byte, float>(file.AsSpan())[7 * 3 * 32 * 32 + 1000] = 40;
        TensorBytes.Fill(weight, ScalarType.Float32, (part, offset) => file.AsSpan((int)offset, part.Length).CopyTo(part));
        Tensor oneRead = network.Direct()!.Run(batch);
        using var folder = new TestFolder();
        MemoryMarshal.Cast<byte, float>(file.AsSpan())[9 * 3 * 32 * 32 + 1000] = 40;
        File.WriteAllBytes(folder["weights"], file);
        using var source = new TensorFile(folder["weights"]);
        using var other = new ImportedWeight(source, 0, weight.shape);
        other.CopyTo(weight);
        Tensor imported = network.Direct()!.Run(batch);
        MemoryMarshal.Cast<byte, float>(weight.bytes).Fill(0.25f);
        Tensor read = network.Direct()!.Run(batch);

        Assert.False(changed.allclose(before));
        Assert.True(changed.narrow(1, 4, 6).equal(before.narrow(1, 4, 6)).all().ToBoolean());
        Assert.False(oneRead.allclose(changed));
        Assert.True(oneRead.narrow(1, 0, 7).equal(changed.narrow(1, 0, 7)).all().ToBoolean());
        Assert.False(imported.allclose(oneRead));
        Assert.True(imported.narrow(1, 0, 9).equal(oneRead.narrow(1, 0, 9)).all().ToBoolean());
        Assert.True(read.allclose(ByLibtorch(network, batch), 1e-4, 1e-4));
        Assert.Same(network.Direct(), network.Direct());
    }

    [Fact]
    public void An_image_has_the_same_outputs_in_any_batch_and_with_any_threads()
    {
        Assert.SkipUnless(DirectProgram.IsSupported, NoVectors);
        using var scope = NewDisposeScope();
        using Network network = Make("conv3x3x20 relu pool2 conv3x3x20 relu fc10", 3, 16, 16);
        Tensor batch = randn(37, 3, 16, 16);
        DirectForward direct = network.Direct()!;

        Tensor all = direct.Run(batch);
        Tensor[] alone = [.. Enumerable.Range(0, 37).Select(i => direct.Run(batch.narrow(0, i, 1)))];

        Assert.True(all.equal(cat(alone)).all().ToBoolean());
        Assert.True(all.equal(direct.Run(batch.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2))).all().ToBoolean());
    }

    [Theory]
    [InlineData("conv3x3x8 relu pool2 fc4")]
    [InlineData("conv3x3x20 pool3s2 bn relu globalavg fc4")]
    public void What_is_not_a_number_stays_so(string spec)
    {
        Assert.SkipUnless(DirectProgram.IsSupported, NoVectors);
        using var scope = NewDisposeScope();
        using Network network = Make(spec, 3, 8, 8);
        Tensor batch = zeros(2, 3, 8, 8);
        batch[1, 2, 3, 3] = double.NaN;

        Tensor outputs = network.Direct()!.Run(batch);

        Assert.False(outputs[0].isnan().any().ToBoolean());
        Assert.True(outputs[1].isnan().all().ToBoolean());
    }

    [Fact]
    public void A_network_whose_weights_are_freed_is_an_error()
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        Network network = Make("conv3x3x8 relu fc2", 3, 8, 8);
        Tensor batch = randn(2, 3, 8, 8);
        _ = network.Logits(batch, new ForwardContext(Training: false));

        network.Dispose();

        Assert.Throws<InvalidOperationException>(() => network.Logits(batch, new ForwardContext(Training: false)));
    }

    [Fact]
    public void Training_and_networks_in_float64_do_without_it()
    {
        using var scope = NewDisposeScope();
        using Network network = Make("conv3x3x8 relu fc2", 3, 8, 8);
        foreach (NamedTensor tensor in network.State)
        {
            tensor.ConvertTo(ScalarType.Float64);
        }

        Assert.Null(network.Direct());
        foreach (NamedTensor tensor in network.State)
        {
            tensor.ConvertTo(ScalarType.Float32);
        }

        Assert.Equal(DirectProgram.IsSupported, network.Direct() is not null);
        foreach (NamedTensor tensor in network.State)
        {
            tensor.ConvertTo(ScalarType.Float64);
        }

        using var noGradients = no_grad();
        Assert.Equal(ScalarType.Float64, network.Logits(randn(2, 3, 8, 8, float64), new ForwardContext(Training: false)).dtype);
    }

    private static Network Make(string spec, params int[] shape)
    {
        var network = Network.Create(NetworkPlan.Fit(NetworkSpec.Parse(spec), new Shape(shape)), seed: 1);
        using var noGradients = no_grad();
        using var random = new Generator(2);
        foreach (NamedTensor tensor in network.State.Where(each => each.Value.dim() == 1))
        {
            tensor.Value.uniform_(0.25, 1.5, random); // biases, averages and variances that are not the first ones
        }

        return network;
    }

    // Gradients are libtorch's alone.
    private static Tensor ByLibtorch(Network network, Tensor batch)
    {
        using var gradients = enable_grad();
        return network.Logits(batch, new ForwardContext(Training: false)).detach();
    }
}
