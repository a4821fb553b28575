using ConvNetShell.Core.Data.Augmentations;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Data.Batches;

/// <summary>
/// Makes batches out of a split: NxCxHxW (NxCxL, NxCxTxHxW) by shape, channels last in memory, normalized, on the device that computes.
/// </summary>
internal interface IBatchSource : IDisposable
{
    /// <summary>Makes a batch; it is valid until the next call.</summary>
    /// <param name="indices">Which images.</param>
    /// <param name="draws">The augmentation of each; empty for none.</param>
    (Tensor Images, Tensor Labels) Load(ReadOnlySpan<int> indices, ReadOnlySpan<AugmentationSample> draws);
}
