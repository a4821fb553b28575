using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Layers;

/// <summary>What every layer must keep to; a new layer adds its lines to the grid.</summary>
public sealed class LayerContractTests
{
    public static TheoryData<string, string> Grid => new()
    {
        { "conv3x3x4", "2,6,6" }, { "conv5x5x3p0", "2,7,6" }, { "conv3x3x4s2", "2,7,6" }, { "conv2x2x3", "2,5,6" },
        { "conv4x4x3s2", "2,7,8" }, { "conv4x4x3s2", "1,8,8" }, { "conv3x1x2", "2,5,5" }, { "conv2x3x2s2x1", "2,6,5" }, { "conv3x3x4g2-nobias", "2,5,5" },
        { "conv3x3x2s2p1", "3,6,6" }, { "conv1x1x5", "3,4,4" }, { "conv1x1x2s3", "2,7,7" }, { "conv3x5x2p1x2", "1,5,7" },
        { "pool2", "2,6,6" }, { "pool2", "2,5,7" }, { "pool3s2", "2,7,7" }, { "pool2s1psame", "2,4,5" }, { "pool3s2psame", "1,6,6" }, { "pool3s2p1", "1,6,6" },
        { "pool2x3", "2,4,6" }, { "meanpool2", "2,6,6" }, { "meanpool3s2p1", "2,6,6" }, { "meanpool2s1psame", "2,4,4" },
        { "fc5", "2,3,3" }, { "fc5", "7" }, { "fc4-nobias", "6" },
        { "relu", "2,3,3" }, { "leakyrelu", "2,3,3" }, { "sigmoid", "2,3,3" }, { "tanh", "5" }, { "gelu", "2,3,3" }, { "softmax", "5" },
        { "drop0.4", "2,3,3" }, { "drop0", "5" }, { "bn", "3,4,4" }, { "bn", "5" }, { "flatten", "2,3,4" },
    };

    [Theory, MemberData(nameof(Grid))]
    public void OutputHasTheInferredShape(string token, string input)
    {
        using var scope = NewDisposeScope();
        using var layer = new LayerCase(token, input);
        Assert.Equal(layer.Spec.OutputShape(layer.InputShape).ToArray().Select(size => (long)size), layer.Forward().shape[1..]);
    }

    [Theory, MemberData(nameof(Grid))]
    public void ParameterCountIsThatOfTheTensors(string token, string input)
    {
        using var layer = new LayerCase(token, input);
        Assert.Equal(layer.Spec.ParameterCount(layer.InputShape), layer.Module.Parameters.Sum(tensor => tensor.Value.numel()));
    }

    [Theory, MemberData(nameof(Grid))]
    public void FormulaEndsInTheParameterCount(string token, string input)
    {
        using var layer = new LayerCase(token, input);
        long count = layer.Spec.ParameterCount(layer.InputShape);
        Assert.EndsWith(count == 0 ? string.Empty : $" = {count}", layer.Spec.Formula(layer.InputShape), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Grid))]
    public void GradientIsTheOneOfFiniteDifferences(string token, string input)
    {
        using var scope = NewDisposeScope();
        using var layer = new LayerCase(token, input);
        layer.Loss().backward();
        foreach (Tensor tensor in layer.Module.Parameters.Select(parameter => parameter.Value).Append(layer.Input))
        {
            double[] analytic = tensor.grad!.data<double>().ToArray();
            double[] numeric = FiniteDifferences(layer, tensor);
            double difference = Math.Sqrt(analytic.Zip(numeric, (a, n) => (a - n) * (a - n)).Sum());
            double length = Math.Sqrt(analytic.Sum(a => a * a));
            Assert.True(difference <= 1e-6 * length, $"{token} on {input}: gradient of length {length} is off by {difference}");
        }
    }

    [Theory, MemberData(nameof(Grid))]
    public void TrainingMattersOnlyToDropoutAndNormalisation(string token, string input)
    {
        using var scope = NewDisposeScope();
        using var layer = new LayerCase(token, input);
        bool same = layer.Forward(training: true).Equals(layer.Forward(training: false));
        Assert.Equal(layer.Spec is not (DropoutSpec { Rate: > 0 } or BatchNormSpec), same);
    }

    [Theory, MemberData(nameof(Grid))]
    public void LeavesNoTensorBehind(string token, string input) => Assert.Equal(0, LiveTensors.LeftBehindBy(() =>
    {
        using var scope = NewDisposeScope();
        using var layer = new LayerCase(token, input);
        layer.Loss().backward();
    }));

    private static double[] FiniteDifferences(LayerCase layer, Tensor tensor)
    {
        const double step = 1e-5;
        using var noGradients = no_grad();
        var gradient = new double[tensor.numel()];
        for (int i = 0; i < gradient.Length; i++)
        {
            using var scope = NewDisposeScope();
            Element(tensor, i).add_(step);
            double above = layer.Loss().item<double>();
            Element(tensor, i).sub_(2 * step);
            double below = layer.Loss().item<double>();
            Element(tensor, i).add_(step);
            gradient[i] = (above - below) / (2 * step);
        }
        return gradient;
    }

    /// <summary>The element with a number in reading order, wherever it lies in memory.</summary>
    private static Tensor Element(Tensor tensor, long number)
    {
        Tensor element = tensor;
        long rest = tensor.numel();
        foreach (long size in tensor.shape)
        {
            rest /= size;
            element = element.select(0, number / rest);
            number %= rest;
        }
        return element;
    }
}
