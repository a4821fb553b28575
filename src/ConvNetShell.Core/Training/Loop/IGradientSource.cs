using ConvNetShell.Core.Data.Augmentations;
using ConvNetShell.Core.Training.Optimizers;

namespace ConvNetShell.Core.Training.Loop;

/// <summary>Finds the gradients of a batch, and has threads that weights can be moved with.</summary>
internal interface IGradientSource : IPieceRunner, IDisposable
{
    /// <summary>Adds the gradients of a batch to those the network's weights have, and its loss to the run's.</summary>
    /// <param name="indices">The images.</param>
    /// <param name="draws">The augmentation of each; empty for none.</param>
    /// <param name="scale">The factor of the gradients.</param>
    GradientResult Add(ReadOnlyMemory<int> indices, ReadOnlyMemory<AugmentationSample> draws, double scale);
}
