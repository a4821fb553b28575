using ConvNetShell.Core.Data.Download;
using ConvNetShell.Display.Records.Data;

namespace ConvNetShell.Core.Data.Formats;

/// <summary>
/// Looks for known datasets on this machine. In each folder a set may lie directly, or in a subfolder with the usual name
/// (<c>cifar-10-batches-bin</c>, <c>fashion-mnist</c>, <c>MNIST/raw</c>; case and hyphens do not matter), as its published files or as
/// folders of
/// images named after its classes.
/// </summary>
public static class DatasetLocator
{
    private static readonly EnumerationOptions Readable = new() { IgnoreInaccessible = true };

    /// <summary>Looks for a dataset.</summary>
    /// <param name="known">The dataset.</param>
    /// <param name="places">The folders to look in.</param>
    /// <param name="path">A folder or archive to search instead; its content is taken for the set even if its folder is
    /// not called so.</param>
    /// <returns>Where it is, or where it is not.</returns>
    public static DatasetLocation Find(KnownDataset known, DatasetFolders places, string? path = null)
    {
        if (path is not null)
        {
            string full = Path.GetFullPath(path);
            return new DatasetLocation(known, File.Exists(full) ? full : At(full, known, trusted: true), [full]);
        }
        return new DatasetLocation(
            known,
            places.All.Select(folder => At(folder, known, trusted: false)).FirstOrDefault(found => found is not null),
            places.All
        );
    }

    /// <summary>Describes every known dataset, for a list.</summary>
    /// <param name="places">The folders to look in.</param>
    /// <returns>One record a dataset.</returns>
    public static IReadOnlyList<DatasetInfo> Describe(DatasetFolders places) =>
        [.. KnownDatasets.All.Select(known => Describe(known, places))];

    /// <summary>Describes a known dataset and says whether it is on this machine.</summary>
    /// <param name="known">The dataset.</param>
    /// <param name="places">The folders to look in.</param>
    /// <returns>The record.</returns>
    public static DatasetInfo Describe(KnownDataset known, DatasetFolders places)
    {
        string? location = known.IsGenerated ? "generated" : Find(known, places).Path;
        return new DatasetInfo(
            known.Name,
            location is not null,
            location,
            known.Shape.ToString(),
            known.Classes.Count,
            known.TrainCount,
            known.TestCount,
            Math.Round(known.DownloadBytes / 1e6, 1),
            known.Source
        );
    }

    private static string? At(string root, KnownDataset known, bool trusted)
    {
        if (!Directory.Exists(root))
        {
            return null;
        }
        IEnumerable<string> named = SubFolders(root).Where(folder => IsNamed(folder, known));
        IEnumerable<string> nested = named.SelectMany(folder => SubFolders(folder).Where(sub => IsNamed(sub, known) || IsRaw(sub)));
        return InFolder(root, known, trusted)
            ?? named.Concat(nested).Select(folder => InFolder(folder, known, trusted)).FirstOrDefault(found => found is not null);
    }

    private static string? InFolder(string folder, KnownDataset known, bool trusted)
    {
        if (
            known.SharesFileNames
            && !trusted
            && !IsNamed(folder, known)
            && !(IsRaw(folder) && IsNamed(Path.GetDirectoryName(folder)!, known))
        )
        {
            return null;
        }
        string? marker = known.Markers.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        if (marker is not null)
        {
            return marker.EndsWith(".tar.gz", StringComparison.Ordinal) ? marker : folder;
        }
        return HasClassFolders(folder, known) ? folder : null;
    }

    private static bool HasClassFolders(string folder, KnownDataset known)
    {
        try
        {
            return ImageFolderFormat
                .ClassesOf(folder)
                .Select(ClassNames.ToFolder)
                .ToHashSet(StringComparer.Ordinal)
                .SetEquals(known.Classes.Select(ClassNames.ToFolder));
        }
        catch (UnauthorizedAccessException)
        {
            // A folder that may not be read has nothing for this user.
            return false;
        }
    }

    private static IEnumerable<string> SubFolders(string folder) =>
        Directory.EnumerateDirectories(folder, "*", Readable).Order(StringComparer.Ordinal);

    private static bool IsNamed(string folder, KnownDataset known) =>
        known.FolderNames.Contains(KnownDatasets.Simplify(Path.GetFileName(folder)));

    private static bool IsRaw(string folder) => Path.GetFileName(folder).Equals("raw", StringComparison.OrdinalIgnoreCase);
}
