using System.Diagnostics;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Training.Callbacks;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Display.Records.Data;

namespace ConvNetShell.Core.Applications.Lecture;

/// <summary>
/// Follows one run of a lecture: its figures after each batch, and the frames to show. Between two batches the training waits for this
/// callback, so that the network may be read.
/// </summary>
/// <param name="lecture">The lecture.</param>
/// <param name="dataset">The run's dataset, with the classes in the network's order.</param>
/// <param name="seed">The seed of the choice of images to show.</param>
internal sealed class LectureRun(LectureSession lecture, Dataset dataset, int seed) : ITrainingCallback
{
    private const double ShareForFrames = 0.2, // of the time goes into frames at most
        SpeedDecay = 0.95; // a step
    private static readonly TimeSpan FrameInterval = TimeSpan.FromMilliseconds(400);

    private readonly SmoothedSteps smoothed = new();
    private readonly CurveRecorder curve = new();
    private readonly LectureTests tests = new(dataset, seed);
    private readonly Stopwatch sinceStep = new(),
        sinceFrame = new();
    private TrainingRun run = null!;
    private ImageSample image = null!;
    private TimeSpan frameTime;
    private (double Loss, double Accuracy) figures;
    private (double Images, double Seconds) speed;
    private long examples,
        steps;
    private int batchSize;
    private string? warning;

    /// <summary>Gets the latest warning.</summary>
    public string? Warning => warning;

    /// <inheritdoc />
    public void OnBegin(TrainingRun begun)
    {
        run = begun;
        run.Control.CutsEpochs = true;
        image = tests.Draw();
        lecture.Begun(run);
        Publish(LectureState.Starting);
        lecture.WaitWhilePaused(this);
        sinceStep.Restart();
    }

    /// <inheritdoc />
    public void OnStep(in StepProgress progress)
    {
        double seconds = sinceStep.Elapsed.TotalSeconds;
        if (progress.Step == 1)
        {
            batchSize = Math.Min(run.Control.BatchSize, dataset.Train.Count);
        }
        int images = progress.Step == progress.Steps ? dataset.Train.Count - (progress.Steps - 1) * batchSize : batchSize;
        examples += images;
        if (steps++ > 0) // the first batch also warms up
        {
            speed = (SpeedDecay * speed.Images + images, SpeedDecay * speed.Seconds + seconds);
        }
        figures = smoothed.Add(progress);
        curve.Add(examples, figures.Loss, figures.Accuracy, tests.Accuracy);
        bool isDue = sinceFrame.Elapsed >= FrameInterval && sinceFrame.Elapsed * ShareForFrames >= frameTime;
        if (steps == 1 || (isDue && lecture.IsWatched))
        {
            Publish(LectureState.Running);
        }
        else if (isDue)
        {
            PublishFigures();
        }
        lecture.WaitWhilePaused(this);
        sinceStep.Restart();
    }

    /// <inheritdoc />
    public void OnWarning(string text) => warning = text;

    /// <summary>Shows the layers at work on another image.</summary>
    public void NextImage() => image = tests.Draw();

    /// <summary>Makes a frame; called between two batches.</summary>
    public void Publish(LectureState state)
    {
        var clock = Stopwatch.StartNew();
        int label = new OutputLookup(run.Network).Of(image) ?? 0;
        (IReadOnlyList<LectureLayer> layers, double loss) = LectureProbe.Take(run.Network, image, label);
        LectureImage shown = LectureTests.Ask(run.Network, image);
        IReadOnlyList<LectureImage> tested = tests.Next(run.Network);
        lecture.Show(frame =>
            WithFigures(frame, state) with
            {
                Image = shown,
                ImageLoss = double.IsFinite(loss) ? loss : null,
                Layers = layers,
                Tests = tested,
            }
        );
        frameTime = clock.Elapsed;
        sinceFrame.Restart();
    }

    /// <summary>Goes on with the figures where nobody looks at the pictures.</summary>
    private void PublishFigures()
    {
        var clock = Stopwatch.StartNew();
        tests.Next(run.Network);
        lecture.Show(frame => WithFigures(frame, LectureState.Running));
        frameTime = clock.Elapsed;
        sinceFrame.Restart();
    }

    private LectureFrame WithFigures(LectureFrame frame, LectureState state) =>
        frame with
        {
            State = state,
            Warning = warning,
            Examples = examples,
            Steps = steps,
            ImagesPerSecond = speed.Seconds > 0 ? speed.Images / speed.Seconds : 0,
            Loss = steps > 0 ? figures.Loss : null,
            Accuracy = steps > 0 ? figures.Accuracy : null,
            TestAccuracy = tests.Accuracy,
            TestImages = tests.Count,
            Curve = curve.ToCurve(),
        };
}
