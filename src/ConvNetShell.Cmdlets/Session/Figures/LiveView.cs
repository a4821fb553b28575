using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training.Callbacks;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Display.Charts;
using ConvNetShell.Display.Pictures;
using ConvNetShell.Display.Records.Training;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Session.Figures;

/// <summary>
/// Draws loss and accuracy while a run goes on, at most twice a second, and the first layer's filters where they are wanted.
/// </summary>
/// <param name="inner">Receives the same events; its bar is hidden, because the figure shows the same.</param>
/// <param name="figure">Where it is drawn.</param>
/// <param name="filters">Whether the filters are drawn too, below the curves.</param>
internal sealed class LiveView(TrainingProgress inner, LiveFigure figure, bool filters) : ITrainingCallback
{
    private const int MostPoints = 400;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private readonly List<(double Epoch, double Loss, double Accuracy)> steps = [];
    private readonly SmoothedSteps smoothed = new();
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
        (double loss, double accuracy) = smoothed.Add(progress);
        steps.Add((progress.Epoch - 1 + ((double)progress.Step / progress.Steps), loss, accuracy));
        if (steps.Count > MostPoints)
        {
            for (int i = steps.Count - 2; i > 0; i -= 2) // every other point goes, so that a long run is drawn as fast as a short one
            {
                steps.RemoveAt(i);
            }
        }
        status = string.Create(
            CultureInfo.InvariantCulture,
            $"epoch {progress.Epoch}/{progress.Epochs}, loss {progress.Loss:F3}, accuracy {100 * progress.Accuracy:F1} %, "
                + $"{progress.ImagesPerSecond:N0} images/s, {ViewText.Duration(progress.TimeLeft)} left"
        );
        if (figure.CanRedraw && (!sinceUpdate.IsRunning || sinceUpdate.Elapsed >= Pause))
        {
            Draw();
        }
    }

    /// <inheritdoc />
    public void OnEpoch(TrainingRun present, EpochRecord epoch) => WriteAbove(() => inner.OnEpoch(present, epoch));

    /// <inheritdoc />
    public void OnWarning(string text) => WriteAbove(() => inner.OnWarning(text));

    /// <summary>Draws the run as it ended.</summary>
    public void Complete()
    {
        if (run is not null)
        {
            figure.Draw(Figures(TrainingCharts.Of(run)), last: true);
        }
    }

    private void Draw() =>
        Tell(() =>
        {
            sinceUpdate.Restart();
            figure.Draw(Figures(Chart(run!)));
        });

    /// <summary>Writes what scripts and warnings say where the figure stood, and the figure below it.</summary>
    private void WriteAbove(Action write)
    {
        bool drawn = false;
        Tell(() => drawn = figure.Erase());
        write();
        if (drawn)
        {
            Draw();
        }
    }

    private object[] Figures(object curves) =>
        filters && run!.Network.Layers.FirstOrDefault(layer => layer.Spec is FilterSpec) is { } first
            ? [curves, PictureCollection.Merge(NetworkFilters.Get(run.Network, first.Name)) with { CommonRange = true }]
            : [curves];

    private static void Tell(Action draw)
    {
        try
        {
            draw();
        }
        catch (PipelineStoppedException)
        {
            // The cmdlet's own token ends the run.
        }
    }

    private Chart Chart(TrainingRun present)
    {
        double[] x = [.. steps.Select(step => step.Epoch)],
            done = [.. present.History.Select(epoch => (double)epoch.Epoch)];
        ChartPanel Panel(
            string name,
            Func<(double Epoch, double Loss, double Accuracy), double> train,
            Func<EpochRecord, double> validation
        ) =>
            new(
                name,
                "epoch",
                name,
                [
                    new ChartSeries("training", x, [.. steps.Select(train)]) { Color = 0 },
                    new ChartSeries("validation", done, [.. present.History.Select(validation)], SeriesKind.Points) { Color = 1 },
                ]
            );
        return new Chart(
            $"{present.Network.Name} on {present.Dataset.Name}: {status}",
            [
                Panel("loss", step => step.Loss, epoch => epoch.ValidationLoss),
                Panel("accuracy", step => step.Accuracy, epoch => epoch.ValidationAccuracy) with
                {
                    Percent = true,
                },
            ]
        )
        {
            Text = status,
        };
    }
}
