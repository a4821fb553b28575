using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Datasets;

/// <summary>
/// One split of a dataset: images as bytes, and a label for each. The images are in memory, or are decoded one by one from files when they
/// are needed (Import-Dataset -Stream).
/// </summary>
public sealed class DatasetSplit
{
    private readonly byte[]? pixels;
    private readonly int[] labels;
    private readonly int[]? stored; // where in the store each image is; null where it is the image's own index

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

    /// <summary>Initializes a new instance of the <see cref="DatasetSplit"/> class whose images stay in a store.</summary>
    /// <param name="name">Train, Validation or Test.</param>
    /// <param name="store">The images.</param>
    /// <param name="labels">The class index of each image of the split.</param>
    /// <param name="stored">Where in the store each image of the split is; default: all images of the store, in its order.</param>
    /// <param name="files">The file each image came from, or <see langword="null"/>.</param>
    internal DatasetSplit(string name, ImageStore store, int[] labels, int[]? stored = null, IReadOnlyList<string>? files = null)
    {
        (Name, Shape, Store, this.labels, this.stored, Files) = (name, store.Shape, store, labels, stored, files);
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

    /// <summary>Gets the properties of the images by which results can be grouped; none for most datasets.</summary>
    public SampleAttributes Attributes { get; init; } = SampleAttributes.None;

    /// <summary>Gets a value indicating whether the images are decoded from files when they are needed.</summary>
    public bool IsStreamed => Store is not null;

    /// <summary>Gets the images of a streamed split; <see langword="null"/> where they are in memory.</summary>
    internal ImageStore? Store { get; }

    /// <summary>Gets the bytes of all images.</summary>
    /// <exception cref="InvalidSettingException">The split is streamed.</exception>
    internal byte[] PixelArray =>
        pixels ?? throw new InvalidSettingException($"The {Name} split", "in memory, as Import-Dataset reads it without -Stream", this);

    internal int[] LabelArray => labels;

    /// <summary>Returns the bytes of one image.</summary>
    /// <param name="index">The image's index, from 0.</param>
    /// <returns>Channels last: row, column, channel.</returns>
    public ReadOnlySpan<byte> Image(int index)
    {
        if (Store is not null)
        {
            return Store.Image(StoredIndex(index));
        }
        int size = (int)Shape.Elements;
        return pixels.AsSpan(checked(index * size), size);
    }

    /// <summary>Returns where in the store an image of a streamed split is.</summary>
    internal int StoredIndex(int index) => stored is null ? index : stored[index];

    /// <summary>Returns a streamed split with the same images in another form.</summary>
    internal DatasetSplit WithStore(ImageStore store) => new(Name, store, labels, stored, Files) { Attributes = Attributes };

    /// <summary>Returns a split of the same images with other properties.</summary>
    internal DatasetSplit WithAttributes(SampleAttributes attributes) =>
        Store is null
            ? new DatasetSplit(Name, Shape, PixelArray, labels, Files) { Attributes = attributes }
            : new DatasetSplit(Name, Store, labels, stored, Files) { Attributes = attributes };

    /// <summary>Returns a split of the same images with other labels.</summary>
    internal DatasetSplit WithLabels(int[] other) =>
        Store is null
            ? new DatasetSplit(Name, Shape, PixelArray, other, Files) { Attributes = Attributes }
            : new DatasetSplit(Name, Store, other, stored, Files) { Attributes = Attributes };

    /// <summary>Returns a split of the chosen images, in the order given.</summary>
    /// <param name="indices">Indices into this split.</param>
    /// <param name="name">The new split's name; default: this one's.</param>
    /// <returns>A split with copies of those images; a streamed one with references to them.</returns>
    public DatasetSplit Take(IReadOnlyList<int> indices, string? name = null)
    {
        string[]? files = Files is null ? null : [.. indices.Select(i => Files[i])];
        if (Store is not null)
        {
            return new DatasetSplit(name ?? Name, Store, [.. indices.Select(i => labels[i])], [.. indices.Select(StoredIndex)], files)
            {
                Attributes = Attributes.Take(indices),
            };
        }
        int size = (int)Shape.Elements;
        var chosen = new byte[checked(indices.Count * size)];
        var chosenLabels = new int[indices.Count];
        for (int i = 0; i < indices.Count; i++)
        {
            Image(indices[i]).CopyTo(chosen.AsSpan(i * size, size));
            chosenLabels[i] = labels[indices[i]];
        }
        return new DatasetSplit(name ?? Name, Shape, chosen, chosenLabels, files) { Attributes = Attributes.Take(indices) };
    }

    /// <summary>Says the split's name, count and image shape.</summary>
    /// <returns>For example <c>Train: 50000 of 3x32x32</c>; <c>, streamed</c> follows where the images are not in memory.</returns>
    public override string ToString() => FormattableString.Invariant($"{Name}: {Count} of {Shape}{(IsStreamed ? ", streamed" : null)}");
}
