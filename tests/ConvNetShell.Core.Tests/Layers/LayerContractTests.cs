using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Activation;
using ConvNetShell.Core.Layers.Spec;
using ConvNetShell.Core.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Layers;

/// <summary>What every layer must keep to; a new layer adds its lines to the grid.</summary>
public sealed class LayerContractTests
{
    public static TheoryData<string, string> Grid => LayerGrid.Cases;

    [Theory, MemberData(nameof(Grid))]
    public void Output_has_the_inferred_shape(string token, string input)
    {
        using var scope = NewDisposeScope();
        using var layer = new LayerCase(token, input);
        Assert.Equal(layer.Spec.OutputShape(layer.InputShape).ToArray().Select(size => (long)size), layer.Forward().shape[1..]);
    }

    [Theory, MemberData(nameof(Grid))]
    public void Parameter_count_is_that_of_the_tensors(string token, string input)
    {
        using var layer = new LayerCase(token, input);
        Assert.Equal(layer.Spec.ParameterCount(layer.InputShape), layer.Module.Parameters.Sum(tensor => tensor.Value.numel()));
    }

    [Theory, MemberData(nameof(Grid))]
    public void Formula_ends_in_the_parameter_count(string token, string input)
    {
        using var layer = new LayerCase(token, input);
        long count = layer.Spec.ParameterCount(layer.InputShape);
        Assert.EndsWith(count == 0 ? string.Empty : $" = {count}", layer.Spec.Formula(layer.InputShape), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Grid))]
    public void Gradient_is_the_one_of_finite_differences(string token, string input)
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
    public void Training_matters_only_to_dropout_and_normalization(string token, string input)
    {
        using var scope = NewDisposeScope();
        using var layer = new LayerCase(token, input);
        bool same = layer.Forward(training: true).Equals(layer.Forward(training: false));
        Assert.Equal(
            !token.Contains("bn", StringComparison.Ordinal)
                && !token.Contains("proj", StringComparison.Ordinal)
                && layer.Spec is not DropoutSpec { Rate: > 0 },
            same
        );
    }

    [Theory, MemberData(nameof(Grid))]
    public void A_copy_by_names_gives_the_same(string token, string input)
    {
        using var scope = NewDisposeScope();
        using var layer = new LayerCase(token, input);
        Assert.True(layer.Forward(training: false).Equals(layer.ForwardOfCopy()));
    }

    [Theory, MemberData(nameof(Grid))]
    public void The_word_is_read_back(string token, string input)
    {
        LayerSpec spec = NetworkSpec.Parse(token).Single();
        LayerSpec again = NetworkSpec.Parse(spec.ToToken()).Single();
        Assert.Equal(spec.ToToken(), again.ToToken());
        Assert.Equal(spec, again);
        Assert.Equal(spec.OutputShape(Shape.Parse(input)), again.OutputShape(Shape.Parse(input)));
    }

    [Theory, MemberData(nameof(Grid))]
    public void Leaves_no_tensor_behind(string token, string input) =>
        Assert.Equal(
            0,
            LiveTensors.LeftBehindBy(() =>
            {
                using var scope = NewDisposeScope();
                using var layer = new LayerCase(token, input);
                layer.Loss().backward();
            })
        );

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
