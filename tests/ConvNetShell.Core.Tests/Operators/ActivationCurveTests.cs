using ConvNetShell.Core.Layers.Activation;
using ConvNetShell.Core.Operators;
using ConvNetShell.Display.Records.Operators;

namespace ConvNetShell.Core.Tests.Operators;

/// <summary>Every activation function has a curve.</summary>
public sealed class ActivationCurveTests
{
    [Theory, MemberData(nameof(Kinds))]
    public void Every_function_is_a_curve_with_its_slope(ActivationKind kind)
    {
        ActivationChart chart = ActivationCalculator.Chart(kind, []);
        Assert.True(chart.Curve.Count > 100);
        Assert.All(chart.Curve, row => Assert.True(double.IsFinite(row.Output) && double.IsFinite(row.Slope)));
        ActivationRow[] around = [.. chart.Curve.Where(row => row.Input is > 0.9 and < 1.1)];
        double measured = (around[^1].Output - around[0].Output) / (around[^1].Input - around[0].Input);
        Assert.Equal(measured, around.Average(row => row.Slope), 0.01);
    }

    [Fact]
    public void Softmax_of_equal_scores_is_a_third() =>
        Assert.Equal(1.0 / 3, ActivationCalculator.Chart(ActivationKind.Softmax, []).Curve.MinBy(row => Math.Abs(row.Input))!.Output, 1e-9);

    public static TheoryData<ActivationKind> Kinds => [.. Enum.GetValues<ActivationKind>()];
}
