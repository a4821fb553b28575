using ConvNetShell.Core.Data.Download;

namespace ConvNetShell.Core.Data.Formats;

/// <summary>Where a known dataset was found, or where it was looked for in vain.</summary>
/// <param name="Known">The dataset.</param>
/// <param name="Path">The folder or archive to read; <see langword="null"/> if it was not found.</param>
/// <param name="Searched">The searched folders, in order.</param>
public sealed record DatasetLocation(KnownDataset Known, string? Path, IReadOnlyList<string> Searched);
