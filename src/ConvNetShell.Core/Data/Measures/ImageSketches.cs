using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Measures;

/// <summary>
/// Short descriptions of images, by which those that may be equal are found: the means of cells that divide a picture in 8 rows and
/// columns, a signal in 64 parts and a clip in 4 x 4 x 4, over all channels. A mean moves less than its values do, so two images differ at
/// least as much, in the root mean square, as their sketches.
/// </summary>
internal sealed class ImageSketches
{
    private readonly int[] cells; // of each position
    private readonly float[] scale; // of the sum of each cell
    private readonly int channels;

    public ImageSketches(Shape shape)
    {
        channels = shape.Channels;
        int[] sizes = shape.Count == 1 ? [1] : [.. Enumerable.Range(1, shape.Count - 1).Select(axis => (int)shape[axis])];
        int most = sizes.Length switch
        {
            1 => 64,
            2 => 8,
            _ => 4,
        };
        cells = new int[sizes.Aggregate(1, (product, size) => product * size)];
        for (int position = 0; position < cells.Length; position++)
        {
            int rest = position,
                stride = 1;
            for (int axis = sizes.Length - 1; axis >= 0; axis--)
            {
                int parts = Math.Min(most, sizes[axis]);
                cells[position] += rest % sizes[axis] * parts / sizes[axis] * stride;
                rest /= sizes[axis];
                stride *= parts;
            }
            Length = stride;
        }
        var counts = new int[Length];
        foreach (int cell in cells)
        {
            counts[cell]++;
        }
        // The mean of a cell, weighted by the root of its part of the image.
        scale = [.. counts.Select(count => (float)(1 / (255.0 * channels * Math.Sqrt((double)count * cells.Length))))];
    }

    /// <summary>Gets the numbers of a sketch.</summary>
    public int Length { get; }

    /// <summary>Writes the sketch of an image, whose values count from 0 to 1.</summary>
    /// <param name="image">The bytes, channels last.</param>
    /// <param name="sketch">Where it goes.</param>
    public void Write(ReadOnlySpan<byte> image, Span<float> sketch)
    {
        sketch.Clear();
        for (int position = 0, at = 0; position < cells.Length; position++)
        {
            int sum = 0;
            for (int channel = 0; channel < channels; channel++)
            {
                sum += image[at++];
            }
            sketch[cells[position]] += sum;
        }
        for (int cell = 0; cell < Length; cell++)
        {
            sketch[cell] *= scale[cell];
        }
    }

    /// <summary>Returns the sketches of the images of splits, one after the other.</summary>
    public float[] Of(IReadOnlyList<DatasetSplit> splits, CancellationToken stop)
    {
        var all = new float[checked(splits.Sum(split => split.Count) * Length)];
        int before = 0;
        foreach (DatasetSplit split in splits)
        {
            int first = before;
            ParallelImages.For(
                split.Count,
                split.Store?.DecodeThreads,
                index => Write(split.Image(index), all.AsSpan((first + index) * Length, Length)),
                stop
            );
            before += split.Count;
        }
        return all;
    }
}
