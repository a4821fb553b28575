using System.Globalization;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Captions;
using ConvNetShell.Core.Networks;
using ConvNetShell.Display.Records.Data;

namespace ConvNetShell.Core.Inference;

/// <summary>Checks that images fit a network before anything is computed.</summary>
internal static class EvaluationCheck
{
    /// <summary>Checks the images of a split.</summary>
    public static void Fits(Network network, DatasetSplit split, string datasetName)
    {
        if (split.Count == 0)
        {
            throw new InvalidSettingException("Split", "a split with one or more images", split.ToString());
        }
        if (!network.InputShape.Equals(split.Shape))
        {
            throw new ShapeMismatchException(
                $"The images of {datasetName} do not fit the network {network.Name}",
                network.InputShape.ToString(),
                split.Shape.ToString()
            );
        }
    }

    /// <summary>Checks one image.</summary>
    public static void Fits(Network network, ImageSample image)
    {
        var shape = ImageSamples.ShapeOf(image);
        if (!network.InputShape.Equals(shape) || image.Pixels.LongLength != shape.Elements)
        {
            throw new ShapeMismatchException(
                $"The image {image.Source} does not fit the network {network.Name}",
                string.Create(CultureInfo.InvariantCulture, $"{network.InputShape} ({network.InputShape.Elements} bytes)"),
                string.Create(CultureInfo.InvariantCulture, $"{shape} ({image.Pixels.LongLength} bytes)")
            );
        }
    }

    /// <summary>
    /// Checks that a network gives one value a class: one that describes images or gives embeddings has cmdlets of its own.
    /// </summary>
    public static void Classifies(Network network)
    {
        RequireNoCaptions(network);
        if (EmbeddingLoss(network) is { } loss)
        {
            throw new InvalidSettingException(
                "Network",
                "a classifier; Test-Verification, Find-Match, Get-Embedding and Show-Embedding are for networks that give embeddings",
                $"{network.Name}, trained with -Loss {loss}"
            );
        }
        if (network.OutputShape.Count != 1)
        {
            throw new ShapeMismatchException(
                $"The output of the network {network.Name}",
                "one value for each class",
                network.OutputShape.ToString()
            );
        }
    }

    /// <summary>Checks that the outputs of a network are no words.</summary>
    public static void RequireNoCaptions(Network network)
    {
        if (network.Layers[^1].Spec is CaptionSpec)
        {
            throw new InvalidSettingException(
                "Network",
                "a classifier; Get-Caption and Measure-Caption are for networks that describe images",
                $"{network.Name}, whose last layer is {network.Layers[^1].Spec}"
            );
        }
    }

    /// <summary>Returns the loss that taught a network its embedding; <see langword="null"/> where it gives none.</summary>
    public static string? EmbeddingLoss(Network network) =>
        network.Training?.Settings is { } settings
        && settings.TryGetValue("Loss", out string? loss)
        && loss is "Triplet" or "ArcFace" or "Contrastive"
            ? loss
            : null;
}
