using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Training.Settings;

namespace ConvNetShell.Core.Presets;

/// <content>VGG16 and MobileNet, as they are used for pictures of 32x32: without the large dense layers, and halving later.</content>
public static partial class NetworkPresets
{
    private static NetworkPreset Vgg16 =>
        new(
            "VGG16",
            Same(64, 2) + Same(128, 2) + Same(256, 3) + Same(512, 3) + Same(512, 3) + "fc10 softmax",
            new Shape(3, 32, 32),
            "CIFAR10",
            "Very Deep Convolutional Networks for Large-Scale Image Recognition (Simonyan and Zisserman, arXiv 1409.1556), the 13 "
                + "convolutions of configuration D, each with batch normalization, and one dense layer"
        )
        {
            Recipe = new TrainingSettings { LearningRate = 0.05, BatchSize = 128 },
        };

    private static NetworkPreset MobileNet =>
        new(
            "MobileNet",
            "conv3x3x32-nobias bn relu "
                + Separable(32, 64)
                + Separable(64, 128, stride: 2)
                + Separable(128, 128)
                + Separable(128, 256, stride: 2)
                + Separable(256, 256)
                + Separable(256, 512, stride: 2)
                + string.Concat(Enumerable.Repeat(Separable(512, 512), 5))
                + Separable(512, 1024, stride: 2)
                + Separable(1024, 1024)
                + "globalavg fc10 softmax",
            new Shape(3, 32, 32),
            "CIFAR10",
            "MobileNets: Efficient Convolutional Neural Networks for Mobile Vision Applications (Howard et al., arXiv 1704.04861), "
                + "table 1, whose first convolution keeps the size"
        )
        {
            Recipe = new TrainingSettings { LearningRate = 0.1, BatchSize = 128 },
        };

    /// <summary>Convolutions of one width, and a pooling.</summary>
    private static string Same(int width, int count) =>
        string.Concat(Enumerable.Repeat(FormattableString.Invariant($"conv3x3x{width}-nobias bn relu "), count)) + "pool2 ";

    /// <summary>A depthwise separable convolution: a filter for each channel, then 1x1 filters that mix the channels.</summary>
    private static string Separable(int channels, int width, int stride = 1)
    {
        string step = stride == 1 ? string.Empty : FormattableString.Invariant($"s{stride}");
        return FormattableString.Invariant($"conv3x3x{channels}{step}p1g{channels}-nobias bn relu conv1x1x{width}-nobias bn relu ");
    }
}
