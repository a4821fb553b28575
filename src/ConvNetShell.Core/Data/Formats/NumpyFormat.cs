using System.Globalization;
using ConvNetShell.Core.Data.Arrays;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Formats;

/// <summary>
/// Arrays of NumPy: a .npz (Keras's mnist.npz with x_train, y_train, x_test and y_test; MedMNIST's with train_images, train_labels,
/// val_images; images and labels), or .npy files of such names in a folder. Class names are an array class_names, or a file
/// <c>classes.txt</c> beside it; without them they are numbers. Texts named attribute_train_Match and the like are attributes.
/// See <see cref="ImageArray"/> for the shapes and numbers that are read.
/// </summary>
internal sealed class NumpyFormat : IDatasetFormat
{
    /// <summary>The name of an array with channels and length, where the images are sequences.</summary>
    public const string SequenceShape = "sequence_shape";

    private const int MostClasses = 1 << 20;
    private const string AttributeWord = "attribute";
    private static readonly string[] ImageWords = ["x", "images", "image", "data"],
        LabelWords = ["y", "labels", "label", "targets", "target"];

    /// <inheritdoc />
    public string Name => "NumPy arrays";

    /// <inheritdoc />
    public bool CanStream => false;

    /// <inheritdoc />
    public bool Matches(string path) =>
        File.Exists(path)
            ? path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase) || IsArrayFile(path)
            : Directory.Exists(path) && (ArchiveIn(path) is not null || Directory.EnumerateFiles(path, "*.npy").Any(IsArrayFile));

    /// <inheritdoc />
    public Dataset Read(string path, ReadOptions options)
    {
        bool isFolder = Directory.Exists(path);
        string folder = isFolder ? path : Path.GetDirectoryName(Path.GetFullPath(path))!;
        string? archive =
            isFolder ? ArchiveIn(path)
            : IsArrayFile(path) ? null
            : path;
        Dictionary<string, NpyArray> arrays = archive is null
            ? ReadFolder(folder, options)
            : NpzFile.Read(archive, IsWanted, options.Cancellation);
        DatasetSplit train =
            Split(arrays, "Train", options)
            ?? throw new DataFormatException(
                "Data.Empty",
                path,
                "expected arrays named x_train and y_train, train_images and train_labels, or images and labels. Received: "
                    + $"{(arrays.Count == 0 ? "none of these" : string.Join(", ", arrays.Keys.Order(StringComparer.Ordinal)))}."
            );
        DatasetSplit? validation = Split(arrays, "Validation", options),
            test = Split(arrays, "Test", options);
        return new Dataset(
            Path.GetFileNameWithoutExtension(
                Path.TrimEndingDirectorySeparator(Path.GetFullPath(isFolder || archive is null ? folder : path))
            ),
            path,
            Classes(arrays, folder, [train, validation, test]),
            train,
            validation,
            test
        );
    }

    private static Dictionary<string, NpyArray> ReadFolder(string folder, ReadOptions options)
    {
        var arrays = new Dictionary<string, NpyArray>(StringComparer.Ordinal);
        foreach (string file in Directory.EnumerateFiles(folder, "*.npy").Where(file => IsWanted(Path.GetFileNameWithoutExtension(file))))
        {
            options.Cancellation.ThrowIfCancellationRequested();
            arrays[Path.GetFileNameWithoutExtension(file)] = NpyArray.Read(file);
        }
        return arrays;
    }

    /// <summary>Returns the beginning of the names of arrays with attributes.</summary>
    /// <param name="split">The split: train, val or test.</param>
    public static string AttributePrefix(string split) => $"{AttributeWord}_{split}_";

    private static DatasetSplit? Split(Dictionary<string, NpyArray> arrays, string split, ReadOptions options)
    {
        NpyArray? images = Find(arrays, split, ImageWords),
            labels = Find(arrays, split, LabelWords);
        if (images is null)
        {
            return null;
        }
        if (labels is null)
        {
            throw new DataFormatException(
                "Data.CountMismatch",
                images.Path,
                "expected an array of labels beside it, as y_train for x_train or labels for images. Received: none."
            );
        }
        Shape shape = arrays.TryGetValue(SequenceShape, out NpyArray? sequence)
            ? ImageArray.SequenceShapeOf(images, sequence)
            : ImageArray.ShapeOf(images);
        int count = images.Sizes[0];
        options.Progress?.Report(new DataProgress($"Reading {split}", count, count, "images"));
        return new DatasetSplit(split, shape, ImageArray.Pixels(images), ImageArray.Labels(labels, count))
        {
            Attributes = Attributes(arrays, split, count),
        };
    }

    private static SampleAttributes Attributes(Dictionary<string, NpyArray> arrays, string split, int count)
    {
        var values = new Dictionary<string, IReadOnlyList<string>>();
        foreach ((string name, NpyArray texts) in arrays)
        {
            if (name.Split('_', 3) is not [AttributeWord, var word, var attribute] || SplitWords.Split(word) != split)
            {
                continue;
            }
            if (texts.Kind != 'U' || texts.Sizes.Length != 1 || texts.Sizes[0] != count)
            {
                throw new DataFormatException(
                    "Data.CountMismatch",
                    texts.Path,
                    FormattableString.Invariant(
                        $"expected one text for each of the {count} images. Received: an array of {texts.SizesText()}, kind '{texts.Kind}'."
                    )
                );
            }
            values[attribute] = [.. Enumerable.Range(0, count).Select(texts.Text)];
        }
        return new SampleAttributes(values);
    }

    private static NpyArray? Find(Dictionary<string, NpyArray> arrays, string split, string[] words) =>
        arrays.FirstOrDefault(array => Parse(array.Key) is { } name && name.Split == split && words.Contains(name.Word)).Value;

    private static bool IsWanted(string name) =>
        name is "class_names" or "classes" or SequenceShape
        || name.StartsWith($"{AttributeWord}_", StringComparison.Ordinal)
        || Parse(name) is not null;

    /// <summary>Returns the split and the kind that the name of an array says; <see langword="null"/> for any other name.</summary>
    private static (string Split, string Word)? Parse(string name)
    {
        string[] words = name.ToLowerInvariant().Split('_', '-');
        string? word = words.FirstOrDefault(part => ImageWords.Contains(part) || LabelWords.Contains(part)),
            split = words.Select(SplitWords.Split).FirstOrDefault(found => found is not null);
        bool isWhole = words.Length == (split is null ? 1 : 2);
        return word is not null && isWhole ? (split ?? "Train", word) : null;
    }

    private static IReadOnlyList<string> Classes(Dictionary<string, NpyArray> arrays, string folder, DatasetSplit?[] splits)
    {
        NpyArray? names = arrays.GetValueOrDefault("class_names") ?? arrays.GetValueOrDefault("classes");
        int labels = splits.OfType<DatasetSplit>().Max(split => split.LabelArray.Max()) + 1;
        return names is { Kind: 'U' } ? [.. Enumerable.Range(0, names.Count).Select(names.Text)]
            : ClassNames.Read(folder) is { } written && written.Count >= labels ? written
            : labels > MostClasses
                ? throw new DataFormatException(
                    "Data.BadLabel",
                    folder,
                    FormattableString.Invariant($"expected labels below {MostClasses}. Received: {labels - 1}.")
                )
            : [.. Enumerable.Range(0, labels).Select(i => i.ToString(CultureInfo.InvariantCulture))];
    }

    private static bool IsArrayFile(string path) =>
        path.EndsWith(".npy", StringComparison.OrdinalIgnoreCase) && Parse(Path.GetFileNameWithoutExtension(path)) is not null;

    private static string? ArchiveIn(string folder) => Directory.GetFiles(folder, "*.npz") is [string only] ? only : null;
}
