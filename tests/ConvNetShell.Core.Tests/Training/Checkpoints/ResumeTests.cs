using System.Globalization;
using ConvNetShell.Core.Data.Augmentations;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Activation;
using ConvNetShell.Core.Layers.Blocks;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Dense;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Layers.Normalization;
using ConvNetShell.Core.Layers.Spec;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Tests.Data;
using ConvNetShell.Core.Training.Checkpoints;
using ConvNetShell.Core.Training.Loop;
using ConvNetShell.Core.Training.Optimizers;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;
using ConvNetShell.Display.Records.Training;

namespace ConvNetShell.Core.Tests.Training.Checkpoints;

/// <summary>A run that is stopped anywhere and resumed ends with the weights and the history of one that was left in peace.</summary>
public sealed class ResumeTests : IDisposable
{
    private const int Steps = 12; // two epochs of 6

    // The first, one inside, the last of an epoch and the first of the next, the last but one and the last.
    private static readonly int[] Stops = [1, 4, 6, 7, Steps - 1, Steps];
    private readonly TestFolder folder = new();

    public static TheoryData<string, TrainingSettings> Runs
    {
        get
        {
            TrainingSettings plain = new();
            return new()
            {
                { "conv3x3x4 relu pool2 fc3", plain with { AccumulateBatches = 4, ClipNorm = 0.5 } },
                { "conv3x3x4-nobias bn relu drop0.3 pool2 fc3", plain with { AccumulateBatches = 3, Average = AverageKind.EMA } },
                { "conv3x3x4 relu spatialdrop0.2 gn2 fc3", plain with { Average = AverageKind.SWA, Optimizer = OptimizerKind.Adam } },
                { "conv3x3x4 lrn3 scale-0.5 tanh avgpool2 fc3", plain with { Optimizer = OptimizerKind.Muon, LabelSmoothing = 0.1 } },
                {
                    "deconv3x3x4 ln leakyrelu local3x3x2 sigmoid flatten fc8 gelu fc3 softmax",
                    plain with
                    {
                        Optimizer = OptimizerKind.RMSprop,
                        LearningRate = 0.003,
                        Augmentation = new Augmentation
                        {
                            Mixup = 0.3,
                            Rotation = 10,
                            Cutout = 2,
                        },
                    }
                },
                {
                    "respad(conv3x3x4s2 bn relu) add(conv1x1x4 | conv3x3x4) concat(conv1x1x2 | ) globalavg fc3",
                    plain with
                    {
                        Optimizer = OptimizerKind.Adadelta,
                        LearningRate = 1,
                        AccumulateBatches = 2,
                        Schedule = ScheduleKind.Step,
                        StepSize = 1,
                    }
                },
                {
                    "mapconv3x3:0/1/01 scaledtanh subsample2 respad(conv3x3x4 relu) fc4 tanh rbf3",
                    plain with
                    {
                        Optimizer = OptimizerKind.AdamW,
                    }
                },
                { "resproj(conv3x3x4s2 bn relu conv3x3x4) relu globalavg fc3", plain with { LearningRate = 0.1 } },
                {
                    "conv3x3x4 relu pool2 fc5",
                    plain with
                    {
                        Loss = LossKind.ArcFace,
                        AccumulateBatches = 4,
                        Optimizer = OptimizerKind.Adam,
                    }
                },
                { "conv3x3x4-nobias bn relu pool2 fc5", plain with { Loss = LossKind.Triplet, Average = AverageKind.EMA } },
                { "conv3x3x4 relu drop0.2 pool2 fc5", plain with { Loss = LossKind.Contrastive, ImagesPerClass = 2 } },
                { "conv3x3x4 relu adaptivemax3 fc3", plain with { Schedule = ScheduleKind.Plateau, StepSize = 1, BalanceClasses = true } },
            };
        }
    }

    public void Dispose() => folder.Dispose();

    [Theory, MemberData(nameof(Runs))]
    public void A_run_stopped_at_a_step_ends_as_if_it_had_not_been(string spec, TrainingSettings settings) =>
        StopOften(NetworkSpec.Parse(spec), TinyData.Picture, settings);

    [Theory]
    [InlineData("rnn4-seq-bi gru4 fc3")]
    [InlineData("conv1d3x4 relu lstm4 fc3")]
    public void A_recurrent_run_stopped_at_a_step_ends_as_if_it_had_not_been(string spec) =>
        StopOften(NetworkSpec.Parse(spec), new Shape(2, 9), new TrainingSettings { AccumulateBatches = 2 });

    [Fact]
    public void Options_that_the_words_cannot_say_are_resumed()
    {
        var start = new Initializer(InitializerKind.Normal, 0.2);
        LayerSpec[] layers =
        [
            new ConvSpec(4, new Window(3, 1, Padding.Same)) { Name = "eyes", Initializer = start },
            new LocalResponseSpec(3, alpha: 0.5, beta: 0.3, k: 1.5),
            new ResidualSpec(
                [
                    new ConvSpec(4, new Window(3, 1, Padding.Same)) { Name = "inner", Initializer = start },
                    new LocalResponseSpec(3, alpha: 0.7, beta: 0.4, k: 1.2) { Name = "calm" },
                    new BranchSpec(
                        [
                            [new ActivationSpec(ActivationKind.Tanh) { Name = "deep" }],
                            [],
                        ],
                        JoinKind.Add
                    )
                    {
                        Name = "fork",
                    },
                ],
                ShortcutKind.Identity
            ),
            new DenseSpec(3) { Name = "answer" },
        ];
        TrainingRun run = StopOften(layers, TinyData.Picture, new TrainingSettings { AccumulateBatches = 2 });
        Assert.Equal(
            ["eyes", "lrn1", "res1", "res1.inner", "res1.calm", "res1.fork", "res1.fork.deep", "answer"],
            run.Network.Plan.AllLayers.Select(layer => layer.Name)
        );
        Assert.Equal(start, ((ConvSpec)run.Network.Layers[0].Spec).Initializer);
        Assert.Equal((0.5, 0.3, 1.5), Constants(run.Network.Plan.AllLayers[1].Spec));
        Assert.Equal((0.7, 0.4, 1.2), Constants(run.Network.Plan.AllLayers[4].Spec));

        using Network other = TinyData.Network("conv3x3x4 lrn3 res(conv3x3x4 lrn3 add(tanh | )) fc3");
        Assert.Equal(
            "Checkpoint.OtherNetwork",
            Assert
                .Throws<CheckpointException>(() =>
                    Trainer.Resume(Checkpoint.Read(folder["cut12"]), TinyData.Dataset(), new ResumeOptions { Network = other })
                )
                .ErrorId
        );
    }

    [Theory]
    [InlineData(AverageKind.SWA)]
    [InlineData(AverageKind.None)]
    public void A_run_stopped_while_it_validates_ends_as_if_it_had_not_been(AverageKind average)
    {
        using Network network = TinyData.Network();
        var settings = new TrainingSettings { Average = average };
        using var whole = Trainer.Train(network, TinyData.Dataset(), Saved(settings, "whole")).Network;
        using Network cut = TinyData.Network();
        using var stop = new CancellationTokenSource();
        var callback = new RecordingCallback(step =>
        {
            if (step == Steps)
            {
                stop.Cancel();
            }
        });
        TrainingRun run = Trainer.Train(cut, TinyData.Dataset(), Saved(settings, "cut"), callback, stop.Token);
        Assert.Single(run.History);
        TrainingRun resumed = Trainer.Resume(Checkpoint.Read(folder["cut"]), TinyData.Dataset());
        Assert.Equal(TrainerTests.Weights(whole), TrainerTests.Weights(resumed.Network));
        Assert.True(resumed.History[^1].LearningRate > 0);
        resumed.Network.Dispose();
    }

    private static (double, double, double) Constants(LayerSpec layer) =>
        layer is LocalResponseSpec response ? (response.Alpha, response.Beta, response.K) : default;

    private static string Figures(EpochRecord epoch) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{epoch.TrainLoss:R} {epoch.TrainAccuracy:R} {epoch.ValidationLoss:R} {epoch.ValidationAccuracy:R} "
                + $"{epoch.LearningRate:R} {epoch.GradientNorm:R} {epoch.DecayLoss:R}"
        );

    private static Dataset Data(Shape shape) =>
        new(
            "Tiny",
            "made by a test",
            ["dark", "middle", "bright"],
            TinyData.Easy(48, 1, shape: shape),
            TinyData.Easy(12, 2, "Validation", shape),
            null
        );

    /// <summary>Stops a run after some of its steps by -MaxSteps, and returns the one that was stopped after the last.</summary>
    private TrainingRun StopOften(IReadOnlyList<LayerSpec> layers, Shape shape, TrainingSettings settings)
    {
        var plan = NetworkPlan.Fit(layers, shape);
        Network network = Network.Create(plan, seed: 1);
        TrainingRun whole = Trainer.Train(network, Data(shape), Saved(settings, "whole"));
        string[] history = [.. whole.History.Select(Figures)];
        TrainingRun? last = null;
        foreach (int step in Stops)
        {
            string name = FormattableString.Invariant($"cut{step}");
            using Network cut = Network.Create(plan, seed: 1);
            TrainingRun stopped = Trainer.Train(cut, Data(shape), Saved(settings, name) with { MaxSteps = step });
            Assert.Equal((step + 5) / 6, stopped.History.Count);
            last?.Network.Dispose();
            last = Trainer.Resume(Checkpoint.Read(folder[name]), Data(shape), new ResumeOptions { MaxSteps = 0 });
            Assert.Equal(TrainerTests.Weights(network), TrainerTests.Weights(last.Network));
            Assert.Equal(history, last.History.Select(Figures));
            Assert.Equal(whole.LayerGradients, last.LayerGradients);
            Assert.Equal(whole.LearningRates, last.LearningRates);
        }
        network.Dispose();
        return last!;
    }

    private TrainingSettings Saved(TrainingSettings settings, string name) =>
        settings with
        {
            Epochs = 2,
            BatchSize = 8,
            Seed = 5,
            Device = "cpu",
            Checkpoints = new CheckpointSettings { Path = folder[name] },
        };
}
