using ConvNetShell.Core.Data.Augmentations;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Training.Settings;

namespace ConvNetShell.Core.Presets;

/// <summary>The named networks.</summary>
public static partial class NetworkPresets
{
    private const string ResidualPath =
        "Deep Residual Learning for Image Recognition (He et al., arXiv 1512.03385), section 4.2; shortcuts of option A";

    /// <summary>
    /// Gets how both AlexNets learn a few thousand pictures. The paper's SGD at 0.01 is for a million: on two thousand, three epochs of it
    /// stayed at chance, and on nine thousand they reach 88 % where these reach 96.
    /// </summary>
    private static TrainingSettings AlexNetRecipe => new() { Optimizer = OptimizerKind.Adam, LearningRate = 0.0005 };

    /// <summary>Gets all presets.</summary>
    public static IReadOnlyList<NetworkPreset> All { get; } =
    [
        new(
            "CIFAR10",
            "conv5x5x16 relu pool2 conv5x5x20 relu pool2 conv5x5x20 relu pool2 fc10 softmax",
            new Shape(3, 32, 32),
            "CIFAR10",
            "ConvNetJS CIFAR-10 demo (Karpathy), cs.stanford.edu/people/karpathy/convnetjs/demo/cifar10.html"
        ),
        Airbench,
        new(
            "ResNet20",
            "conv3x3x16-nobias bn relu "
                + Residual(16, first: false)
                + Residual(32, first: true)
                + Residual(64, first: true)
                + "globalavg fc10 softmax",
            new Shape(3, 32, 32),
            "CIFAR10",
            ResidualPath
        )
        {
            Recipe = new TrainingSettings { LearningRate = 0.1, BatchSize = 128 },
        },
        Vgg16,
        MobileNet,
        new(
            "LeNet5",
            "conv5x5x6 relu pool2 conv5x5x16p0 relu pool2 fc120 relu fc84 relu fc10 softmax",
            new Shape(1, 28, 28),
            "FashionMNIST",
            "LeCun et al., Gradient-Based Learning Applied to Document Recognition, 1998; ReLU and max pooling as is usual now"
        ),
        new(
            "LeNet5-1998",
            "conv5x5x6 scaledtanh subsample2 scaledtanh "
                + "mapconv5x5:012/123/234/345/045/015/0123/1234/2345/0345/0145/0125/0134/1245/0235/012345 scaledtanh "
                + "subsample2 scaledtanh conv5x5x120p0 scaledtanh fc84 scaledtanh rbf10",
            new Shape(1, 28, 28),
            "FashionMNIST",
            "LeCun et al., 1998, as published: trainable subsampling, connection table I, fixed output codes (random ones "
                + "here); 28x28 padded to 32x32"
        )
        {
            Recipe = new TrainingSettings { Optimizer = OptimizerKind.Adam, LearningRate = 0.002 },
        },
        new(
            "ConvNetJSMNIST",
            "conv5x5x8 relu pool2 conv5x5x16 relu pool3 fc10 softmax",
            new Shape(1, 24, 24),
            "MNIST",
            "ConvNetJS MNIST demo (Karpathy), cs.stanford.edu/people/karpathy/convnetjs/demo/mnist.html"
        ),
        new(
            "AlexNet",
            "conv11x11x64s4p2 relu pool3s2 conv5x5x192p2 relu pool3s2 conv3x3x384p1 relu conv3x3x256p1 relu conv3x3x256p1 relu pool3s2 "
                + "adaptiveavg6 drop0.5 fc4096 relu drop0.5 fc4096 relu fc1000 softmax",
            new Shape(3, 224, 224),
            "Shapes",
            "torchvision's AlexNet, after Krizhevsky, One Weird Trick for Parallelizing Convolutional Neural Networks, arXiv 1404.5997"
        )
        {
            Recipe = AlexNetRecipe,
        },
        new(
            "AlexNet2012",
            "conv11x11x96s4p0 relu lrn5 pool3s2 conv5x5x256p2g2 relu lrn5 pool3s2 conv3x3x384p1 relu conv3x3x384p1g2 relu "
                + "conv3x3x256p1g2 relu pool3s2 fc4096 relu drop0.5 fc4096 relu drop0.5 fc1000 softmax",
            new Shape(3, 227, 227),
            "Shapes",
            "Krizhevsky, Sutskever, Hinton: ImageNet Classification with Deep Convolutional Neural Networks, 2012; its two "
                + "halves are groups"
        )
        {
            Recipe = AlexNetRecipe,
        },
        new(
            "C3D",
            "conv3d3x3x3x8 relu pool1x2x2 conv3d3x3x3x16 relu pool2 conv3d3x3x3x32 relu pool2 fc64 relu fc6 softmax",
            new Shape(1, 8, 24, 24),
            "MovingShapes",
            "After C3D (Tran et al., arXiv 1412.0767): 3x3x3 kernels, the first pooling keeps time; small enough for clips of 8 frames"
        )
        {
            Recipe = new TrainingSettings { LearningRate = 0.01 },
        },
        new(
            "Conv1D",
            "conv1d7x16 relu pool2 conv1d5x32 relu pool2 conv1d3x32 relu globalmax fc6 softmax",
            new Shape(1, 64),
            "Signals",
            "A convolutional network for sequences, in the manner of Wang et al., arXiv 1611.06455"
        ),
        new(
            "LSTM",
            "lstm32 fc6 softmax",
            new Shape(1, 64),
            "Signals",
            "A sequence classifier of one layer of long short-term memory (Hochreiter and Schmidhuber, 1997)"
        )
        {
            Recipe = new TrainingSettings
            {
                Optimizer = OptimizerKind.Adam,
                LearningRate = 0.01,
                ClipNorm = 1,
            },
        }, // without it one seed in three diverges for a while
        new(
            "GRU",
            "gru32 fc6 softmax",
            new Shape(1, 64),
            "Signals",
            "A sequence classifier of one layer of gated recurrent units (Cho et al., arXiv 1406.1078)"
        )
        {
            Recipe = new TrainingSettings { Optimizer = OptimizerKind.Adam, LearningRate = 0.01 },
        },
        new(
            "FaceNetSmall",
            "conv3x3x32-nobias bn relu pool2 conv3x3x64-nobias bn relu pool2 conv3x3x128-nobias bn relu pool2 fc128",
            new Shape(3, 32, 32),
            "Faces",
            "An embedding of 128 numbers, after FaceNet (Schroff et al., arXiv 1503.03832), small enough for a processor; its loss is "
                + "ArcFace (Deng et al., arXiv 1801.07698)"
        )
        {
            Recipe = new TrainingSettings
            {
                Loss = LossKind.ArcFace,
                Optimizer = OptimizerKind.Adam,
                LearningRate = 0.002,
                Epochs = 8,
                BatchSize = 64,
                Augmentation = new Augmentation { Flip = FlipKind.Random, Shift = 2 },
            },
        },
        new(
            "ShowAndTell",
            "conv3x3x32-nobias bn relu pool2 conv3x3x64-nobias bn relu pool2 conv3x3x96-nobias bn relu caption128w32t14",
            new Shape(3, 32, 32),
            "Scenes",
            "A describer of images after Show and Tell (Vinyals et al., arXiv 1411.4555), small enough for a processor: convolutions whose "
                + "maps go into a recurrent decoder"
        )
        {
            Recipe = Captioning,
        },
        new(
            "ShowAttendAndTell",
            "conv3x3x32-nobias bn relu pool2 conv3x3x64-nobias bn relu pool2 conv3x3x96-nobias bn relu caption128w32t14-att",
            new Shape(3, 32, 32),
            "Scenes",
            "The same with attention: each word looks at positions of the maps (Xu et al., arXiv 1502.03044)"
        )
        {
            Recipe = Captioning,
        },
        .. Streams,
        new(
            "MLP",
            "fc256 relu fc128 relu fc10 softmax",
            new Shape(1, 28, 28),
            "FashionMNIST",
            "The fully connected baseline: no convolution, no sharing"
        ),
    ];

    private static TrainingSettings Captioning =>
        new()
        {
            Loss = LossKind.Caption,
            Optimizer = OptimizerKind.AdamW,
            LearningRate = 0.004,
            WeightDecay = 0.01,
            ClipNorm = 1,
            Epochs = 20,
            BatchSize = 64,
        };

    /// <summary>Returns a preset by its name, in any case.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The preset.</returns>
    /// <exception cref="NameNotFoundException">There is none of that name.</exception>
    public static NetworkPreset Find(string name) =>
        All.FirstOrDefault(preset => preset.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new NameNotFoundException("Preset.NotFound", "Preset", All.Select(preset => preset.Name), name);

    /// <summary>Returns the preset a network was made from, or <see langword="null"/>.</summary>
    /// <param name="network">The network.</param>
    public static NetworkPreset? Of(Network network) => All.FirstOrDefault(preset => preset.Name == network.Preset);

    /// <summary>Three blocks of two layers; the first may halve the size.</summary>
    private static string Residual(int width, bool first)
    {
        string block = FormattableString.Invariant($"res(conv3x3x{width}-nobias bn relu conv3x3x{width}-nobias bn) relu ");
        string halving = FormattableString.Invariant($"respad(conv3x3x{width}s2-nobias bn relu conv3x3x{width}-nobias bn) relu ");
        return (first ? halving : block) + block + block;
    }
}
