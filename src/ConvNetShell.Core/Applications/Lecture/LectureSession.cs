using System.Diagnostics;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Spec;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Presets;
using ConvNetShell.Core.Training.Loop;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;

namespace ConvNetShell.Core.Applications.Lecture;

/// <summary>
/// A training to be watched and steered while it goes on, as on ConvNetJS's pages: it trains until it is stopped, its settings change at
/// the next batch, and another network may take over. All members may be called from any thread.
/// </summary>
public sealed partial class LectureSession : IDisposable
{
    private const long StepsOfARun = 1_000_000_000; // it trains until it is stopped
    private static readonly TimeSpan WatchedFor = TimeSpan.FromSeconds(5);

    private readonly object gate = new();
    private readonly Dataset dataset;
    private readonly Action<TrainingRun>? begun;
    private readonly CancellationTokenSource stop = new();
    private readonly Thread thread;
    private CancellationTokenSource runStop = new();
    private TrainingSettings settings;
    private Network? next;
    private TrainingRun? run;
    private LectureFrame frame;
    private long asked = Stopwatch.GetTimestamp();
    private int runs;
    private bool isPaused,
        wantsImage;

    /// <summary>Checks what a lecture needs; <see cref="Start"/> begins it.</summary>
    /// <param name="network">The network, which is trained in place and belongs to the lecture.</param>
    /// <param name="dataset">The data: pictures of one or three channels.</param>
    /// <param name="settings">The settings; the learning rate is constant, whatever their schedule.</param>
    /// <param name="begun">Receives each run as it begins, on the lecture's thread; or <see langword="null"/>.</param>
    /// <exception cref="ConvNetException">The network does not fit the data, or is none that classifies pictures.</exception>
    public LectureSession(Network network, Dataset dataset, TrainingSettings settings, Action<TrainingRun>? begun = null)
    {
        (this.dataset, this.begun) = (dataset, begun);
        int batch = Math.Min(settings.BatchSize, dataset.Train.Count);
        this.settings = settings with
        {
            Schedule = ScheduleKind.Constant,
            WarmupEpochs = 0,
            Average = AverageKind.None,
            AccumulateBatches = 1,
            ValidationFraction = 0,
            KeepLast = true,
            Checkpoints = null,
            MaxSteps = 0,
            MaxTime = null,
            Patience = 0,
            OverfitBatches = 0,
            BatchSize = batch,
            Epochs = (int)Math.Max(1, StepsOfARun * batch / dataset.Train.Count),
        };
        Check(network);
        next = network;
        frame = First(network, 1);
        thread = new Thread(Work) { IsBackground = true, Name = "ConvNetShell lecture" };
    }

    /// <summary>Gets the latest frame. Frames are made as long as somebody asks for them.</summary>
    public LectureFrame Frame
    {
        get
        {
            lock (gate)
            {
                asked = Stopwatch.GetTimestamp();
                return frame;
            }
        }
    }

    /// <summary>Gets the latest frame for its figures alone, which are kept up without anybody watching.</summary>
    public LectureFrame Figures
    {
        get
        {
            lock (gate)
            {
                return frame;
            }
        }
    }

    /// <summary>Gets a value indicating whether somebody has asked for a frame in the last seconds.</summary>
    internal bool IsWatched
    {
        get
        {
            lock (gate)
            {
                return Stopwatch.GetElapsedTime(asked) < WatchedFor;
            }
        }
    }

    /// <summary>Begins to train, on a thread of its own.</summary>
    public void Start() => thread.Start();

    /// <summary>Holds the training after the present batch.</summary>
    public void Pause() => Tell(() => isPaused = true);

    /// <summary>Lets a held training go on.</summary>
    public void Continue() => Tell(() => isPaused = false);

    /// <summary>Shows the layers at work on another image, also while the training is held.</summary>
    public void NextImage() => Tell(() => wantsImage = true);

    /// <summary>Changes the settings from the next batch on.</summary>
    /// <param name="wanted">The settings.</param>
    /// <exception cref="InvalidSettingException">One is out of its bounds; none is changed.</exception>
    public void Change(LectureSettings wanted)
    {
        TrainingSettings changed = wanted.ApplyTo(settings);
        Tell(() =>
        {
            settings = changed;
            if (run is not null)
            {
                Steer(run.Control);
            }
            frame = frame with { Version = frame.Version + 1, Settings = wanted };
        });
    }

    /// <summary>Begins anew with fresh weights, after the present batch.</summary>
    /// <param name="spec">The new network's definition, in the words of New-Network -Spec.</param>
    /// <exception cref="ConvNetException">The definition is wrong, or does not fit the data. The present network trains on.</exception>
    public void Restart(string spec)
    {
        Network network = NetworkFactory.FromLayers(
            NetworkPlan.Fit(NetworkSpec.Parse(spec), dataset.InputShape),
            seed: settings.Seed,
            name: spec.Trim() == frame.Spec ? frame.Network : null
        );
        try
        {
            Check(network);
        }
        catch (ConvNetException)
        {
            network.Dispose();
            throw;
        }
        Tell(() =>
        {
            next?.Dispose(); // one that had not begun yet
            (next, isPaused) = (network, false);
            runStop.Cancel();
        });
    }

    /// <summary>Ends the lecture after the present batch, and waits until it has ended.</summary>
    public void Stop()
    {
        Tell(() =>
        {
            stop.Cancel();
            runStop.Cancel();
        });
        if (thread.ThreadState.HasFlag(System.Threading.ThreadState.Unstarted))
        {
            return;
        }
        thread.Join();
    }

    /// <summary>Ends the lecture.</summary>
    public void Dispose()
    {
        Stop();
        stop.Dispose();
        runStop.Dispose();
    }

    private void Check(Network network)
    {
        if (dataset.InputShape.Count != 3 || dataset.InputShape.Channels is not (1 or 3))
        {
            throw new InvalidSettingException("Dataset", "pictures of 1 or 3 channels", dataset.InputShape.ToString());
        }
        (Dataset matched, TrainingSettings fitting) = Trainer.Match(network, dataset, settings);
        Trainer.Check(network, matched, fitting);
    }

    private LectureFrame First(Network network, int number) =>
        new(
            1,
            LectureState.Starting,
            network.Name,
            network.Spec,
            network.InputShape.ToString(),
            network.ParameterCount,
            dataset.Name,
            dataset.Train.Count,
            LectureSettings.Of(settings)
        )
        {
            Optimizer = settings.Optimizer.ToString(),
            Run = number,
        };

    private void Steer(RunControl control) =>
        (control.LearningRate, control.Momentum, control.BatchSize, control.WeightDecay) = (
            settings.LearningRate,
            settings.Momentum,
            settings.BatchSize,
            settings.WeightDecay
        );

    private void Tell(Action change)
    {
        lock (gate)
        {
            change();
            Monitor.PulseAll(gate);
        }
    }
}
