namespace ConvNetShell.Core.Inference.Metrics;

/// <summary>How many images each class has, was predicted for, and was rightly predicted for.</summary>
/// <param name="classes">The number of classes.</param>
internal sealed class ClassCounts(int classes)
{
    private readonly int[] support = new int[classes],
        predicted = new int[classes],
        correct = new int[classes];

    /// <summary>Gets the images of each class.</summary>
    public ReadOnlySpan<int> Support => support;

    /// <summary>Gets how often each class was predicted.</summary>
    public ReadOnlySpan<int> Predicted => predicted;

    /// <summary>Gets how often each class was rightly predicted.</summary>
    public ReadOnlySpan<int> Correct => correct;

    /// <summary>Counts images.</summary>
    /// <param name="truth">Their class.</param>
    /// <param name="prediction">The class that was predicted; <see langword="null"/> where none was.</param>
    /// <param name="images">How many.</param>
    public void Add(int truth, int? prediction, int images = 1)
    {
        support[truth] += images;
        if (prediction is int named)
        {
            predicted[named] += images;
            correct[truth] += named == truth ? images : 0;
        }
    }
}
