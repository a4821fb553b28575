using System.Globalization;
using ConvNetShell.Core.Data.Augmentations;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Core.Data.Datasets;

/// <summary>Labelled images in up to three splits. Immutable; training never changes it.</summary>
public sealed class Dataset
{
    private readonly Lock gate = new();
    private object? derivedBy;
    private WeakReference<Dataset>? derived;

    /// <summary>Initializes a new instance of the <see cref="Dataset"/> class.</summary>
    /// <param name="name">The dataset's name, for example CIFAR10.</param>
    /// <param name="source">Where it was read from: a path, or how it was generated.</param>
    /// <param name="classes">The class names; a label is an index into them.</param>
    /// <param name="train">The split to train on.</param>
    /// <param name="validation">The split that chooses the best epoch, or <see langword="null"/>.</param>
    /// <param name="test">The split that measures, or <see langword="null"/>.</param>
    /// <exception cref="ShapeMismatchException">The splits differ in shape.</exception>
    /// <exception cref="DataFormatException">A label lies outside the classes, or a split has no image.</exception>
    public Dataset(
        string name,
        string source,
        IReadOnlyList<string> classes,
        DatasetSplit train,
        DatasetSplit? validation = null,
        DatasetSplit? test = null
    )
    {
        Name = VisibleText.Of(name);
        Source = source;
        Classes = classes.Select(VisibleText.Of).ToArray().AsReadOnly();
        Train = train;
        Validation = validation;
        Test = test;
        foreach (DatasetSplit split in Splits)
        {
            Check(split);
        }
    }

    /// <summary>Gets the dataset's name.</summary>
    public string Name { get; }

    /// <summary>Gets where the dataset was read from.</summary>
    public string Source { get; }

    /// <summary>Gets the class names, by label.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Gets the split to train on.</summary>
    public DatasetSplit Train { get; }

    /// <summary>Gets the split that chooses the best epoch, or <see langword="null"/>.</summary>
    public DatasetSplit? Validation { get; }

    /// <summary>Gets the split that measures, or <see langword="null"/>.</summary>
    public DatasetSplit? Test { get; }

    /// <summary>
    /// Gets what training does to the images; <see langword="null"/>, the default, leaves it to the recipe of the dataset.
    /// </summary>
    public Augmentation? Augmentation { get; private init; }

    /// <summary>
    /// Gets a value indicating whether the images are decoded from files when they are needed (Import-Dataset -Stream), instead of being in
    /// memory.
    /// </summary>
    public bool IsStreamed => Splits.Any(split => split.IsStreamed);

    /// <summary>Gets how many threads decode the images of a streamed dataset; 0 where the images are in memory.</summary>
    public int DecodeThreads => Train.Store?.DecodeThreads ?? 0;

    /// <summary>Gets the shape of one image, channels first.</summary>
    public Shape InputShape => Train.Shape;

    /// <summary>Gets the splits there are.</summary>
    public IReadOnlyList<DatasetSplit> Splits => new[] { Train, Validation, Test }.OfType<DatasetSplit>().ToList().AsReadOnly();

    /// <summary>Returns a split.</summary>
    /// <param name="kind">Which one; <see langword="null"/> is Test, and where there is none Validation, else Train.</param>
    /// <returns>The split.</returns>
    /// <exception cref="InvalidSettingException">The dataset has no such split.</exception>
    public DatasetSplit Split(SplitKind? kind = null) =>
        kind switch
        {
            null => Test ?? Validation ?? Train,
            SplitKind.Train => Train,
            SplitKind.Validation => Validation,
            _ => Test,
        }
        ?? throw new InvalidSettingException(
            "Split",
            $"one that {Name} has: {string.Join(", ", Splits.Select(split => split.Name))}",
            kind.ToString()
        );

    /// <summary>Says the name, the shape and the counts.</summary>
    /// <returns>
    /// For example <c>CIFAR10: 3x32x32, 10 classes, Train 50000, Test 10000</c>; <c>, streamed</c> follows where the images are not in
    /// memory.
    /// </returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Name}: {InputShape}, {Classes.Count} classes, "
                + $"{string.Join(", ", Splits.Select(split => FormattableString.Invariant($"{split.Name} {split.Count}")))}"
                + $"{(IsStreamed ? ", streamed" : null)}"
        );

    /// <summary>Returns the dataset with something done to its training images.</summary>
    /// <param name="augmentation">The augmentation; <see langword="null"/> leaves it to the recipe.</param>
    /// <returns>A dataset with the same splits.</returns>
    /// <exception cref="InvalidSettingException">That cannot be done to samples of this shape.</exception>
    public Dataset With(Augmentation? augmentation)
    {
        augmentation?.CheckFits(InputShape);
        return new Dataset(Name, Source, Classes, Train, Validation, Test) { Augmentation = augmentation };
    }

    /// <summary>Returns the dataset with other splits.</summary>
    internal Dataset WithSplits(DatasetSplit train, DatasetSplit? validation, DatasetSplit? test) =>
        new(Name, Source, Classes, train, validation, test) { Augmentation = Augmentation };

    /// <summary>Returns the dataset with its classes in another order or under other names.</summary>
    /// <param name="classes">The class names, by label.</param>
    /// <param name="relabel">Returns a split with the labels that go with them.</param>
    internal Dataset WithClasses(IReadOnlyList<string> classes, Func<DatasetSplit, DatasetSplit> relabel) =>
        new(Name, Source, classes, relabel(Train), Validation is null ? null : relabel(Validation), Test is null ? null : relabel(Test))
        {
            Augmentation = Augmentation,
        };

    /// <summary>
    /// Returns a dataset made of this one; the last is used again while it is in memory, so that a hundred runs do not each copy the
    /// images.
    /// </summary>
    /// <param name="key">How it is made; equal keys mean equal datasets.</param>
    /// <param name="make">Makes it.</param>
    internal Dataset Derive(object key, Func<Dataset> make)
    {
        lock (gate)
        {
            if (!Equals(key, derivedBy) || derived?.TryGetTarget(out Dataset? known) != true)
            {
                known = make();
                (derivedBy, derived) = (key, new WeakReference<Dataset>(known));
            }
            return known!;
        }
    }

    /// <summary>Returns a hash of all pixels and labels to train on, in order; see <see cref="DatasetHash"/>.</summary>
    internal string Hash() => DatasetHash.Of(Train, Validation);

    private void Check(DatasetSplit split)
    {
        if (!split.Shape.Equals(InputShape))
        {
            throw new ShapeMismatchException($"the {split.Name} split of '{Name}'", InputShape.ToString(), split.Shape.ToString());
        }
        if (split.Count == 0)
        {
            throw new DataFormatException("Data.Empty", Source, $"expected at least one image in the {split.Name} split. Received: none.");
        }
        int bad = Array.FindIndex(split.LabelArray, label => (uint)label >= (uint)Classes.Count);
        if (bad >= 0)
        {
            throw new DataFormatException(
                "Data.BadLabel",
                Source,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"expected labels from 0 to {Classes.Count - 1} ({Classes.Count} classes). Received: "
                        + $"{split.LabelArray[bad]} at {split.Name} image {bad}."
                )
            );
        }
    }
}
