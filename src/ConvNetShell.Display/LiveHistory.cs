using System.Globalization;

namespace ConvNetShell.Display;

/// <summary>A training run as it goes on: the running figures of each epoch as a curve, and the validation after each.</summary>
public sealed class LiveHistory : IChartSource
{
    private const int MostPoints = 400;
    private readonly List<(double Epoch, double Loss, double Accuracy)> running = [];
    private readonly List<EpochRecord> epochs = [];

    /// <summary>Initializes a new instance of the <see cref="LiveHistory"/> class.</summary>
    /// <param name="title">What stands above it.</param>
    public LiveHistory(string title) => Title = title;

    /// <summary>Gets what stands above it.</summary>
    public string Title { get; }

    /// <summary>Adds the figures of an epoch so far.</summary>
    /// <param name="epoch">The epochs done, with fractions.</param>
    /// <param name="loss">The mean loss of the epoch so far.</param>
    /// <param name="accuracy">The share told right in it so far.</param>
    public void Add(double epoch, double loss, double accuracy)
    {
        running.Add((epoch, loss, accuracy));
        if (running.Count > MostPoints)
        {
            for (int i = running.Count - 2; i > 0; i -= 2) // every other point goes; the first and the last stay
            {
                running.RemoveAt(i);
            }
        }
    }

    /// <summary>Adds an epoch that has ended.</summary>
    /// <param name="epoch">The epoch.</param>
    public void Add(EpochRecord epoch) => epochs.Add(epoch);

    /// <inheritdoc />
    public Chart ToChart() => new(Title, [Panel("loss", point => point.Loss, epoch => epoch.ValidationLoss), Panel("accuracy", point => point.Accuracy, epoch => epoch.ValidationAccuracy) with { Percent = true }])
    {
        Text = ToString(),
    };

    /// <summary>Says where the run stands.</summary>
    /// <returns>For example <c>CIFAR10 on Shapes: epoch 2.4, loss 0.645, accuracy 73.1 %, validation accuracy 57.7 %</c>.</returns>
    public override string ToString() => running.Count == 0 ? $"{Title}: not begun" : string.Create(
        CultureInfo.InvariantCulture, $"{Title}: epoch {running[^1].Epoch:F1}, loss {running[^1].Loss:F3}, accuracy {100 * running[^1].Accuracy:F1} %")
        + (epochs.Count > 0 && double.IsFinite(epochs[^1].ValidationAccuracy) ? $", validation accuracy {ViewText.Percent(epochs[^1].ValidationAccuracy)}" : string.Empty);

    private ChartPanel Panel(string title, Func<(double Epoch, double Loss, double Accuracy), double> value, Func<EpochRecord, double> validation)
    {
        var training = new ChartSeries("training", [.. running.Select(point => point.Epoch)], [.. running.Select(value)]);
        var checkedOn = new ChartSeries("validation", [.. epochs.Select(epoch => (double)epoch.Epoch)], [.. epochs.Select(validation)]);
        return new ChartPanel(title, "epochs", title, checkedOn.Y.Any(double.IsFinite) ? [training, checkedOn] : [training]);
    }
}
