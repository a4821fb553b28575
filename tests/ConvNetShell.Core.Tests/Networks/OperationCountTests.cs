using ConvNetShell.Core.Layers.Spec;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Display.Records.Networks;

namespace ConvNetShell.Core.Tests.Networks;

/// <summary>The multiply-adds of a training step, worked out by hand; the images need no gradient.</summary>
public sealed class OperationCountTests
{
    /// <summary>The first layer has only the gradient of its weights, later ones also that of their input.</summary>
    [Fact]
    public void A_summary_has_the_backward_pass_and_the_activations()
    {
        NetworkSummary summary = NetworkSummarizer.Summarize(Plan("conv3x3x4 relu pool2 res(conv3x3x4 relu) fc3", 3, 8, 8), "Small");
        Assert.Equal(
            [27 * 4 * 64, 0, 0, 2 * 36 * 4 * 16, 2 * 36 * 4 * 16, 0, 2 * 64 * 3],
            summary.Layers.Select(layer => layer.BackwardMACs)
        );
        Assert.Equal([4 * 256, 4 * 256, 4 * 64, 4 * 3 * 64, 4 * 64, 4 * 64, 4 * 3], summary.Layers.Select(layer => layer.ActivationBytes));
        Assert.Equal((27 * 4 * 64) + (2 * 36 * 4 * 16) + (2 * 64 * 3), summary.BackwardMACs);
        Assert.Equal(4 * (256 + 256 + 64 + (3 * 64) + 3), summary.ActivationBytes);
    }

    // conv3x3x4 on 3x8x8: 4 x 64 x 27 = 6,912; on 4x8x8: 4 x 64 x 36 = 9,216. fc3 on 4x8x8: 768; on 3x8x8: 576.
    private const long FirstConv = 6912,
        Conv = 9216,
        Dense = 768;

    [Theory]
    [InlineData("fc3", 2 * 576)]
    [InlineData("flatten fc3", 2 * 576)]
    [InlineData("relu conv3x3x4", 2 * FirstConv)]
    [InlineData("conv3x3x4 relu conv3x3x4 fc3", (2 * FirstConv) + (3 * Conv) + (3 * Dense))]
    [InlineData("bn conv3x3x4", 3 * FirstConv)]
    [InlineData("concat(conv3x3x4 | conv3x3x4) relu", 4 * FirstConv)]
    [InlineData("concat(conv3x3x4 conv3x3x4 | relu) relu", (2 * FirstConv) + (3 * Conv))]
    [InlineData("concat(concat(conv3x3x4 | relu) | relu)", 2 * FirstConv)]
    [InlineData("conv3x3x4 res(conv3x3x4)", (2 * FirstConv) + (3 * Conv))]
    [InlineData("fc4 rbf3", (2 * 768) + (2 * 12))]
    public void Layers_without_weights_before_them_have_no_gradient_of_their_input(string spec, long expected) =>
        Assert.Equal(expected, OperationCount.Of(Plan(spec, 3, 8, 8).Layers, backward: true, needsInput: false));

    [Fact]
    public void Every_layer_has_a_gradient_of_its_input_behind_weights() =>
        Assert.Equal(3 * FirstConv, OperationCount.Of(Plan("conv3x3x4", 3, 8, 8).Layers, backward: true, needsInput: true));

    [Fact]
    public void Forward_alone_is_the_networks_own_count()
    {
        NetworkPlan plan = Plan("concat(conv3x3x4 conv3x3x4 | relu) fc3", 3, 8, 8);
        Assert.Equal(plan.MultiplyAdds, OperationCount.Of(plan.Layers, backward: false, needsInput: false));
    }

    /// <summary>2 features, 5 steps, 3 units: 5 x 3 x 2 multiply-adds with the input and 5 x 3 x 3 with the state.</summary>
    [Fact]
    public void A_recurrent_layers_state_has_a_gradient_in_any_case()
    {
        NetworkPlan plan = Plan("rnn3", 2, 5);
        Assert.Equal((2 * (30 + 45)) + 45, OperationCount.Of(plan.Layers, backward: true, needsInput: false));
        Assert.Equal(3 * (30 + 45), OperationCount.Of(plan.Layers, backward: true, needsInput: true));
    }

    private static NetworkPlan Plan(string spec, params int[] shape) => NetworkPlan.Fit(NetworkSpec.Parse(spec), new Shape(shape));
}
