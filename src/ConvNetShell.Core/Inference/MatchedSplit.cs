using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;

namespace ConvNetShell.Core.Inference;

/// <summary>A network and the images it is measured on. Their classes are matched to the network's by name, not by number.</summary>
public sealed class MatchedSplit
{
    private readonly ClassMapping mapping;

    private MatchedSplit(Network network, Dataset dataset, DatasetSplit split, ClassMapping mapping)
    {
        (Network, Dataset, Source, this.mapping) = (network, dataset, split, mapping);
        Split = mapping.Apply(split);
    }

    /// <summary>Gets the network.</summary>
    public Network Network { get; }

    /// <summary>Gets the dataset.</summary>
    public Dataset Dataset { get; }

    /// <summary>Gets the images with the labels of the dataset.</summary>
    public DatasetSplit Source { get; }

    /// <summary>Gets the names that count: those of the network's outputs, then the classes that the network lacks.</summary>
    public IReadOnlyList<string> Names => mapping.Names;

    /// <summary>Gets the classes with images that the network lacks; every answer for such an image is wrong.</summary>
    public IReadOnlyList<string> Unknown => mapping.Unknown;

    /// <summary>Gets the same images; their labels are indices into <see cref="Names"/>.</summary>
    internal DatasetSplit Split { get; }

    /// <summary>Gets the number of the network's outputs: smaller labels are classes it knows.</summary>
    internal int Outputs => mapping.Outputs;

    /// <summary>Matches the classes of a split to those of a network.</summary>
    /// <param name="network">The network. One without class names, never trained, is matched by number.</param>
    /// <param name="dataset">The dataset, which has the class names.</param>
    /// <param name="split">The images.</param>
    /// <param name="allowUnknownClasses">Whether images of classes that the network lacks count as wrong; else they are an error.</param>
    /// <returns>The matched split.</returns>
    /// <exception cref="ShapeMismatchException">The images do not fit the network, or it does not give one value a class.</exception>
    /// <exception cref="ClassMismatchException">The network lacks a class that images have.</exception>
    /// <exception cref="InvalidSettingException">The split has no image.</exception>
    public static MatchedSplit Of(Network network, Dataset dataset, DatasetSplit split, bool allowUnknownClasses = false)
    {
        EvaluationCheck.Fits(network, split, dataset.Name);
        EvaluationCheck.Classifies(network);
        var matched = new MatchedSplit(network, dataset, split, ClassMapping.Of(network, dataset.Classes, split.LabelArray));
        return matched.Unknown.Count == 0 || allowUnknownClasses
            ? matched
            : throw new ClassMismatchException(
                $"The classes of {dataset.Name} are not all known to the network {network.Name}",
                network.Classes,
                dataset.Classes,
                $"The network lacks {ClassMismatchException.List(matched.Unknown)}; -AllowUnknownClasses counts their images as wrong."
            );
    }

    /// <summary>Says the network and the data.</summary>
    /// <returns>For example <c>CIFAR10 on Shapes Test</c>.</returns>
    public override string ToString() => $"{Network.Name} on {Dataset.Name} {Source.Name}";
}
