using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Tests.Data;
using ConvNetShell.Core.Training.Checkpoints;
using ConvNetShell.Core.Training.Loop;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;

namespace ConvNetShell.Core.Tests.Training.Checkpoints;

public sealed class FolderLockTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_second_run_in_a_checkpoint_folder_is_refused_and_the_owner_is_named()
    {
        using Network network = TinyData.Network();
        List<StorageException> refused = [];
        var callback = new RecordingCallback(step =>
        {
            if (step == 3)
            {
                using Network second = TinyData.Network();
                refused.Add(Assert.Throws<StorageException>(() => Trainer.Train(second, TinyData.Dataset(), Saved())));
                refused.Add(Assert.Throws<StorageException>(() => Trainer.Resume(Checkpoint.Read(folder["run"]), TinyData.Dataset())));
            }
        });
        TrainingRun run = Trainer.Train(network, TinyData.Dataset(), Saved(), callback);

        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Equal(2, refused.Count);
        Assert.All(
            refused,
            error =>
            {
                Assert.Equal("Storage.InUse", error.ErrorId);
                Assert.Contains($"process {Environment.ProcessId} on {Environment.MachineName}", error.Message, StringComparison.Ordinal);
            }
        );
        Assert.All(Directory.GetFiles(folder["run"]), file => Assert.EndsWith(".checkpoint", file, StringComparison.Ordinal));
        Trainer.Resume(Checkpoint.Read(folder["run"]), TinyData.Dataset(), new ResumeOptions { Epochs = 3 }).Network.Dispose();
    }

    [Fact]
    public void The_lock_of_a_process_that_was_killed_holds_nobody()
    {
        File.WriteAllText(folder[FolderLock.LockName], string.Empty);
        File.WriteAllText(folder[FolderLock.OwnerName], "the run that process 1 on nowhere began");
        using FolderLock taken = FolderLock.Take(folder.Root);
        Assert.Contains(
            $"process {Environment.ProcessId} ",
            Assert.Throws<StorageException>(() => FolderLock.Take(folder.Root)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void One_of_many_takes_a_folder_at_a_time()
    {
        int inside = 0,
            most = 0,
            taken = 0;
        Parallel.For(
            0,
            200,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            _ =>
            {
                try
                {
                    using FolderLock one = FolderLock.Take(folder.Root);
                    InterlockedMax(ref most, Interlocked.Increment(ref inside));
                    Interlocked.Increment(ref taken);
                    Thread.Sleep(1);
                    Interlocked.Decrement(ref inside);
                }
                catch (StorageException error)
                {
                    Assert.Equal("Storage.InUse", error.ErrorId);
                }
            }
        );
        Assert.Equal(1, most);
        Assert.InRange(taken, 1, 200);
        Assert.Empty(Directory.GetFiles(folder.Root));
    }

    [Fact]
    public void A_lock_is_made_again_with_its_folder()
    {
        using FolderLock taken = FolderLock.Take(folder.Folder("gone"));
        Directory.Delete(folder["gone"], recursive: true);
        taken.Renew();
        Assert.Equal("Storage.InUse", Assert.Throws<StorageException>(() => FolderLock.Take(folder["gone"])).ErrorId);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        int seen = Volatile.Read(ref most);
        while (value > seen)
        {
            seen = Interlocked.CompareExchange(ref most, value, seen);
        }
    }

    private TrainingSettings Saved() =>
        new()
        {
            Epochs = 2,
            BatchSize = 8,
            Device = "cpu",
            Threads = 1,
            Checkpoints = new CheckpointSettings { Path = folder["run"] },
        };
}
