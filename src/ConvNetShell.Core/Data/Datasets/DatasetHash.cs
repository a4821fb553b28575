using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace ConvNetShell.Core.Data.Datasets;

/// <summary>
/// A hash of the images and labels to train on, by which a checkpoint knows its data (SHA-256, the first 16 bytes). Of images in memory it
/// takes every pixel. Of a streamed split it takes every label, every image's name and stored size, and the pixels of at most 64 images,
/// evenly spaced: reading all of them would take as long as an epoch.
/// </summary>
internal static class DatasetHash
{
    private const int SampledImages = 64;

    /// <summary>Begins the hash of a dataset that has a streamed split.</summary>
    private const string StreamPrefix = "stream-";

    /// <summary>Returns whether a hash is that of a streamed dataset.</summary>
    /// <param name="hash">The hash.</param>
    public static bool IsOfStream(string hash) => hash.StartsWith(StreamPrefix, StringComparison.Ordinal);

    /// <summary>Returns the hash of some splits.</summary>
    /// <param name="splits">The splits, in order; those that are <see langword="null"/> do not count.</param>
    public static string Of(params DatasetSplit?[] splits)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        DatasetSplit[] present = [.. splits.OfType<DatasetSplit>()];
        foreach (DatasetSplit split in present)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(split.ToString()));
            if (split.Store is null)
            {
                hash.AppendData(split.PixelArray);
            }
            else
            {
                AppendStreamed(split, split.Store, hash);
            }
            hash.AppendData(MemoryMarshal.AsBytes(split.LabelArray.AsSpan()));
        }
        string text = Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
        return present.Any(split => split.IsStreamed) ? StreamPrefix + text : text;
    }

    private static void AppendStreamed(DatasetSplit split, ImageStore store, IncrementalHash hash)
    {
        for (int i = 0; i < split.Count; i++)
        {
            store.AppendIdentity(split.StoredIndex(i), hash);
        }
        int sampled = Math.Min(split.Count, SampledImages);
        for (int i = 0; i < sampled; i++)
        {
            hash.AppendData(split.Image((int)((long)i * split.Count / sampled)));
        }
    }
}
