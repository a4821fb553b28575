using ConvNetShell.Core.Data.Augmentations;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Training.Settings;

namespace ConvNetShell.Core.Presets;

/// <content>CIFAR10Fast: the network and the recipe of airbench94_muon.</content>
public static partial class NetworkPresets
{
    private const int AirbenchBatch = 2000,
        WhiteningEpochs = 3; // in which the biases of the whitening layer learn
    private const double HeadDeviation = 0.28125, // times the factor of the outputs 1/256, the script's with deviation 1
        AirbenchRate = 0.053, // of biases and output layer, for an image
        AirbenchDecay = 2e-6 * AirbenchBatch / AirbenchRate; // the rate times it is the script's

    /// <summary>
    /// Gets CIFAR10Fast. The script divides outputs by 256, starts their weights with deviation 1 and has a rate of 0.67 for them.
    /// Divided by 72, with weights of deviation 72/256 and a rate of 0.67 (72/256)^2 = 0.053, the output layer computes and learns the
    /// same, at the rate of the biases.
    /// </summary>
    private static NetworkPreset Airbench =>
        new(
            "CIFAR10Fast",
            "conv2x2x24p0 gelu " + Fast(64) + Fast(256) + Fast(256) + "pool3 fc10-nobias scale0.013888889 softmax",
            new Shape(3, 32, 32),
            "CIFAR10",
            "airbench94_muon (Jordan, arXiv 2404.00498), layers and recipe; biases start at 0 as in all networks here"
        )
        {
            Initializers = new Dictionary<string, Initializer>
            {
                ["conv1"] = new(InitializerKind.Whitening),
                ["conv2"] = new(InitializerKind.PartialDirac),
                ["conv3"] = new(InitializerKind.PartialDirac),
                ["conv4"] = new(InitializerKind.PartialDirac),
                ["conv5"] = new(InitializerKind.PartialDirac),
                ["conv6"] = new(InitializerKind.PartialDirac),
                ["conv7"] = new(InitializerKind.PartialDirac),
                ["fc1"] = new(InitializerKind.Normal, HeadDeviation),
            },
            LayerTraining = new Dictionary<string, LayerTraining>
            {
                ["conv1"] = new() { BiasOnly = true, LearningEpochs = WhiteningEpochs },
            },
            Recipe = new TrainingSettings
            {
                Epochs = 8,
                BatchSize = AirbenchBatch,
                DropLast = true,
                ValidationFraction = 0, // all images are trained on; the rate ends at zero, so that the last weights are the best
                KeepLast = true,
                Optimizer = OptimizerKind.Muon,
                LearningRate = 0.24,
                Momentum = 0.6,
                MuonIterations = 3,
                NormalizeFilters = true,
                RestOptimizer = RestOptimizerKind.SGD,
                RestLearningRate = AirbenchRate,
                RestMomentum = 0.85,
                WeightDecay = AirbenchDecay,
                Schedule = ScheduleKind.Linear,
                LossReduction = LossReduction.Sum,
                LabelSmoothing = 0.2,
                Augmentation = new Augmentation { Flip = FlipKind.Alternating, Shift = 2 },
            },
        };

    private static string Fast(int width) =>
        FormattableString.Invariant(
            $"conv3x3x{width}-nobias pool2 bn-m0.4-eps1e-12-noscale gelu conv3x3x{width}-nobias bn-m0.4-eps1e-12-noscale gelu "
        );
}
