using System.Globalization;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Errors;
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

    /// <summary>Checks that a network gives one value a class.</summary>
    public static void Classifies(Network network)
    {
        if (network.OutputShape.Count != 1)
        {
            throw new ShapeMismatchException(
                $"The output of the network {network.Name}",
                "one value for each class",
                network.OutputShape.ToString()
            );
        }
    }
}
