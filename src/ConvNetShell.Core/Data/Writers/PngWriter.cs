using System.Globalization;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Formats;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Data.Tables;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Data.Writers;

/// <summary>
/// Writes PNG files in folders split/class, numbered through each split, in parallel, and a table of what is known of them.
/// </summary>
internal static class PngWriter
{
    public static Action<string> For(Dataset dataset, IProgress<DataProgress>? progress, CancellationToken cancellation)
    {
        if (dataset.InputShape.Count != 3 || dataset.InputShape.Channels is not (1 or 3))
        {
            throw new InvalidSettingException(
                "A dataset saved as PNG files",
                "of images with 1 or 3 channels (-Format Npz takes clips too)",
                dataset
            );
        }
        IReadOnlyList<string> folders = ClassNames.ToFolders(dataset.Classes);
        return root =>
        {
            foreach (DatasetSplit split in dataset.Splits)
            {
                WriteSplit(
                    split,
                    Path.Combine(
                        root,
                        split == dataset.Train ? "train"
                            : split == dataset.Test ? "test"
                            : "validation"
                    ),
                    folders,
                    progress,
                    cancellation
                );
            }
        };
    }

    private static void WriteSplit(
        DatasetSplit split,
        string root,
        IReadOnlyList<string> folders,
        IProgress<DataProgress>? progress,
        CancellationToken cancellation
    )
    {
        foreach (string folder in folders)
        {
            Directory.CreateDirectory(Path.Combine(root, folder));
        }
        string Place(int i) => Path.Combine(folders[split.LabelArray[i]], string.Create(CultureInfo.InvariantCulture, $"{i:00000}.png"));
        TableWriter.Write(split, root, Place);
        int done = 0;
        try
        {
            ParallelImages.For(
                split.Count,
                split.Store?.DecodeThreads,
                i =>
                {
                    byte[] png = PngFile.Encode(split.Image(i), split.Shape);
                    File.WriteAllBytes(Path.Combine(root, Place(i)), png);
                    int now = Interlocked.Increment(ref done);
                    if (now % 256 == 0 || now == split.Count)
                    {
                        progress?.Report(new DataProgress($"Writing {split.Name}", now, split.Count, "images"));
                    }
                },
                cancellation
            );
        }
        catch (AggregateException error) when (error.InnerException is IOException or UnauthorizedAccessException)
        {
            throw new IOException(error.InnerException.Message, error);
        }
    }
}
