using System.Runtime.InteropServices;
using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training.Loop;
using ConvNetShell.Core.Training.Runs;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Applications.Lecture;

/// <content>The lecture's own thread: one run after the other.</content>
public sealed partial class LectureSession
{
    /// <summary>Takes over a run that begins.</summary>
    internal void Begun(TrainingRun started)
    {
        lock (gate)
        {
            run = started;
            Steer(run.Control);
        }
        begun?.Invoke(started);
    }

    /// <summary>Replaces the frame by a later one.</summary>
    internal void Show(Func<LectureFrame, LectureFrame> change)
    {
        lock (gate)
        {
            frame = change(frame) with { Version = frame.Version + 1 };
        }
    }

    /// <summary>Returns when the training may go on; between two batches.</summary>
    internal void WaitWhilePaused(LectureRun following)
    {
        while (true)
        {
            bool image;
            lock (gate)
            {
                bool isEnding = runStop.IsCancellationRequested;
                if (isPaused && !isEnding && !wantsImage && frame.State == LectureState.Paused)
                {
                    Monitor.Wait(gate);
                    continue;
                }
                if (!wantsImage && (!isPaused || isEnding))
                {
                    if (frame.State == LectureState.Paused && !isEnding)
                    {
                        frame = frame with { Version = frame.Version + 1, State = LectureState.Running };
                    }
                    return;
                }
                (image, wantsImage) = (wantsImage, false);
            }
            if (image)
            {
                following.NextImage();
            }
            following.Publish(isPaused ? LectureState.Paused : LectureState.Running);
        }
    }

    private void Work()
    {
        while (Next() is { } network)
        {
            LectureRun? following = null;
            try
            {
                using var threads = new ThreadLimit(settings.Threads); // this thread computes the frames
                using var scope = NewDisposeScope();
                Dataset data = dataset.WithSplits(dataset.Train, validation: null, dataset.Test);
                following = new LectureRun(this, data, settings.Seed);
                Trainer.Train(network, data, settings, following, runStop.Token);
            }
            catch (Exception error) when (error is ConvNetException or ExternalException)
            {
                Show(old => old with { State = LectureState.Failed, Error = error.Message, Warning = following?.Warning });
            }
        }
        Show(old => old with { State = LectureState.Stopped });
    }

    /// <summary>Returns the network to train next, once there is one; <see langword="null"/> at the end.</summary>
    private Network? Next()
    {
        lock (gate)
        {
            while (next is null && !stop.IsCancellationRequested)
            {
                Monitor.Wait(gate);
            }
            if (stop.IsCancellationRequested)
            {
                next?.Dispose();
                return null;
            }
            Network network = next!;
            (next, run) = (null, null);
            runStop.Dispose();
            runStop = new CancellationTokenSource();
            frame = First(network, ++runs) with { Version = frame.Version + 1 };
            return network;
        }
    }
}
