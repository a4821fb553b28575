using System.Globalization;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Normalization;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training.Losses;
using ConvNetShell.Core.Training.Settings;

namespace ConvNetShell.Core.Training.Loop;

/// <summary>Checks that a network, a dataset and settings fit before anything is computed.</summary>
internal static class TrainingCheck
{
    /// <summary>Checks the shape of images against a network.</summary>
    public static void ImagesFit(Network network, Dataset dataset)
    {
        if (!network.InputShape.Equals(dataset.InputShape))
        {
            throw new ShapeMismatchException(
                $"The images of {dataset.Name} do not fit the network {network.Name}",
                network.InputShape.ToString(),
                dataset.InputShape.ToString()
            );
        }
    }

    /// <summary>Checks images and the number of classes against a network, and that it has weights to train.</summary>
    public static void Fits(Network network, Dataset dataset, TrainingSettings settings)
    {
        ImagesFit(network, dataset);
        if (network.FrozenLayers.Count > 0 && network.Modules.All(module => module.Parameters.Count == 0 || module.IsFrozen))
        {
            throw new InvalidSettingException(
                "Network",
                "a network with a layer to train; Set-NetworkLayer -Frozen:$false makes one trainable",
                $"{network.Name}, whose layers are all frozen"
            );
        }
        CaptionCheck.NetworkFits(network, settings);
        if (settings.LearnsEmbedding && network.OutputShape.Count != 1)
        {
            throw new ShapeMismatchException(
                $"The output of the network {network.Name}",
                "a vector, which is the embedding of an image",
                network.OutputShape.ToString()
            );
        }
        if (settings.LearnsClasses && (network.OutputShape.Count != 1 || network.OutputShape.Channels != dataset.Classes.Count))
        {
            throw new ShapeMismatchException(
                $"The output of the network {network.Name} does not fit {dataset.Name}",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"one value for each of {dataset.Classes.Count} classes, as New-Network -Classes {dataset.Classes.Count} gives it"
                ),
                network.OutputShape.ToString()
            );
        }
    }

    /// <summary>Checks that an embedding can be learned: pairs to compare, and no setting that only a classifier knows.</summary>
    public static void EmbeddingFits(TrainingSettings settings, Dataset dataset)
    {
        if (!settings.LearnsEmbedding)
        {
            return;
        }
        int paired = dataset.Train.LabelArray.GroupBy(label => label).Count(group => group.Count() > 1);
        if (paired < 2)
        {
            throw new InvalidSettingException(
                "Loss",
                $"CrossEntropy for {dataset.Name}: the others need two or more classes with two or more training images each",
                settings.Loss
            );
        }
        if (settings.Augmentation.Mixes)
        {
            throw new InvalidSettingException("Loss", "CrossEntropy where the augmentation mixes images", settings.Loss);
        }
        if (settings.LabelSmoothing > 0 && settings.Loss != LossKind.ArcFace)
        {
            throw new InvalidSettingException(
                "LabelSmoothing",
                $"0 with -Loss {settings.Loss}, which has no labels to smooth",
                settings.LabelSmoothing
            );
        }
        if (settings.UsedImagesPerClass > settings.BatchSize / 2)
        {
            throw new InvalidSettingException(
                "ImagesPerClass",
                string.Create(CultureInfo.InvariantCulture, $"at most half of the {settings.BatchSize} images of a batch"),
                settings.UsedImagesPerClass
            );
        }
    }

    /// <summary>Checks that there is one weight for each class.</summary>
    public static void WeightsFit(TrainingSettings settings, Dataset dataset)
    {
        if (
            settings.ClassWeights is { } weights
            && (
                weights.Count != dataset.Classes.Count
                || weights.Any(weight => !(weight >= 0) || double.IsInfinity(weight))
                || weights.Sum() == 0
            )
        )
        {
            throw new InvalidSettingException(
                "ClassWeight",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{dataset.Classes.Count} finite numbers of 0 or more, one for each of {string.Join(", ", dataset.Classes)}"
                ),
                string.Join(", ", weights)
            );
        }
    }

    /// <summary>Checks that no batch normalization gets a single value.</summary>
    public static void BatchNormFits(Network network, TrainingSettings settings, Dataset dataset)
    {
        NetworkLayer? norm = network.Plan.AllLayers.FirstOrDefault(layer =>
            layer.Spec is BatchNormSpec && layer.Input.Elements == layer.Input.Channels
        );
        if (norm is not null && Math.Min(settings.BatchSize, dataset.Train.Count) == 1)
        {
            throw new InvalidSettingException(
                "BatchSize",
                $"2 or more, as {norm.Name} normalizes each channel over the batch and has one value of each in an image",
                string.Create(CultureInfo.InvariantCulture, $"{settings.BatchSize} with {dataset.Train.Count} training images")
            );
        }
    }
}
