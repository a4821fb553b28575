using ConvNetShell.Core.Data.Datasets;

namespace ConvNetShell.Core.Applications.Embeddings;

/// <summary>The plain pixels of images as vectors: the baseline of an embedding.</summary>
internal static class PixelVectors
{
    /// <summary>Returns the pixels of each image, less their mean, with length 1.</summary>
    /// <param name="split">The images.</param>
    public static float[][] Of(DatasetSplit split)
    {
        var vectors = new float[split.Count][];
        for (int i = 0; i < vectors.Length; i++)
        {
            ReadOnlySpan<byte> image = split.Image(i);
            double mean = 0,
                square = 0;
            foreach (byte value in image)
            {
                mean += value;
            }
            mean /= image.Length;
            var vector = new float[image.Length];
            for (int j = 0; j < vector.Length; j++)
            {
                vector[j] = (float)(image[j] - mean);
                square += vector[j] * vector[j];
            }
            float scale = square > 0 ? (float)(1 / Math.Sqrt(square)) : 0;
            vectors[i] = Array.ConvertAll(vector, value => value * scale);
        }
        return vectors;
    }
}
