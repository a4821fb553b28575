using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Activation;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Normalization;
using ConvNetShell.Core.Layers.Pooling;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Layers;

/// <summary>Values that layers must give, by loops that anyone can check.</summary>
public sealed class LayerValueTests
{
    [Theory]
    [InlineData("conv3x3x2", 5, 6)]
    [InlineData("conv2x2x3", 5, 4)]
    [InlineData("conv4x3x2s2", 7, 6)]
    [InlineData("conv3x3x2s2p1", 6, 5)]
    [InlineData("conv2x3x4p0g2", 5, 5)]
    public void Convolution_is_the_sum_over_the_window(string token, int height, int width)
    {
        using var scope = NewDisposeScope();
        using var layer = new LayerCase(token, $"2,{height},{width}");
        var spec = (ConvSpec)layer.Spec;
        double[,,,] weight = Array4(layer.Module.Parameters[0].Value),
            input = Array4(layer.Input),
            output = Array4(layer.Forward());
        double[] bias = layer.Module.Parameters[1].Value.data<double>().ToArray();
        int channels = 2 / spec.Groups;
        Each(
            output,
            (n, f, y, x) =>
            {
                double sum = bias[f];
                int first = f / (spec.Filters / spec.Groups) * channels;
                Inside(
                    spec.Window,
                    layer.InputShape,
                    y,
                    x,
                    (row, column, i, j) =>
                    {
                        for (int c = 0; c < channels; c++)
                        {
                            sum += weight[f, c, i, j] * input[n, first + c, row, column];
                        }
                    }
                );
                return sum;
            }
        );
    }

    [Theory]
    [InlineData("pool2", 5, 4)]
    [InlineData("pool3s2psame", 6, 7)]
    [InlineData("pool2s1psame", 4, 5)]
    [InlineData("pool3s2p1", 6, 6)]
    [InlineData("avgpool2", 6, 4)]
    [InlineData("avgpool2s1psame", 4, 5)]
    [InlineData("avgpool3s2p1", 6, 6)]
    public void Pooling_keeps_the_maximum_or_the_mean(string token, int height, int width)
    {
        using var scope = NewDisposeScope();
        using var layer = new LayerCase(token, $"2,{height},{width}");
        var spec = (PoolSpec)layer.Spec;
        double[,,,] input = Array4(layer.Input),
            output = Array4(layer.Forward());
        Each(
            output,
            (n, c, y, x) =>
            {
                double most = double.NegativeInfinity,
                    sum = 0;
                Inside(
                    spec.Window,
                    layer.InputShape,
                    y,
                    x,
                    (row, column, _, _) =>
                    {
                        most = Math.Max(most, input[n, c, row, column]);
                        sum += input[n, c, row, column];
                    }
                );
                return spec.Pooling == PoolKind.Max ? most : sum / (spec.Window.Kernel[0] * spec.Window.Kernel[1]);
            }
        );
    }

    [Fact]
    public void Dropout_keeps_the_mean_in_training_and_the_values_afterwards()
    {
        using var scope = NewDisposeScope();
        var module = new DropoutModule(new DropoutSpec(0.3));
        Tensor input = ones(20_000);
        Tensor dropped = module.Forward(input, new ForwardContext(Training: true, new Generator(2)));
        Assert.InRange(dropped.mean().item<float>(), 0.98, 1.02);
        Assert.InRange(dropped.eq(0).to(ScalarType.Float32).mean().item<float>(), 0.28, 0.32);
        Assert.Equal(1 / 0.7f, dropped.max().item<float>(), 1e-5);
        Assert.Same(input, module.Forward(input, new ForwardContext(Training: false)));
    }

    [Fact]
    public void Batch_norm_keeps_running_averages()
    {
        using var scope = NewDisposeScope();
        using var module = new BatchNormModule(new BatchNormSpec(), new Shape(2, 3, 3));
        Tensor input = randn([4, 2, 3, 3], generator: new Generator(3)) * 2 + 5;
        Tensor output = module.Forward(input, new ForwardContext(Training: true));
        Assert.True(output.mean([0, 2, 3]).allclose(zeros(2), 0, 1e-5));
        Assert.True(module.Buffers[0].Value.allclose(input.mean([0, 2, 3]) * 0.1));
        Assert.True(module.Buffers[1].Value.allclose(0.9 + 0.1 * input.var([0, 2, 3], unbiased: true)));
    }

    private static double[,,,] Array4(Tensor tensor)
    {
        long[] size = tensor.shape;
        double[] flat = tensor.detach().contiguous().data<double>().ToArray();
        var result = new double[size[0], size[1], size[2], size[3]];
        Buffer.BlockCopy(flat, 0, result, 0, flat.Length * sizeof(double));
        return result;
    }

    private static void Each(double[,,,] output, Func<int, int, int, int, double> expected)
    {
        for (int n = 0; n < output.GetLength(0); n++)
        {
            for (int c = 0; c < output.GetLength(1); c++)
            {
                for (int y = 0; y < output.GetLength(2); y++)
                {
                    for (int x = 0; x < output.GetLength(3); x++)
                    {
                        Assert.Equal(expected(n, c, y, x), output[n, c, y, x], 1e-12);
                    }
                }
            }
        }
    }

    /// <summary>Visits the places of a window that lie on the picture: row, column, and the place in the window.</summary>
    private static void Inside(Window window, Shape input, int y, int x, Action<int, int, int, int> visit)
    {
        var pads = window.Pads(input);
        for (int i = 0; i < window.Kernel[0]; i++)
        {
            for (int j = 0; j < window.Kernel[1]; j++)
            {
                int row = y * window.Stride[0] - pads[0].Before + i,
                    column = x * window.Stride[1] - pads[1].Before + j;
                if ((uint)row < (uint)input[1] && (uint)column < (uint)input[2])
                {
                    visit(row, column, i, j);
                }
            }
        }
    }
}
