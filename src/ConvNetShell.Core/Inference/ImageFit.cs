using System.Globalization;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Display.Records.Data;

namespace ConvNetShell.Core.Inference;

/// <summary>Gives single images the size a network was made for.</summary>
public static class ImageFit
{
    /// <summary>Reads an image file in the size of a network's input.</summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The file.</param>
    /// <param name="resize">Whether a file of another size is resized; else it is an error.</param>
    /// <param name="note">Receives a sentence where a file was resized.</param>
    /// <param name="fit">How other proportions are treated; default: stretched.</param>
    /// <returns>The sample; its class is not known.</returns>
    /// <exception cref="ShapeMismatchException">The network takes no pictures, or the file has another size and must not be
    /// resized.</exception>
    public static ImageSample Read(
        Network network,
        string path,
        bool resize = true,
        Action<string>? note = null,
        FitKind fit = FitKind.Stretch
    )
    {
        Shape input = network.InputShape;
        if (input.Count != 3 || input.Channels is not (1 or 3))
        {
            throw new ShapeMismatchException(
                $"The network {network.Name} takes no image files",
                "a sample of a dataset (Select-Sample) of " + input,
                path
            );
        }
        (int height, int width) = ImageFile.Size(path);
        if (height != input[1] || width != input[2])
        {
            Say(network, path, new Shape(input.Channels, height, width), resize, note);
        }
        return ImageSamples.FromFile(path, input, fit);
    }

    /// <summary>Returns a sample in the size of a network's input; the sample itself where it has it.</summary>
    /// <param name="network">The network.</param>
    /// <param name="sample">The sample.</param>
    /// <param name="resize">Whether a sample of another size is resized; else it is an error.</param>
    /// <param name="note">Receives a sentence where a sample was resized.</param>
    /// <param name="fit">How other proportions are treated; default: stretched.</param>
    /// <returns>The sample, resized where need be: to the same bytes as a file of the same picture.</returns>
    /// <exception cref="ShapeMismatchException">It cannot be resized: it has another number of dimensions, or must not be.</exception>
    public static ImageSample To(
        Network network,
        ImageSample sample,
        bool resize = true,
        Action<string>? note = null,
        FitKind fit = FitKind.Stretch
    )
    {
        Shape input = network.InputShape,
            shape = ImageSamples.ShapeOf(sample);
        if (shape.Equals(input) || shape.Count != 3 || input.Count != 3 || shape.Channels is not (1 or 3) || input.Channels is not (1 or 3))
        {
            EvaluationCheck.Fits(network, sample);
            return sample;
        }
        Say(network, sample.Source, shape, resize, note);
        return sample with
        {
            Height = input[1],
            Width = input[2],
            Channels = input.Channels,
            Pixels = new Resizer(shape, input, fit).Resize(sample.Pixels),
        };
    }

    private static void Say(Network network, string source, Shape shape, bool resize, Action<string>? note)
    {
        if (!resize)
        {
            throw new ShapeMismatchException(
                $"The image {source} does not fit the network {network.Name}",
                network.InputShape.ToString(),
                shape.ToString()
            );
        }
        note?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{source} is {shape} and was resized to {network.InputShape}."));
    }
}
