using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Data.Streams;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Data.Formats;

/// <summary>
/// Tar archives in the layout of WebDataset: files of the same name up to the first dot are one sample, an image (<c>000123.png</c>) and
/// its class (<c>000123.cls</c> with a number or a name, or <c>000123.json</c> with a field label, cls or class). One archive, a folder of
/// them, or a pattern <c>train-{000000..000009}.tar</c>; train, val and test in the names of archives are the splits. Class names stand in
/// <c>classes.txt</c> beside the archives. The archives are not packed, so that images can be streamed.
/// </summary>
internal sealed class WebDatasetFormat : IDatasetFormat
{
    private const string Ending = ".tar";
    private const int LookedAt = 8;

    /// <inheritdoc />
    public string Name => "WebDataset's tar archives";

    /// <inheritdoc />
    public bool CanStream => true;

    /// <inheritdoc />
    public bool Matches(string path) =>
        (Directory.Exists(path) || path.EndsWith(Ending, StringComparison.OrdinalIgnoreCase))
        && ShardFiles.Find(path, Ending).FirstOrDefault() is { } first
        && HasSamples(first);

    /// <inheritdoc />
    public Dataset Read(string path, ReadOptions options)
    {
        string[] archives = ShardFiles.Find(path, Ending);
        if (archives.Length == 0)
        {
            throw new DataFormatException("Data.Empty", path, "expected one tar archive or more. Received: none.");
        }
        var samples = new TarSamples(options);
        EncodedSplit[] listed = [.. ShardFiles.BySplit(archives).Select(split => samples.List(split.Key, split.Value))];
        if (listed.All(split => split.Images.Count == 0))
        {
            throw new DataFormatException(
                "Data.Empty",
                path,
                "expected images and their classes, as 000123.png and 000123.cls. Received: none."
            );
        }
        (IReadOnlyList<string> classes, EncodedSplit[] labelled) = samples.Classes.Label(
            listed,
            ClassNames.Read(Path.GetDirectoryName(Path.GetFullPath(archives[0]))!),
            path
        );
        return EncodedReader.ReadDataset(path, classes, labelled, options);
    }

    private static bool HasSamples(string archive)
    {
        try
        {
            return TarIndex
                .Read(archive)
                .Take(LookedAt)
                .Any(member =>
                    Path.GetExtension(member.Name).ToLowerInvariant() is var ending
                    && (ending is ".cls" || ImageFile.Extensions.Contains(ending))
                );
        }
        catch (DataFormatException)
        {
            return false; // another format may know it, and reports what is wrong
        }
    }
}
