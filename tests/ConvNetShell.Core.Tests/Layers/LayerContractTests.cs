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
    public static TheoryData<string, string> Grid =>
        new()
        {
            { "conv3x3x4", "2,6,6" },
            { "conv5x5x3p0", "2,7,6" },
            { "conv3x3x4s2", "2,7,6" },
            { "conv2x2x3", "2,5,6" },
            { "conv4x4x3s2", "2,7,8" },
            { "conv4x4x3s2", "1,8,8" },
            { "conv3x1x2", "2,5,5" },
            { "conv2x3x2s2x1", "2,6,5" },
            { "conv3x3x4g2-nobias", "2,5,5" },
            { "conv3x3x2s2p1", "3,6,6" },
            { "conv1x1x5", "3,4,4" },
            { "conv1x1x2s3", "2,7,7" },
            { "conv3x5x2p1x2", "1,5,7" },
            { "pool2", "2,6,6" },
            { "pool2", "2,5,7" },
            { "pool3s2", "2,7,7" },
            { "pool2s1psame", "2,4,5" },
            { "pool3s2psame", "1,6,6" },
            { "pool3s2p1", "1,6,6" },
            { "pool2x3", "2,4,6" },
            { "avgpool2", "2,6,6" },
            { "avgpool3s2p1", "2,6,6" },
            { "avgpool2s1psame", "2,4,4" },
            { "fc5", "2,3,3" },
            { "fc5", "7" },
            { "fc4-nobias", "6" },
            { "relu", "2,3,3" },
            { "leakyrelu", "2,3,3" },
            { "sigmoid", "2,3,3" },
            { "tanh", "5" },
            { "gelu", "2,3,3" },
            { "softmax", "5" },
            { "drop0.4", "2,3,3" },
            { "drop0", "5" },
            { "bn", "3,4,4" },
            { "bn", "5" },
            { "flatten", "2,3,4" },
            { "conv1d3x4", "2,7" },
            { "conv1d2x3p0:1s2", "2,6" },
            { "conv1d3x4d2g2", "4,9" },
            { "conv3d3x3x3x2", "2,4,4,5" },
            { "conv3d1x3x2x2s1x2x1p0", "2,3,5,4" },
            { "conv3x3x4d2", "2,7,7" },
            { "conv3x3x2p0:1", "2,5,5" },
            { "conv3x3x2s2p0:1x2:0d2x1", "1,7,6" },
            { "conv5x5x4s2g2", "4,6,6" },
            { "deconv4x4x3s2", "2,3,3" },
            { "deconv3x3x4s2p1e1g2", "2,3,4" },
            { "deconv3x3x2p0", "2,3,3" },
            { "deconv2x2x2s3", "1,3,3" },
            { "deconv3x2x2p0:1x1:0-nobias", "2,4,4" },
            { "deconv1d4x3s2", "2,5" },
            { "deconv3d2x2x2x2s2", "1,2,3,2" },
            { "deconv3x3x2d2p2", "2,3,3" },
            { "local3x3x3", "2,4,4" },
            { "local2x3x2s2p0", "2,5,5" },
            { "local1d3x2", "2,6" },
            { "local3x3x2d2-nobias", "1,5,5" },
            { "local3d2x2x2x2p0", "1,3,3,3" },
            { "pool2", "2,6" },
            { "pool2", "2,4,4,4" },
            { "pool1x2x2", "2,3,4,4" },
            { "pool3s2p1", "1,7" },
            { "avgpool2", "2,4,4,2" },
            { "avgpool3s1psame", "2,5" },
            { "pool3s2psame", "1,4,4,4" },
            { "globalmax", "2,4,3" },
            { "globalavg", "2,4,3" },
            { "globalavg", "3,5" },
            { "globalmax", "2,3,2,2" },
            { "adaptiveavg3x2", "2,5,7" },
            { "adaptivemax3", "2,7,5" },
            { "adaptiveavg2", "2,5" },
            { "adaptivemax2", "1,3,4,5" },
            { "adaptiveavg6", "2,4,1" },
            { "adaptivemax3", "2,2" },
            { "ln", "3,4,4" },
            { "ln", "6" },
            { "gn2", "4,3,3" },
            { "gn3", "3,5" },
            { "lrn5", "7,2,2" },
            { "lrn2", "3,4" },
            { "spatialdrop0.4", "5,3,3" },
            { "scale0.25", "2,3" },
            { "maxout2", "4,3,2" },
            { "maxout3", "6" },
            { "scaledtanh", "2,3,3" },
            { "rnn3", "2,4" },
            { "gru3", "2,4" },
            { "lstm3", "2,4" },
            { "lstm2-seq", "3,4" },
            { "gru2-seq-bi", "2,3" },
            { "rnn3-bi", "2,4" },
            { "res(conv3x3x2 tanh conv3x3x2)", "2,4,4" },
            { "respad(conv3x3x5s2 tanh)", "2,4,6" },
            { "resproj(conv3x3x3s2-nobias bn)", "2,4,4" },
            { "add(conv3x3x2 | conv1x1x2)", "3,4,4" },
            { "concat(conv3x3x2 | conv1x1x1 tanh | )", "2,3,3" },
            { "res(res(fc4))", "4" },
            { "mapconv3x2:01/2/012", "3,5,4" },
            { "subsample2", "2,4,4" },
            { "rbf3", "6" },
            { "skip5s2", "2,5,5" },
        };

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
