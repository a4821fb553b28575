using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Data.Streams;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Formats;

/// <summary>
/// Makes splits whose images stay on disk. Only a few images are decoded here: the first one gives the size, and a sample says whether all
/// are grey.
/// </summary>
internal static class StreamedSplits
{
    private const int SampledImages = 64;

    /// <summary>Makes the splits.</summary>
    /// <param name="splits">The image files; each split has one or more images.</param>
    /// <param name="options">How they are decoded.</param>
    /// <exception cref="DataFormatException">No image of a split can be decoded.</exception>
    /// <exception cref="InvalidSettingException">The number of threads is not positive.</exception>
    public static IReadOnlyList<DatasetSplit> Open(IReadOnlyList<EncodedSplit> splits, ReadOptions options)
    {
        if (options.DecodeThreads < 1)
        {
            throw new InvalidSettingException("DecodeThreads", "1 or more", options.DecodeThreads);
        }
        if (splits.Count == 0)
        {
            return [];
        }
        Shape shape = options.ResizeTo ?? Shape(splits, options);
        options.Note?.Invoke(
            FormattableString.Invariant($"Streamed: {options.DecodeThreads} threads decode images of {shape} when they are needed.")
        );
        return
        [
            .. splits.Select(split => new DatasetSplit(
                split.Name,
                new EncodedStore(split.Images, shape, options.ResizeTo is not null, options.Fit, options.DecodeThreads),
                split.Labels,
                files: split.Files
            )),
        ];
    }

    private static Shape Shape(IReadOnlyList<EncodedSplit> splits, ReadOptions options)
    {
        LoadedImage first =
            EncodedReader.FirstImage(splits[0])
            ?? throw new DataFormatException(
                "Data.Empty",
                splits[0].Images.Path(0),
                "expected one image or more that can be decoded. Received: this file and others that cannot."
            );
        int channels = options.Channels ?? (splits.All(AreGrey) ? 1 : 3);
        return new Shape(channels, first.Shape[1], first.Shape[2]);
    }

    /// <summary>Returns whether a sample of images, evenly spaced, is grey; what cannot be decoded does not count.</summary>
    private static bool AreGrey(EncodedSplit split)
    {
        int sampled = Math.Min(split.Images.Count, SampledImages);
        return Enumerable.Range(0, sampled).All(i => IsGrey(split.Images, (int)((long)i * split.Images.Count / sampled)));
    }

    private static bool IsGrey(IEncodedImages images, int index)
    {
        try
        {
            return ImageFile.Decode(images.Bytes(index), images.Path(index), null, null, FitKind.Stretch).IsGrey;
        }
        catch (DataFormatException)
        {
            return true; // its error is raised where it is used
        }
    }
}
