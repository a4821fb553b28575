using ConvNetShell.Core.Data.Augmentations;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Training.Loop;
using ConvNetShell.Core.Training.Optimizers;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Training;

/// <summary>
/// Trainings while the garbage collector frees, all the time, whatever nobody holds: numbers and tensors that libtorch still reads must not
/// be among that.
/// With <c>weight.add_(step, alpha: rate)</c> in an optimizer this fails within seconds, or the process ends.
/// </summary>
[Trait("Speed", "Slow")]
public sealed class GarbageCollectionTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(OptimizerKind.SGD, "conv3x3x4 relu pool2 drop0.2 fc3")]
    [InlineData(OptimizerKind.Adam, "conv3x3x8 leakyrelu pool2 lrn5 fc3")]
    [InlineData(OptimizerKind.AdamW, "conv3x3x4 bn tanh avgpool2 fc3")]
    [InlineData(OptimizerKind.Adadelta, "res(conv3x3x2 relu) fc3")]
    [InlineData(OptimizerKind.RMSprop, "conv3x3x4 gelu pool2 fc8 sigmoid fc3")]
    [InlineData(OptimizerKind.Muon, "conv3x3x4 relu fc3")]
    [InlineData(OptimizerKind.SGD, "conv3x3x4 relu drop0.3 pool2 fc3", 2)]
    public void Collections_at_any_moment_change_nothing(OptimizerKind optimizer, string spec, int threads = 1) =>
        Repeat(() => Train(spec, new TrainingSettings { Optimizer = optimizer, ClipNorm = 1 }, threads));

    [Fact]
    public void Collections_change_nothing_where_a_network_is_recurrent() =>
        Repeat(() => Train("gru4-seq lstm3 fc3", new TrainingSettings { Optimizer = OptimizerKind.Adam }, shape: new Shape(2, 6)));

    [Fact]
    public void Collections_change_nothing_where_batches_are_mixed_and_weights_averaged() =>
        Repeat(() =>
            Train(
                "conv3x3x4 relu pool2 fc3",
                new TrainingSettings
                {
                    Augmentation = new Augmentation
                    {
                        Mixup = 0.5,
                        CutMix = 0.5,
                        Flip = FlipKind.Random,
                    },
                    Average = AverageKind.EMA,
                }
            )
        );

    [Fact]
    public void Collections_change_nothing_where_a_run_is_saved() =>
        Repeat(() =>
        {
            string folder = Directory.CreateTempSubdirectory("convnetshell-test-").FullName;
            try
            {
                return Train(
                    "conv3x3x4 relu pool2 drop0.2 fc3",
                    new TrainingSettings
                    {
                        Checkpoints = new CheckpointSettings { Path = folder, EverySteps = 1 },
                    }
                );
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        });

    private static string Train(string spec, TrainingSettings settings, int threads = 1, Shape? shape = null)
    {
        using Network network = TinyData.Network(spec, shape);
        var data = new Dataset(
            "Tiny",
            "made by a test",
            ["dark", "middle", "bright"],
            TinyData.Easy(48, 1, shape: shape),
            TinyData.Easy(12, 2, "Validation", shape)
        );
        TrainingRun run = Trainer.Train(
            network,
            data,
            settings with
            {
                Epochs = 12,
                BatchSize = 24,
                Seed = 1,
                Device = "cpu",
                Threads = threads,
            }
        );
        Assert.Equal(threads, DataParallelStep.Parts(network, run.Settings, CPU, run.Settings.BatchSize));
        using var scope = NewDisposeScope();
        return $"{run.History[^1].TrainLoss:R} {run.History[^1].ValidationLoss:R} "
            + $"{string.Join(' ', network.Parameters.Select(tensor => tensor.Value.sum().item<float>().ToString("R")))}";
    }

    private static void Repeat(Func<string> work)
    {
        string expected = work();
        using var stop = new CancellationTokenSource();
        Thread[] others =
        [
            new Thread(() => Collect(stop.Token)),
            .. Enumerable.Range(0, 2 * Environment.ProcessorCount).Select(_ => new Thread(() => Compute(stop.Token))),
        ];
        Array.ForEach(others, thread => thread.Start());
        try
        {
            long began = Environment.TickCount64;
            do
            {
                Assert.Equal(expected, work());
            } while (Environment.TickCount64 - began < Long.TotalMilliseconds);
        }
        finally
        {
            stop.Cancel();
            Array.ForEach(others, thread => thread.Join());
        }
    }

    private static void Collect(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            GC.Collect(0);
            GC.WaitForPendingFinalizers();
        }
    }

    /// <summary>
    /// Keeps a core busy in libtorch, where a collection does not halt it: the training loses its core in the middle of calls, and there is
    /// time to collect and to free.
    /// </summary>
    private static void Compute(CancellationToken stop)
    {
        _ = get_num_threads(); // sets the thread up: see ComputeThreads
        set_num_threads(1);
        using Tensor matrix = ones(700, 700);
        while (!stop.IsCancellationRequested)
        {
            using Tensor product = matrix.matmul(matrix);
        }
    }
}
