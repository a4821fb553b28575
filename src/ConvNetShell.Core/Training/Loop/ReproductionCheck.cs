using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Training.Callbacks;
using ConvNetShell.Core.Training.Checkpoints;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;
using ConvNetShell.Display.Records.Training;

namespace ConvNetShell.Core.Training.Loop;

/// <summary>
/// Trains the first steps of a saved run again, with what its control changed then, and compares the weights after each with those of then.
/// </summary>
public static class ReproductionCheck
{
    /// <summary>Compares.</summary>
    /// <param name="checkpoint">A checkpoint of the run; the start of the run is looked for beside it.</param>
    /// <param name="dataset">The dataset, as the user gave it then; if it is another, the report says so.</param>
    /// <param name="steps">The most steps to compare.</param>
    /// <param name="stop">Ends it after the present batch.</param>
    /// <returns>The report.</returns>
    /// <exception cref="CheckpointException">The start is missing, or the run kept no hashes.</exception>
    public static ReproductionReport Run(Checkpoint checkpoint, Dataset dataset, int steps, CancellationToken stop = default)
    {
        string folder = Path.GetDirectoryName(checkpoint.Path)!;
        using Checkpoint start = Checkpoint.Read(Path.Combine(folder, CheckpointFolder.StartName));
        string[] then = checkpoint.Header.StepHashes;
        if (then.Length == 0)
        {
            throw new CheckpointException(
                "Checkpoint.NoHashes",
                checkpoint.Path,
                "expected the hashes of the first steps' weights. Received: none, as no step was made or the network has over "
                    + "5 million parameters."
            );
        }
        int count = Math.Min(steps, then.Length);
        List<string> now = [];
        TrainingRun run = Trainer.Resume(
            start,
            dataset,
            new ResumeOptions { Force = true },
            new Replay(checkpoint.Header.Changes, now, count),
            stop,
            isTrial: true
        );
        int compared = Math.Min(count, now.Count);
        int different = Enumerable.Range(0, compared).FirstOrDefault(i => then[i] != now[i], -1);
        return new ReproductionReport(compared, different < 0, different < 0 ? null : different + 1, [.. Changes(start, run, dataset)]);
    }

    private static IEnumerable<string> Changes(Checkpoint start, TrainingRun run, Dataset dataset)
    {
        CheckpointHeader then = start.Header;
        foreach ((string name, string version) in run.Versions)
        {
            if (then.Versions.TryGetValue(name, out string? before) && before != version)
            {
                yield return $"{name} was {before} and is {version}";
            }
        }
        if (then.Device != run.Device)
        {
            yield return $"the device was {then.Device} and is {run.Device}";
        }
        if (then.DatasetHash != dataset.Hash())
        {
            yield return $"the data has changed ({then.Dataset})";
        }
    }

    private sealed class Replay(SettingChange[] changes, List<string> hashes, int count) : ITrainingCallback
    {
        private TrainingRun? run;

        public void OnBegin(TrainingRun begun)
        {
            run = begun;
            Change();
        }

        public void OnStep(in StepProgress progress)
        {
            hashes.Add(CheckpointWriter.HashOf(run!.Network));
            if (hashes.Count >= count)
            {
                run.Control.Stop();
            }
            Change();
        }

        private void Change()
        {
            foreach (SettingChange change in changes.Where(change => change.Step == hashes.Count))
            {
                run!.Control.Apply(change);
            }
        }
    }
}
