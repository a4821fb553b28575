using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Download;

/// <summary>The description of a published dataset: its files, its shape, its classes and its source.</summary>
public sealed record KnownDataset
{
    /// <summary>Gets the name, for example CIFAR10.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the files to download; none for a generated set.</summary>
    internal IReadOnlyList<KnownFile> Files { get; init; } = [];

    /// <summary>Gets the names of folders it usually lies in, in lower case without hyphens and underscores.</summary>
    public IReadOnlyList<string> FolderNames { get; init; } = [];

    /// <summary>Gets the names of files of which any one shows that the set is there.</summary>
    public IReadOnlyList<string> Markers { get; init; } = [];

    /// <summary>
    /// Gets a value indicating whether another set has files of the same names, so that only the folder's name distinguishes them.
    /// </summary>
    public bool SharesFileNames { get; init; }

    /// <summary>Gets the shape of one image, channels first.</summary>
    public required Shape Shape { get; init; }

    /// <summary>Gets the class names, by label.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Gets the number of training images.</summary>
    public required int TrainCount { get; init; }

    /// <summary>Gets the number of test images.</summary>
    public required int TestCount { get; init; }

    /// <summary>Gets who published it, where, and under which terms.</summary>
    public required string Source { get; init; }

    /// <summary>Gets a value indicating whether mirrored pictures are still the same class, so that training may flip them.</summary>
    public bool MayFlip { get; init; }

    /// <summary>Gets the recommended random shift in pixels while training; 0 for none.</summary>
    public int Shift { get; init; }

    /// <summary>
    /// Gets the generator of a set from the numbers of training and test samples and a seed; <see langword="null"/> for a published
    /// one.
    /// </summary>
    public Func<int, int, long, CancellationToken, Dataset>? Generate { get; init; }

    /// <summary>Gets a value indicating whether the set is made by our own code and so always there.</summary>
    public bool IsGenerated => Generate is not null;

    /// <summary>Gets the size of the download in bytes.</summary>
    public long DownloadBytes => Files.Sum(file => file.Bytes);

    /// <summary>Says the name and the shape.</summary>
    /// <returns>For example <c>CIFAR10: 3x32x32, 10 classes, Train 50000, Test 10000</c>.</returns>
    public override string ToString() =>
        FormattableString.Invariant($"{Name}: {Shape}, {Classes.Count} classes, Train {TrainCount}, Test {TestCount}");
}
