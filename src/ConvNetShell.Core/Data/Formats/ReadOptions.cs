using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Download;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Formats;

/// <summary>How a dataset is found and read. Every setting has a default; a format ignores the settings it does not use.</summary>
public sealed record ReadOptions
{
    /// <summary>
    /// Gets the folder or archive to look in for a dataset asked for by name; default: the usual folders (<c>Places</c>).
    /// </summary>
    public string? Path { get; init; }

    /// <summary>
    /// Gets the shape (channels 1 or 3, height, width) that every image is resized to; default: image files must be equal in size.
    /// </summary>
    public Shape? ResizeTo { get; init; }

    /// <summary>Gets how images of other proportions are resized; default: stretched.</summary>
    public FitKind Fit { get; init; }

    /// <summary>Gets the channels of image files: 1 or 3; default: 1 where every file is grey, else 3.</summary>
    public int? Channels { get; init; }

    /// <summary>
    /// Gets a value indicating whether images stay on disk and are decoded when they are needed; default: all are read into memory.
    /// </summary>
    public bool Stream { get; init; }

    /// <summary>Gets how many threads decode the images of a streamed dataset; default: one a processor.</summary>
    public int DecodeThreads { get; init; } = Environment.ProcessorCount;

    /// <summary>Gets a value indicating whether CIFAR-100 is read with its 20 coarse classes instead of its 100 fine ones.</summary>
    public bool CoarseLabels { get; init; }

    /// <summary>Gets the seed of a generated dataset; default 0.</summary>
    public long Seed { get; init; }

    /// <summary>Gets a value indicating whether a known dataset that is not on this machine is downloaded; default true.</summary>
    public bool Download { get; init; } = true;

    /// <summary>Gets the folders a dataset is looked for in; default: those the environment names.</summary>
    public DatasetFolders Places { get; init; } = DatasetFolders.FromEnvironment();

    /// <summary>Gets what downloads; default: a plain HTTP client.</summary>
    internal DatasetDownloader Downloader { get; init; } = new();

    /// <summary>Gets the receiver of a warning about each skipped or unusual file; may be called from any thread.</summary>
    public Action<string>? Warn { get; init; }

    /// <summary>Receives a note on files that are passed over, in a sentence; may be called from any thread.</summary>
    public Action<string>? Note { get; init; }

    /// <summary>Receives progress; may be called from any thread.</summary>
    public IProgress<DataProgress>? Progress { get; init; }

    /// <summary>Gets the token that stops reading and downloading.</summary>
    public CancellationToken Cancellation { get; init; }
}
