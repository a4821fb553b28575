using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Data.Streams;
using ConvNetShell.Core.Data.Tables;

namespace ConvNetShell.Core.Data.Formats;

/// <summary>Lists the image files of a folder, class by class.</summary>
internal static class ImageFolderList
{
    private const int MostNamed = 3;

    /// <summary>Lists the image files of a split.</summary>
    /// <param name="root">The folder of the dataset.</param>
    /// <param name="name">Train, Validation or Test.</param>
    /// <param name="folder">The folder of the split.</param>
    /// <param name="classes">The classes.</param>
    /// <param name="options">How to read.</param>
    public static EncodedSplit Of(string root, string name, string folder, IReadOnlyList<ClassFolder> classes, ReadOptions options)
    {
        var files = new List<string>();
        var labels = new List<int>();
        var empty = new List<string>();
        for (int label = 0; label < classes.Count; label++)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            string classFolder = classes[label].In(folder);
            string[] found = Directory.Exists(classFolder)
                ? [.. ImageFolderFormat.ImagesIn(classFolder).Order(StringComparer.Ordinal)]
                : [];
            if (found.Length == 0)
            {
                empty.Add($"{classFolder}: the class '{classes[label].Name}' has no image in {name}.");
                if (!Directory.Exists(classFolder))
                {
                    continue;
                }
            }
            WarnOfOthers(classFolder, found, options);
            files.AddRange(found);
            labels.AddRange(Enumerable.Repeat(label, found.Length));
        }
        foreach (string warning in empty.Take(MostNamed))
        {
            options.Warn?.Invoke(warning);
        }
        if (empty.Count > MostNamed) // of people, whole classes are held out
        {
            options.Warn?.Invoke(
                FormattableString.Invariant(
                    $"{folder}: {empty.Count} of {classes.Count} classes have no image in {name}; {MostNamed} are named."
                )
            );
        }
        string[] listed = [.. files];
        return new EncodedSplit(name, new FileImages(root, listed), [.. labels], listed);
    }

    /// <summary>Files that are no images by their names, except those that systems leave everywhere (.DS_Store, Thumbs.db).</summary>
    private static void WarnOfOthers(string folder, string[] images, ReadOptions options)
    {
        if (options.Warn is null)
        {
            return;
        }
        string[] others =
        [
            .. Directory
                .EnumerateFiles(folder)
                .Where(file => !SystemFiles.Includes(file))
                .Except(SampleTable.In([folder]), StringComparer.Ordinal)
                .Except(images, StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
        if (others.Length > 0)
        {
            string more =
                others.Length > 1 ? FormattableString.Invariant($", as are {others.Length - 1} more in that folder") : string.Empty;
            options.Warn($"{others[0]}: skipped, not an image by its name{more}. Images end in {string.Join(", ", ImageFile.Extensions)}.");
        }
    }
}
