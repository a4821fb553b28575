using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Applications.Embeddings;

/// <summary>A split's images as gallery and probes.</summary>
/// <param name="Gallery">The indices of the known images.</param>
/// <param name="Probes">The indices of the images to identify: all others.</param>
public sealed record GallerySplit(IReadOnlyList<int> Gallery, IReadOnlyList<int> Probes)
{
    /// <summary>Chooses gallery images at random.</summary>
    /// <param name="split">The split.</param>
    /// <param name="perClass">The gallery images of each class.</param>
    /// <param name="unknown">The classes that have none.</param>
    /// <param name="seed">Which images and classes are chosen.</param>
    /// <returns>The two lists, in the split's order.</returns>
    /// <exception cref="InvalidSettingException">No class would be known, or no image is left to identify.</exception>
    public static GallerySplit Of(DatasetSplit split, int perClass, int unknown, long seed)
    {
        int[] classes = [.. split.LabelArray.Distinct().Order()];
        if (unknown >= classes.Length)
        {
            throw new InvalidSettingException(
                "UnknownClass",
                FormattableString.Invariant($"below the {classes.Length} classes of {split}"),
                unknown
            );
        }
        var random = new SeededRandom(seed);
        random.Shuffle(classes.AsSpan());
        HashSet<int> known = [.. classes.Skip(unknown)];
        int[] order = [.. Enumerable.Range(0, split.Count)];
        random.Shuffle(order.AsSpan());
        int[] gallery =
        [
            .. order
                .Where(index => known.Contains(split.LabelArray[index]))
                .GroupBy(index => split.LabelArray[index])
                .SelectMany(images => images.Take(perClass))
                .Order(),
        ];
        int[] probes = [.. Enumerable.Range(0, split.Count).Except(gallery)];
        return probes.Length > 0
            ? new GallerySplit(gallery, probes)
            : throw new InvalidSettingException("PerClass", $"so small that images of {split} are left to identify", perClass);
    }
}
