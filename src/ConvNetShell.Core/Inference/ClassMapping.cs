using System.Globalization;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;

namespace ConvNetShell.Core.Inference;

/// <summary>
/// Says which output of a network stands for each class of a dataset. Classes are matched by name, letter for letter or else in any
/// case; only where a network knows no names (it was never trained) by number.
/// </summary>
internal sealed class ClassMapping
{
    private readonly int[] labels;

    private ClassMapping(IReadOnlyList<string> names, int outputs, int[] labels)
    {
        Names = names;
        Outputs = outputs;
        this.labels = labels;
    }

    /// <summary>Gets the names of the network's outputs, then the classes of the dataset that the network lacks.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Gets the number of the network's outputs.</summary>
    public int Outputs { get; }

    /// <summary>Gets the classes with images that the network lacks.</summary>
    public IReadOnlyList<string> Unknown => [.. Names.Skip(Outputs)];

    /// <summary>Matches the classes of a dataset.</summary>
    /// <param name="network">The network.</param>
    /// <param name="classes">The class names of the dataset, by label.</param>
    /// <param name="used">The labels that images have; a class without images need not be known.</param>
    public static ClassMapping Of(Network network, IReadOnlyList<string> classes, IReadOnlyList<int> used)
    {
        IReadOnlyList<string> outputs = network.OutputNames;
        if (network.Classes.Count != outputs.Count)
        {
            return ByNumber(network, used);
        }
        int[] labels = Match(outputs, classes);
        var names = outputs.ToList();
        foreach (int label in used.Distinct().Order().Where(label => labels[label] < 0))
        {
            labels[label] = names.Count;
            names.Add(classes[label]);
        }
        return new ClassMapping(names, outputs.Count, labels);
    }

    /// <summary>Returns the index into <see cref="Names"/> of a label.</summary>
    /// <param name="label">The label in the dataset.</param>
    public int Index(int label) => labels[label];

    /// <summary>Returns a split whose labels are indices into <see cref="Names"/>; the split itself where they are so already.</summary>
    /// <param name="split">The split.</param>
    public DatasetSplit Apply(DatasetSplit split) =>
        labels.Index().All(pair => pair.Index == pair.Item) ? split : split.WithLabels([.. split.LabelArray.Select(Index)]);

    private static ClassMapping ByNumber(Network network, IReadOnlyList<int> used)
    {
        int outputs = network.OutputShape.Channels,
            largest = used.DefaultIfEmpty(0).Max();
        if (largest >= outputs)
        {
            throw new ShapeMismatchException(
                $"The labels do not fit the output of the network {network.Name}",
                string.Create(CultureInfo.InvariantCulture, $"at most {outputs - 1}"),
                string.Create(CultureInfo.InvariantCulture, $"label {largest}")
            );
        }
        return new ClassMapping(network.OutputNames, outputs, [.. Enumerable.Range(0, outputs)]);
    }

    /// <summary>Returns the output of each class, -1 where there is none; no output stands for two classes.</summary>
    private static int[] Match(IReadOnlyList<string> outputs, IReadOnlyList<string> classes)
    {
        int[] found = [.. classes.Select(name => Find(outputs, name, StringComparison.Ordinal))];
        var taken = found.ToHashSet();
        for (int label = 0; label < found.Length; label++)
        {
            if (
                found[label] < 0
                && Find(outputs, classes[label], StringComparison.OrdinalIgnoreCase) is >= 0 and int alike
                && taken.Add(alike)
            )
            {
                found[label] = alike;
            }
        }
        return found;
    }

    /// <summary>Returns the place of a name; -1 where it is not there.</summary>
    internal static int Find(IReadOnlyList<string> names, string name, StringComparison comparison)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (names[i].Equals(name, comparison))
            {
                return i;
            }
        }
        return -1;
    }
}
