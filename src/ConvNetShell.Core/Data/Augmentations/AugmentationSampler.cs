using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Augmentations;

/// <summary>Draws the changes of each image of a batch, from one stream, in the order of the batch.</summary>
/// <param name="augmentation">The augmentation's settings.</param>
/// <param name="shape">The shape of a sample.</param>
/// <param name="capacity">The images in the largest batch.</param>
internal sealed class AugmentationSampler(Augmentation augmentation, Shape shape, int capacity)
{
    private readonly AugmentationSample[] draws = new AugmentationSample[capacity];
    private readonly int height = shape.Count < 3 ? 1 : shape[^2],
        width = shape[^1];

    /// <summary>Draws for a batch; empty where nothing is done. Valid until the next call.</summary>
    public ReadOnlyMemory<AugmentationSample> For(ReadOnlySpan<int> indices, int epoch, SeededRandom random)
    {
        if (!augmentation.ChangesImages)
        {
            return default;
        }
        for (int i = 0; i < indices.Length; i++)
        {
            draws[i] = AugmentationSample.From(augmentation, indices[i], epoch, height, width, random);
        }
        return draws.AsMemory(0, indices.Length);
    }
}
