using System.Diagnostics.CodeAnalysis;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Images;

/// <summary>Brings the images of datasets to another size and number of channels.</summary>
internal static class DatasetFit
{
    /// <summary>Returns a dataset whose images have another shape; the dataset itself where they have it already.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="shape">Channels (1 or 3), height and width.</param>
    /// <param name="fit">How other proportions are treated; default: stretched.</param>
    /// <param name="cancellation">Stops between two images.</param>
    /// <returns>The dataset in that size: bilinear, antialiased; grey is 0.299 red + 0.587 green + 0.114 blue (ITU-R BT.601).</returns>
    /// <exception cref="ShapeMismatchException">The images or the shape are no pictures'.</exception>
    /// <exception cref="DataFormatException">A split would be too large.</exception>
    public static Dataset To(Dataset dataset, Shape shape, FitKind fit = FitKind.Stretch, CancellationToken cancellation = default)
    {
        if (shape.Equals(dataset.InputShape))
        {
            return dataset;
        }
        var resizer = new Resizer(dataset.InputShape, shape, fit);
        return dataset.WithSplits(
            To(dataset.Train, shape, resizer, cancellation),
            To(dataset.Validation, shape, resizer, cancellation),
            To(dataset.Test, shape, resizer, cancellation)
        );
    }

    /// <summary>Returns the dataset of a hash: a dataset itself, or its pictures brought to a shape in one of the three ways.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="shape">Channels, height and width that the images may have been brought to.</param>
    /// <param name="hash">The hash of the dataset that is looked for.</param>
    /// <returns>The dataset of that hash; the one given where none has it.</returns>
    internal static Dataset ToHash(Dataset dataset, Shape shape, string hash)
    {
        bool arePictures = new[] { shape, dataset.InputShape }.All(size => size.Count == 3 && (size.Channels is 1 or 3));
        return shape.Equals(dataset.InputShape) || !arePictures
            ? dataset
            : Enum.GetValues<FitKind>().Select(fit => To(dataset, shape, fit)).FirstOrDefault(fitted => fitted.Hash() == hash) ?? dataset;
    }

    [return: NotNullIfNotNull(nameof(split))]
    private static DatasetSplit? To(DatasetSplit? split, Shape shape, Resizer resizer, CancellationToken cancellation)
    {
        if (split is null)
        {
            return null;
        }
        if (split.Store is { } store)
        {
            return split.WithStore(new ResizedStore(store, shape, resizer));
        }
        if (split.Count > DataFile.LargestArray / shape.Elements)
        {
            throw new DataFormatException(
                "Data.TooLarge",
                split.Name,
                FormattableString.Invariant(
                    $"expected at most {DataFile.LargestArray} bytes a split. Received: {split.Count} images to be resized to {shape}."
                )
            );
        }
        int size = (int)shape.Elements;
        byte[] pixels = GC.AllocateUninitializedArray<byte>(split.Count * size); // zeros would take seconds, and are all replaced
        ParallelImages.For(split.Count, threads: null, i => resizer.Resize(split.Image(i), pixels.AsSpan(i * size, size)), cancellation);
        return new DatasetSplit(split.Name, shape, pixels, split.LabelArray, split.Files) { Attributes = split.Attributes };
    }
}
