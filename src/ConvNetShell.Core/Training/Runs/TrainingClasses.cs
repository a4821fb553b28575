using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training.Losses;
using ConvNetShell.Core.Training.Settings;

namespace ConvNetShell.Core.Training.Runs;

/// <summary>
/// Matches the classes of a dataset to those of a network that is to be trained on it, by name. A network without class names takes those
/// of the dataset.
/// </summary>
internal static class TrainingClasses
{
    /// <summary>Returns the dataset with the network's classes, in the network's order; the dataset itself where they are so.</summary>
    /// <param name="network">The network.</param>
    /// <param name="dataset">The dataset.</param>
    /// <param name="learnsClasses">Whether the outputs are to be classes: the dataset stays as it is where they are an embedding or words.
    /// </param>
    /// <exception cref="ClassMismatchException">One of the two has a class that the other lacks.</exception>
    public static Dataset Match(Network network, Dataset dataset, bool learnsClasses)
    {
        if (!learnsClasses || network.Classes.Count == 0 || network.Classes.SequenceEqual(dataset.Classes))
        {
            return dataset;
        }
        ClassMapping mapping = Mapping(network, dataset);
        if (mapping.Unknown.Count > 0 || dataset.Classes.Count != mapping.Outputs)
        {
            throw new ClassMismatchException(
                $"The classes of {dataset.Name} are not those of the network {network.Name}",
                network.Classes,
                dataset.Classes,
                "-NewClasses gives the network a new last layer for the classes of the dataset."
            );
        }
        return dataset.WithClasses(network.Classes, mapping.Apply);
    }

    /// <summary>Returns settings whose class weights, given in the order of the dataset's classes, have that of the network's.</summary>
    /// <param name="network">The network.</param>
    /// <param name="dataset">The dataset as it was given.</param>
    /// <param name="settings">The settings.</param>
    public static TrainingSettings Match(Network network, Dataset dataset, TrainingSettings settings)
    {
        if (
            !settings.LearnsClasses
            || network.Classes.Count == 0
            || settings.ClassWeights is not { } weights
            || weights.Count != dataset.Classes.Count
        )
        {
            return settings;
        }
        ClassMapping mapping = Mapping(network, dataset);
        return settings with { ClassWeights = [.. weights.Index().OrderBy(pair => mapping.Index(pair.Index)).Select(pair => pair.Item)] };
    }

    /// <summary>Returns what the outputs of a network are called that is trained on a dataset.</summary>
    /// <param name="network">The network.</param>
    /// <param name="data">The dataset, with the network's classes where it has some.</param>
    /// <param name="settings">The settings.</param>
    /// <returns>Classes, or words; nothing for an embedding.</returns>
    public static IReadOnlyList<string> After(Network network, Dataset data, TrainingSettings settings) =>
        settings.LearnsClasses ? data.Classes
        : settings.LearnsCaptions ? CaptionLoss.Words(network, data.Train)
        : [];

    private static ClassMapping Mapping(Network network, Dataset dataset) =>
        ClassMapping.Of(network, dataset.Classes, [.. Enumerable.Range(0, dataset.Classes.Count)]);
}
