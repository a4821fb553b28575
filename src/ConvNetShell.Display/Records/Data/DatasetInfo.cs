namespace ConvNetShell.Display.Records.Data;

/// <summary>A known dataset: whether it is on this machine, its location and its size.</summary>
/// <param name="Name">The name, for example CIFAR10.</param>
/// <param name="Available">Whether it can be read without a download.</param>
/// <param name="Location">The folder or archive it was found in; <see langword="null"/> where it is not on this machine.</param>
/// <param name="Shape">The shape of one image, channels first, for example 3x32x32.</param>
/// <param name="Classes">The number of classes.</param>
/// <param name="Train">The number of training images.</param>
/// <param name="Test">The number of test images.</param>
/// <param name="DownloadMegabytes">The size of its files as published, in units of 1,000,000 bytes; 0 for a generated set.</param>
/// <param name="Source">Who published it, where, and under which terms.</param>
public sealed record DatasetInfo(
    string Name,
    bool Available,
    string? Location,
    string Shape,
    int Classes,
    int Train,
    int Test,
    double DownloadMegabytes,
    string Source
)
{
    /// <summary>Says the name and where it is.</summary>
    /// <returns>For example <c>CIFAR10: not on this machine (170.1 MB to download)</c>.</returns>
    public override string ToString() =>
        Available
            ? $"{Name}: {Location}"
            : FormattableString.Invariant($"{Name}: not on this machine ({DownloadMegabytes:0.0} MB to download)");
}
