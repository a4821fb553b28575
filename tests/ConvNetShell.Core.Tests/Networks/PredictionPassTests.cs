using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Tests.Interop;
using TorchSharp;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Networks;

/// <summary>
/// A pass of libtorch's operators that wants no gradients gives up each output for the next, and gives what one with gradients gives.
/// </summary>
public sealed class PredictionPassTests
{
    public static TheoryData<string> Specs =>
        [
            .. Enumerable.Range(0, 60).Select(SampleNetworks.Random),
            "conv3x3x4 add(relu | conv3x3x4 relu) relu fc3",
            "conv3x3x4 concat(relu | drop0.5 relu | scale0.5) bn relu fc3",
            "bn concat(relu | relu conv1x1x2 relu) relu flatten relu fc3 relu fc2",
            "add(drop0.5 relu | conv3x3x3psame) respad(conv3x3x6s2 bn relu) fc5",
        ];

    [Theory]
    [MemberData(nameof(Specs))]
    public void It_gives_what_a_pass_with_gradients_gives_and_leaves_its_input(string spec)
    {
        using var scope = NewDisposeScope();
        using Network network = SampleNetworks.Make(spec, 3, 12, 10);
        Tensor batch = SampleNetworks.Batch(network, 3),
            before = batch.clone();
        float[] expected = Run(gradients: true),
            received = Run(gradients: false);

        Assert.Equal(expected, received);
        Assert.Equal(before, batch);

        float[] Run(bool gradients)
        {
            using var mode = set_grad_enabled(gradients);
            return network.LogitsAfter(0, batch, new ForwardContext(Training: false)).detach().contiguous().data<float>().ToArray();
        }
    }

    [Fact]
    public void It_keeps_one_output_at_a_time()
    {
        const int blocks = 40,
            kept = 6; // the batch, the outputs before and after a layer and what is in between
        using Network network = SampleNetworks.Make(string.Concat(Enumerable.Repeat("conv3x3x4psame relu bn ", blocks)) + "fc2", 3, 12, 10);
        using var noGradients = inference_mode();
        using var scope = NewDisposeScope();
        Tensor batch = SampleNetworks.Batch(network);
        long before = DisposeScopeManager.Statistics.CreatedInScopeCount - DisposeScopeManager.Statistics.DisposedInScopeCount;
        _ = network.LogitsAfter(0, batch, new ForwardContext(Training: false));
        long after = DisposeScopeManager.Statistics.CreatedInScopeCount - DisposeScopeManager.Statistics.DisposedInScopeCount;

        Assert.InRange(after - before, 0, kept);
    }

    [Theory]
    [InlineData(6, 5, 2)]
    [InlineData(8, 5, 2)]
    [InlineData(16, 5, 0)]
    public void Pictures_of_one_channel_are_convolved_by_libtorch(int filters, int kernel, int padding)
    {
        var shape = new ConvolutionShape([1, 1], [padding, padding], [1, 1], 1);

        Assert.Equal(ConvolutionAlgorithms.ByLibrary, ConvolutionAlgorithms.Choose([2, 1, 28, 28], [filters, 1, kernel, kernel], shape));
    }
}
