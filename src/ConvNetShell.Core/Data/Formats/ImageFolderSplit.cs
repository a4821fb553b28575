using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Formats;

/// <summary>The files of one split of an image folder, class by class, before they are read.</summary>
/// <param name="Name">Train, Validation or Test.</param>
/// <param name="Files">The image files.</param>
/// <param name="Labels">The class of each.</param>
internal sealed record ImageFolderSplit(string Name, string[] Files, int[] Labels)
{
    public static ImageFolderSplit List(string name, string folder, IReadOnlyList<string> classes, ReadOptions options)
    {
        var files = new List<string>();
        var labels = new List<int>();
        for (int label = 0; label < classes.Count; label++)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            string classFolder = Path.Combine(folder, ClassNames.ToFolder(classes[label]));
            string[] found = Directory.Exists(classFolder)
                ? [.. ImageFolderFormat.ImagesIn(classFolder).Order(StringComparer.Ordinal)]
                : [];
            if (found.Length == 0)
            {
                options.Warn?.Invoke($"{classFolder}: the class '{classes[label]}' has no image in {name}.");
                if (!Directory.Exists(classFolder))
                {
                    continue;
                }
            }
            WarnOfOthers(classFolder, found, options);
            files.AddRange(found);
            labels.AddRange(Enumerable.Repeat(label, found.Length));
        }
        return new ImageFolderSplit(name, [.. files], [.. labels]);
    }

    /// <summary>
    /// Files without an image's extension, except system files (.DS_Store, Thumbs.db), which need no warning.
    /// </summary>
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
                .Where(file =>
                    !Path.GetFileName(file).StartsWith('.')
                    && !Path.GetFileName(file).Equals("Thumbs.db", StringComparison.OrdinalIgnoreCase)
                )
                .Except(images, StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
        if (others.Length > 0)
        {
            string more =
                others.Length > 1 ? FormattableString.Invariant($", as are {others.Length - 1} more in that folder") : string.Empty;
            options.Warn($"{others[0]}: skipped, not an image by its name{more}.");
        }
    }

    /// <summary>The error of a file whose size differs from the first one's.</summary>
    public static DataFormatException UnequalSize(string file, Shape expected, Shape received) =>
        new(
            "Data.UnequalSize",
            file,
            string.Create(
                CultureInfo.InvariantCulture,
                $"expected {expected[2]}x{expected[1]} pixels, as the first image has. Received: {received[2]}x{received[1]}. "
                    + $"Give a size that every image is resized to (for example -Resize 32x32)."
            )
        );
}
