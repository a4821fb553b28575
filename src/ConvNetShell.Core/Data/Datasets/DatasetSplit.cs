using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Datasets;

/// <summary>One split of a dataset: images as bytes, and a label for each.</summary>
public sealed class DatasetSplit
{
    private readonly byte[] pixels;
    private readonly int[] labels;

    /// <summary>Initializes a new instance of the <see cref="DatasetSplit"/> class over arrays it takes over.</summary>
    /// <param name="name">Train, Validation or Test.</param>
    /// <param name="shape">The shape of one image, channels first.</param>
    /// <param name="pixels">All images one after the other, channels last (image, row, column, channel), 0 to 255.</param>
    /// <param name="labels">The class index of each image.</param>
    /// <param name="files">The file each image came from, or <see langword="null"/> where they came from one archive.</param>
    /// <exception cref="ShapeMismatchException">The pixels are not labels x shape.</exception>
    public DatasetSplit(string name, Shape shape, byte[] pixels, int[] labels, IReadOnlyList<string>? files = null)
    {
        if (pixels.LongLength != labels.LongLength * shape.Elements)
        {
            throw new ShapeMismatchException(
                $"the {name} split",
                $"{labels.Length} images of {shape} ({labels.LongLength * shape.Elements} bytes)",
                $"{pixels.LongLength} bytes"
            );
        }
        Name = name;
        Shape = shape;
        this.pixels = pixels;
        this.labels = labels;
        Files = files;
    }

    /// <summary>Gets the split's name: Train, Validation or Test.</summary>
    public string Name { get; }

    /// <summary>Gets the shape of one image, channels first.</summary>
    public Shape Shape { get; }

    /// <summary>Gets the number of images.</summary>
    public int Count => labels.Length;

    /// <summary>Gets the class index of each image.</summary>
    public IReadOnlyList<int> Labels => labels;

    /// <summary>Gets the file each image came from; <see langword="null"/> where they came from one archive.</summary>
    public IReadOnlyList<string>? Files { get; }

    internal byte[] PixelArray => pixels;

    internal int[] LabelArray => labels;

    /// <summary>Returns the bytes of one image.</summary>
    /// <param name="index">The image's index, from 0.</param>
    /// <returns>Channels last: row, column, channel.</returns>
    public ReadOnlySpan<byte> Image(int index)
    {
        int size = (int)Shape.Elements;
        return pixels.AsSpan(checked(index * size), size);
    }

    /// <summary>Returns a split of the chosen images, in the order given.</summary>
    /// <param name="indices">Indices into this split.</param>
    /// <param name="name">The new split's name; default: this one's.</param>
    /// <returns>A split with copies of those images.</returns>
    public DatasetSplit Take(IReadOnlyList<int> indices, string? name = null)
    {
        int size = (int)Shape.Elements;
        var chosen = new byte[checked(indices.Count * size)];
        var chosenLabels = new int[indices.Count];
        for (int i = 0; i < indices.Count; i++)
        {
            Image(indices[i]).CopyTo(chosen.AsSpan(i * size, size));
            chosenLabels[i] = labels[indices[i]];
        }
        return new DatasetSplit(name ?? Name, Shape, chosen, chosenLabels, Files is null ? null : [.. indices.Select(i => Files[i])]);
    }

    /// <summary>Says the split's name, count and image shape.</summary>
    /// <returns>For example <c>Train: 50000 of 3x32x32</c>.</returns>
    public override string ToString() => FormattableString.Invariant($"{Name}: {Count} of {Shape}");
}
