using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training.Callbacks;
using ConvNetShell.Core.Training.Loop;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;
using ConvNetShell.Core.Training.Storage;
using ConvNetShell.Display.Records.Training;

namespace ConvNetShell.Core.Tests.Training;

public sealed class RunStoreTests : IDisposable
{
    private static readonly TrainingSettings Quick = new()
    {
        BatchSize = 8,
        LearningRate = 0.05,
        Device = "cpu",
        Precision = Precision.Float32,
    };

    private readonly string parent = Directory.CreateTempSubdirectory("convnetshell-runs-").FullName;

    public void Dispose() => Directory.Delete(parent, recursive: true);

    [Fact]
    public void A_kept_run_has_the_history_and_the_network_of_the_run()
    {
        TrainingRun run = Keep(epochs: 2);

        StoredRun stored = Assert.Single(RunStore.Read(parent));
        Assert.Equal(run.History, stored.History);
        Assert.Equal(run.LayerGradients, stored.LayerGradients);
        Assert.Equal(run.LearningRates, stored.LearningRates);
        Assert.NotEmpty(stored.LayerGradients);
        Assert.Equal(RunStatus.Completed, stored.Status);
        Assert.Equal(run.Settings, stored.Settings);
        Assert.Equal(("2 epochs", "12 steps"), ($"{stored.History}", $"{stored.LearningRates}")); // in a table of text
        Assert.Equal(run.Best!.ValidationAccuracy, stored.BestAccuracy);
        Assert.Equal(run.Folder, stored.Folder);
        Assert.Equal(run.Network.Spec, stored.Network.Spec);
        Assert.Equal(Weights(run.Network), Weights(stored.Network));
    }

    [Fact]
    public void A_run_whose_process_is_gone_is_interrupted()
    {
        Keep(epochs: 1);
        var folder = new RunFolder(RunStore.Read(parent)[0].Folder);
        RunRecord record = folder.Read();
        folder.Write(record with { Status = RunStatus.Running });
        Assert.Equal(RunStatus.Running, RunStore.Read(parent)[0].Status);

        folder.Write(record with { Status = RunStatus.Running, Process = record.Process with { Start = "0" } });
        Assert.Equal(RunStatus.Interrupted, RunStore.Read(parent)[0].Status);
    }

    [Fact]
    public void A_run_of_another_machine_is_alive_as_long_as_its_heart_beats()
    {
        Keep(epochs: 1);
        var folder = new RunFolder(RunStore.Read(parent)[0].Folder);
        RunRecord record = folder.Read();
        folder.Write(record with { Status = RunStatus.Running, Process = record.Process with { Machine = "elsewhere" } });
        Assert.Equal(RunStatus.Interrupted, RunStore.Read(parent)[0].Status);

        using var heartbeat = new Heartbeat(folder.HeartbeatPath);
        Assert.Equal(RunStatus.Running, RunStore.Read(parent)[0].Status);
    }

    [Fact]
    public void The_index_is_a_cache_that_may_be_deleted_or_damaged()
    {
        Keep(epochs: 1);
        string index = Path.Combine(parent, ".runs.index");
        string first = RunStore.Read(parent)[0].ToString();
        Assert.True(File.Exists(index));
        Assert.Equal(first, RunStore.Read(parent)[0].ToString());

        File.WriteAllBytes(index, [1, 2, 3]);
        Assert.Equal(first, RunStore.Read(parent)[0].ToString());
        File.Delete(index);
        Assert.Equal(first, RunStore.Read(parent)[0].ToString());
    }

    [Fact]
    public void A_note_and_tags_are_kept_and_seen_in_the_next_list()
    {
        Keep(epochs: 1);
        _ = RunStore.Read(parent);
        RunStore.Annotate(RunStore.Read(parent)[0], "good", ["a", "b"]);

        StoredRun stored = RunStore.Read(parent)[0];
        Assert.Equal("good", stored.Note);
        Assert.Equal("a, b", stored.Tag);
        RunStore.Annotate(stored, null, []);
        Assert.Equal(("good", string.Empty), (RunStore.Read(parent)[0].Note, RunStore.Read(parent)[0].Tag));
    }

    [Fact]
    public void A_history_that_was_cut_short_loses_its_last_line_only()
    {
        TrainingRun run = Keep(epochs: 2);
        string history = Path.Combine(run.Folder!, "history.jsonl");
        File.AppendAllText(history, "{\"Epoch\":3");

        Assert.Equal(run.History, new RunFolder(run.Folder!).ReadHistory());
        new RunFolder(run.Folder!).Append(run.History[0]);
        Assert.Equal([.. run.History, run.History[0]], new RunFolder(run.Folder!).ReadHistory());
    }

    [Fact]
    public void A_damaged_run_is_a_warning_and_the_others_are_listed()
    {
        Keep(epochs: 1);
        Directory.CreateDirectory(Path.Combine(parent, "broken"));
        File.WriteAllText(Path.Combine(parent, "broken", "run.json"), "{");
        var warnings = new List<string>();

        Assert.Single(RunStore.Read(parent, warnings.Add));
        Assert.Contains("Received: ", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_cannot_begin_leaves_no_folder()
    {
        RunFolder folder = RunFolder.Create(parent);

        Assert.Throws<InvalidOperationException>(() => RunRecorder.Keep(folder, null, _ => throw new InvalidOperationException("bad")));
        Assert.False(Directory.Exists(folder.Path));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named()
    {
        StorageException error = Assert.Throws<StorageException>(() => RunStore.Read(Path.Combine(parent, "nowhere")));

        Assert.Equal("Run.NoFolder", error.ErrorId);
    }

    [Fact]
    public void A_comparison_has_the_settings_that_differ_and_the_metrics()
    {
        TrainingRun first = Keep(epochs: 1);
        TrainingRun second = Keep(epochs: 2);

        IReadOnlyList<RunDifference> found = RunComparison.Compare(RunFacts.Of(first), RunFacts.Of(RunStore.Open(second.Folder!)));
        RunDifference setting = Assert.Single(found, difference => difference.Kind == "Setting");
        Assert.Equal(("Epochs", 1, 2, 1.0), (setting.Name, setting.First, setting.Second, setting.Difference));
        Assert.Contains(found, difference => difference is { Kind: "Metric", Name: nameof(EpochRecord.ValidationLoss) });
    }

    private static float[][] Weights(Network network) =>
        [.. network.Parameters.Select(tensor => tensor.Value.detach().cpu().data<float>().ToArray())];

    private TrainingRun Keep(int epochs)
    {
        RunFolder folder = RunFolder.Create(parent);
        return RunRecorder.Keep(
            folder,
            null,
            (ITrainingCallback recorder) =>
                Trainer.Train(
                    TinyData.Network(),
                    TinyData.Dataset(),
                    RunRecorder.WithCheckpoints(Quick with { Epochs = epochs }, folder),
                    recorder
                )
        );
    }
}
