using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training;
using ConvNetShell.Display;

namespace ConvNetShell.Cmdlets.Session;

/// <summary>Draws loss and accuracy while a run goes on, at most twice a second, and the first layer's filters where they are wanted.</summary>
/// <param name="inner">Is told everything too, steps aside: the figure says what its bar would.</param>
/// <param name="curves">Where the curves are drawn.</param>
/// <param name="filters">Where the filters are drawn, or <see langword="null"/>.</param>
internal sealed class LiveView(TrainingProgress inner, LiveFigure curves, LiveFigure? filters) : ITrainingCallback
{
    private const int MostPoints = 400;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private readonly List<(double Epoch, double Loss, double Accuracy)> steps = [];
    private readonly Stopwatch sinceUpdate = new();
    private string status = string.Empty;
    private TrainingRun? run;

    /// <inheritdoc />
    public TimeSpan StepInterval => inner.StepInterval;

    /// <inheritdoc />
    public void OnBegin(TrainingRun started)
    {
        run = started;
        inner.OnBegin(started);
    }

    /// <inheritdoc />
    public void OnStep(in StepProgress progress)
    {
        steps.Add((progress.Epoch - 1 + ((double)progress.Step / progress.Steps), progress.Loss, progress.Accuracy));
        if (steps.Count > MostPoints)
        {
            for (int i = steps.Count - 2; i > 0; i -= 2) // every other point goes, so that a long run is drawn as fast as a short one
            {
                steps.RemoveAt(i);
            }
        }
        status = string.Create(
            CultureInfo.InvariantCulture,
            $"epoch {progress.Epoch}/{progress.Epochs}, loss {progress.Loss:F3}, accuracy {100 * progress.Accuracy:F1} %, {progress.ImagesPerSecond:N0} images/s, {ViewText.Duration(progress.TimeLeft)} left");
        if (curves.CanRedraw && (!sinceUpdate.IsRunning || sinceUpdate.Elapsed >= Pause))
        {
            Draw();
        }
    }

    /// <inheritdoc />
    public void OnEpoch(TrainingRun present, EpochRecord epoch) => inner.OnEpoch(present, epoch);

    /// <inheritdoc />
    public void OnWarning(string text)
    {
        inner.OnWarning(text);
        curves.Leave();
    }

    /// <summary>Draws the run as it ended.</summary>
    public void Complete()
    {
        if (run is not null)
        {
            curves.Draw(TrainingCharts.Of(run));
            DrawFilters(run);
        }
    }

    private void Draw()
    {
        sinceUpdate.Restart();
        try
        {
            curves.Draw(Chart(run!));
            DrawFilters(run!);
        }
        catch (PipelineStoppedException)
        {
            // The cmdlet's own token ends the run.
        }
    }

    private void DrawFilters(TrainingRun present)
    {
        if (filters is not null && present.Network.Layers.FirstOrDefault(layer => layer.Spec is FilterSpec) is { } first)
        {
            filters.Draw(PictureCollection.Merge(NetworkFilters.Get(present.Network, first.Name)));
        }
    }

    private Chart Chart(TrainingRun present)
    {
        double[] x = [.. steps.Select(step => step.Epoch)], done = [.. present.History.Select(epoch => (double)epoch.Epoch)];
        ChartPanel Panel(string name, Func<(double Epoch, double Loss, double Accuracy), double> train, Func<EpochRecord, double> validation) => new(
            name, "epoch", name, [new ChartSeries("training", x, [.. steps.Select(train)]) { Color = 0 }, new ChartSeries("validation", done, [.. present.History.Select(validation)]) { Color = 1 }]);
        return new Chart($"{present.Network.Name} on {present.Dataset.Name}: {status}", [
            Panel("loss", step => step.Loss, epoch => epoch.ValidationLoss),
            Panel("accuracy", step => step.Accuracy, epoch => epoch.ValidationAccuracy) with { Percent = true }]) { Text = status };
    }
}
