using System.Globalization;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Records.Data;

namespace ConvNetShell.Display.Records.Evaluation;

/// <summary>Which classes a network takes for which, with the images behind each count.</summary>
[TypeFormatterSource(MimeBundle.Html, MimeBundle.Png, MimeBundle.PlainText)]
public sealed class ConfusionMatrix
{
    private readonly IReadOnlyList<int> truth,
        predicted;
    private readonly int[] images; // of each true class
    private readonly IReadOnlyList<double> probabilities;
    private readonly Func<int, ImageSample> sample;

    /// <summary>Initializes a new instance of the <see cref="ConfusionMatrix"/> class.</summary>
    /// <param name="network">The network's name.</param>
    /// <param name="dataset">The dataset's name.</param>
    /// <param name="split">Train, Validation or Test.</param>
    /// <param name="classes">The class names.</param>
    /// <param name="truth">The true class of each image.</param>
    /// <param name="predicted">The predicted class of each image.</param>
    /// <param name="probabilities">The probability of that class.</param>
    /// <param name="sample">Returns an image.</param>
    public ConfusionMatrix(
        string network,
        string dataset,
        string split,
        IReadOnlyList<string> classes,
        IReadOnlyList<int> truth,
        IReadOnlyList<int> predicted,
        IReadOnlyList<double> probabilities,
        Func<int, ImageSample> sample
    )
    {
        (Network, Dataset, Split, Classes) = (network, dataset, split, classes);
        (this.truth, this.predicted, this.probabilities, this.sample) = (truth, predicted, probabilities, sample);
        Counts = [.. classes.Select(_ => new int[classes.Count])];
        images = new int[classes.Count];
        for (int i = 0; i < truth.Count; i++)
        {
            images[truth[i]]++;
            Counts[truth[i]][predicted[i]]++;
        }
    }

    /// <summary>Gets the network's name.</summary>
    public string Network { get; }

    /// <summary>Gets the dataset's name.</summary>
    public string Dataset { get; }

    /// <summary>Gets the split: Train, Validation or Test.</summary>
    public string Split { get; }

    /// <summary>Gets the class names.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Gets the counts: a row for each true class, a column for each predicted class.</summary>
    public int[][] Counts { get; }

    /// <summary>Gets the number of images.</summary>
    public int Count => truth.Count;

    /// <summary>Gets the fraction of images classified correctly, from 0 to 1.</summary>
    public double Accuracy => (double)Counts.Select((row, i) => row[i]).Sum() / Count;

    /// <summary>Gets the pairs of classes that are taken for each other, the most frequent first.</summary>
    public IReadOnlyList<ConfusionPair> MostConfused => // as an array, whose indexer PowerShell finds
        (
            from row in Enumerable.Range(0, Classes.Count)
            from column in Enumerable.Range(0, Classes.Count)
            where row != column && Counts[row][column] > 0
            orderby Counts[row][column] descending
            select new ConfusionPair(Classes[row], Classes[column], Counts[row][column], Fraction(row, column))
        )
            .ToArray()
            .AsReadOnly();

    /// <summary>Gets the network that made the predictions; the samples of cells refer to it too.</summary>
    public object? TellingNetwork { get; init; }

    /// <summary>Returns the images of one class that were taken for another (or for itself), the surest first.</summary>
    /// <param name="className">The true class, in any case.</param>
    /// <param name="takenFor">The class they were taken for.</param>
    /// <returns>The images.</returns>
    /// <exception cref="ArgumentException">No class has this name.</exception>
    public IReadOnlyList<ConfusedSample> Cell(string className, string takenFor)
    {
        (int row, int column) = (Find(className, nameof(className)), Find(takenFor, nameof(takenFor)));
        return Enumerable
            .Range(0, Count)
            .Where(i => truth[i] == row && predicted[i] == column)
            .OrderByDescending(i => probabilities[i])
            .Select(i => new ConfusedSample(sample(i), Classes[row], Classes[column], probabilities[i]) { Network = TellingNetwork })
            .ToArray()
            .AsReadOnly();
    }

    /// <summary>Returns a count as a fraction of the images of its true class, from 0 to 1.</summary>
    /// <param name="row">The true class, from 0.</param>
    /// <param name="column">The predicted class, from 0.</param>
    /// <returns>The fraction; 0 if there is no image of the class.</returns>
    public double Fraction(int row, int column) => images[row] is > 0 and var all ? (double)Counts[row][column] / all : 0;

    /// <summary>Says the accuracy and the pair that is confused most.</summary>
    /// <returns>For example
    /// <c>CIFAR10 on CIFAR10 Test: 7,160 of 10,000 right (71.6 %), most often cat taken for dog: 143 (14.3 %)</c>.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Network} on {Dataset} {Split}: {Counts.Select((row, i) => row[i]).Sum():N0} of {Count:N0} right "
                + $"({100 * Accuracy:F1} %){(MostConfused is [var first, ..] ? $", most often {first}" : string.Empty)}"
        );

    private int Find(string name, string parameter)
    {
        for (int i = 0; i < Classes.Count; i++)
        {
            if (Classes[i].Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }
        throw new ArgumentException($"Expected one of {string.Join(", ", Classes)}. Received: '{name}'.", parameter);
    }
}
