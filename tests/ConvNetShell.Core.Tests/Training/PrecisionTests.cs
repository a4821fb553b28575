using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Compute.Native;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training.Loop;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;
using ConvNetShell.FusedKernels;
using TorchSharp;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Training;

public sealed class PrecisionTests
{
    private static readonly TrainingSettings Quick = new()
    {
        Epochs = 8,
        BatchSize = 8,
        LearningRate = 0.05,
        Device = "cpu",
    };

    [Theory]
    [InlineData("conv3x3x4 relu pool2 fc3 softmax")]
    [InlineData("conv3x3x8-nobias bn gelu res(conv3x3x8 bn relu conv3x3x8 bn) drop0.1 globalavg fc3")]
    public void BFloat16_learns_as_well(string spec)
    {
        using Network network = TinyData.Network(spec);
        TrainingRun run = Trainer.Train(network, TinyData.Dataset(), Quick with { Precision = Precision.BFloat16 });
        Assert.Equal(Precision.BFloat16, run.Settings.Precision);
        Assert.InRange(run.Best!.ValidationAccuracy, 0.95, 1);
        Assert.All(network.State, tensor => Assert.Equal(ScalarType.Float32, tensor.Value.dtype));
    }

    [Theory]
    [InlineData("conv3x3x4 relu pool2 fc3 softmax")]
    [InlineData("conv3x3x8-nobias bn leakyrelu pool2 conv3x3x5 tanh avgpool2 fc3")]
    public void Reduced_gradients_are_those_of_float32_but_for_rounding(string spec)
    {
        using Network network = TinyData.Network(spec);
        using var scope = NewDisposeScope();
        using var random = new Generator(1);
        Tensor images = ChannelsLast.Ensure(randn(16, 2, 6, 6, generator: random)),
            labels = arange(16) % 3;
        float[][] exact = Gradients(false),
            reduced = Gradients(true);
        Assert.All(
            exact.Zip(reduced),
            pair => Assert.InRange(Length(pair.First.Zip(pair.Second, (a, b) => a - b)), 0, 0.05 * Length(pair.First) + 1e-3)
        );
        return;

        float[][] Gradients(bool isReduced)
        {
            foreach (NamedTensor parameter in network.Parameters)
            {
                parameter.Value.grad = null;
            }
            nn.functional.cross_entropy(network.Logits(images, new ForwardContext(Training: true, null, isReduced)), labels).backward();
            return [.. network.Parameters.Select(parameter => parameter.Value.grad!.contiguous().data<float>().ToArray())];
        }

        static double Length(IEnumerable<float> values) => Math.Sqrt(values.Sum(value => (double)value * value));
    }

    [Fact]
    public void Auto_is_settled_before_the_run()
    {
        using Network network = TinyData.Network("conv5x5x4 relu pool2 fc3");
        Assert.Equal(
            CpuFeatures.IsBFloat16Faster ? Precision.BFloat16 : Precision.Float32,
            ReducedPrecision.Choose(Precision.Auto, network, CPU)
        );
        Assert.Equal(Precision.Float32, ReducedPrecision.Choose(Precision.Float32, network, CPU));
        Assert.Equal(Precision.BFloat16, ReducedPrecision.Choose(Precision.BFloat16, network, CPU));
        Assert.Equal(Precision.BFloat16, ReducedPrecision.Choose(Precision.Auto, network, new Device("cuda:0")));
    }

    [Theory]
    [InlineData("conv3x3x16 relu conv3x3x32 bn relu conv3x3x32 bn relu globalavg fc3", true)]
    [InlineData("conv3x3x32 relu res(conv3x3x32 bn relu conv3x3x32 bn) relu globalavg fc3", true)]
    [InlineData("conv3x3x16 relu conv5x5x32 bn relu globalavg fc3", false)]
    [InlineData("conv3x3x16 relu conv3x3x32 bn relu fc1000 fc3", false)]
    [InlineData("fc3", false)]
    public void Networks_of_minimal_filtering_are_found(string spec, bool expected)
    {
        using Network network = TinyData.Network(spec);
        Assert.Equal(expected && OwnConvolution.IsSupported(CPU), ReducedPrecision.IsMinimal(network, CPU));
    }

    [Fact]
    public void Maxima_before_rising_functions_give_the_same_numbers()
    {
        using Network network = TinyData.Network("conv3x3x4 relu pool2 conv3x3x4 sigmoid pool3 fc3");
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        Tensor images = ChannelsLast.Ensure(randn(3, 2, 6, 6));
        Assert.True(network.Logits(images, new ForwardContext(Training: false)).allclose(network.Outputs(images)[^1], 1e-6, 1e-7));
    }

    [Fact]
    public void Training_thread_uses_the_main_arena()
    {
        Assert.SkipUnless(GlibcAllocator.IsTuned, "the allocator is not glibc's, or CONVNETSHELL_MALLOC is 0");
        for (int i = 0; i < 8; i++)
        {
            Assert.True(MainArenaThread.Run(MainArenaThread.IsOnMainArena));
        }
    }

    [Fact]
    public void Errors_of_the_thread_are_thrown_to_the_caller() =>
        Assert.Throws<TimeZoneNotFoundException>(() => MainArenaThread.Run<int>(() => throw new TimeZoneNotFoundException()));
}
