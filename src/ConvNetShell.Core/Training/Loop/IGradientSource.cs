using ConvNetShell.Core.Data.Augmentations;

namespace ConvNetShell.Core.Training.Loop;

/// <summary>Finds the gradients of a batch.</summary>
internal interface IGradientSource : IDisposable
{
    /// <summary>Adds the gradients of a batch to those the network's weights have, and its loss to the run's.</summary>
    /// <param name="indices">The images.</param>
    /// <param name="draws">What is done to each; none for images as they are.</param>
    /// <param name="share">What the gradients are multiplied by.</param>
    GradientResult Add(ReadOnlyMemory<int> indices, ReadOnlyMemory<AugmentationSample> draws, double share);
}
