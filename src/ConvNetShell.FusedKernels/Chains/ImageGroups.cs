namespace ConvNetShell.FusedKernels.Chains;

/// <summary>Some images at a time: so few that what is computed of them is still in the cache when the next pass reads it.</summary>
internal static class ImageGroups
{
    private const int Numbers = 1 << 15; // of one tensor: a core's second cache has to hold a few, and the filters

    /// <summary>Returns the first image and the number of images of each group.</summary>
    /// <param name="images">All images.</param>
    /// <param name="each">The images of a group.</param>
    public static IEnumerable<(int First, int Count)> Of(int images, int each)
    {
        for (int first = 0; first < images; first += each)
        {
            yield return (first, Math.Min(each, images - first));
        }
    }

    /// <summary>Returns the groups, the last first if that is wanted.</summary>
    /// <param name="images">All images.</param>
    /// <param name="each">The images of a group.</param>
    /// <param name="isReversed">Whether the last images come first.</param>
    public static (int First, int Count)[] All(int images, int each, bool isReversed)
    {
        (int First, int Count)[] groups = [.. Of(images, each)];
        if (isReversed)
        {
            Array.Reverse(groups);
        }
        return groups;
    }

    /// <summary>Returns the images of a group.</summary>
    /// <param name="size">The numbers of an image.</param>
    /// <param name="least">The fewest images that are worth it.</param>
    public static int Each(nint size, int least = 1) => (int)nint.Max(nint.Max(1, least), Numbers / size);
}
