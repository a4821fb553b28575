using ConvNetShell.Core.Applications.Lecture;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Tests.Training;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;

namespace ConvNetShell.Core.Tests.Applications;

/// <summary>A lecture trains until it is stopped, and follows its buttons at the next batch.</summary>
public sealed class LectureSessionTests
{
    private const string Spec = "conv3x3x4 relu pool2 fc3 softmax";
    private static readonly Shape Picture = new(3, 6, 6);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void A_frame_has_the_layers_at_work_the_curve_and_test_images()
    {
        using LectureSession lecture = Begin(out _);

        LectureFrame frame = Wait(lecture, frame => frame is { Steps: > 20, Layers.Count: > 0 });

        Assert.Equal(LectureState.Running, frame.State);
        Assert.Equal((Spec, "Tiny", 48), (frame.Spec, frame.Dataset, frame.TrainingImages));
        Assert.Equal(["conv1", "relu1", "pool1", "fc1", "softmax1"], frame.Layers.Select(layer => layer.Name));
        LectureLayer first = frame.Layers[0];
        Assert.Equal(
            (6, 6, 4, 1),
            (first.Activations.Width, first.Activations.Height, first.Activations.Count, first.Activations.Channels)
        );
        Assert.Equal(4 * 6 * 6, first.Activations.Values.Length);
        Assert.Equal((3, 3, 4, 3), (first.Weights!.Width, first.Weights.Height, first.Weights.Count, first.Weights.Channels));
        Assert.Contains(first.WeightGradients!.Values.ToArray(), value => value is not (0 or 128));
        Assert.All(frame.Layers.SkipLast(1), layer => Assert.NotNull(layer.Gradients));
        Assert.Null(frame.Layers[^1].Gradients);
        Assert.False(frame.Layers[1].Activations.IsSigned);
        Assert.Equal(frame.Curve.Examples.Count, frame.Curve.Loss.Count);
        Assert.True(frame.Curve.Examples[^1] <= frame.Examples);
        Assert.Equal(12, frame.Tests.Count);
        Assert.All(frame.Tests, test => Assert.Equal(3, test.Answers.Count));
        Assert.All(frame.Tests, test => Assert.Equal(1, test.Answers.Sum(answer => answer.Probability), 4));
        Assert.All(frame.Tests, test => Assert.Single(test.Answers, answer => answer.IsRight && answer.Class == test.Class));
        Assert.True(frame.ImagesPerSecond > 0);
    }

    [Fact]
    public void It_learns_while_it_is_watched()
    {
        using LectureSession lecture = Begin(out _);

        LectureFrame frame = Wait(lecture, frame => frame is { Accuracy: > 0.95, TestAccuracy: > 0.8 });

        Assert.True(frame.Loss < Math.Log(3));
    }

    [Fact]
    public void Settings_change_at_the_next_batch_even_the_batch_size()
    {
        using LectureSession lecture = Begin(out List<TrainingRun> runs, batch: 2); // 24 batches an epoch
        Wait(lecture, frame => frame.Steps > 0);
        lecture.Pause();
        LectureFrame held = Wait(lecture, frame => frame.State == LectureState.Paused);

        lecture.Change(new LectureSettings(0.003, 0.5, 16, 0));
        lecture.Continue();
        LectureFrame later = Wait(lecture, frame => frame.Steps > held.Steps + 2);

        Assert.Equal(new LectureSettings(0.003, 0.5, 16, 0), later.Settings);
        TrainingRun run = Assert.Single(runs);
        Assert.Equal(0.003, run.LearningRates[(int)held.Steps].LearningRate, 12);
        Assert.All(run.Changes, change => Assert.InRange(change.Step, held.Steps, held.Steps + 1));
        Assert.Equal(
            ["BatchSize", "LearningRate", "Momentum", "WeightDecay"],
            run.Changes.Select(change => change.Setting).Order(StringComparer.Ordinal)
        );
        Assert.True(later.Examples >= held.Examples + 16 * (later.Steps - held.Steps) - 16, $"{held.Examples} {later.Examples}");
    }

    [Fact]
    public void A_wrong_setting_changes_none()
    {
        using LectureSession lecture = Begin(out _);

        InvalidSettingException error = Assert.Throws<InvalidSettingException>(() => lecture.Change(new LectureSettings(0.5, 1.5, 16, 0)));

        Assert.Contains("Momentum must be", error.Message, StringComparison.Ordinal);
        Assert.Equal(0.05, lecture.Frame.Settings.LearningRate);
    }

    [Fact]
    public void A_held_lecture_shows_another_image_and_makes_no_step()
    {
        using LectureSession lecture = Begin(out _);
        lecture.Pause();
        LectureFrame held = Wait(lecture, frame => frame.State == LectureState.Paused);

        for (int i = 0; i < 50 && lecture.Frame.Image!.Source == held.Image!.Source; i++)
        {
            long version = lecture.Frame.Version;
            lecture.NextImage();
            Wait(lecture, frame => frame.Version > version);
        }

        Assert.NotEqual(held.Image!.Source, lecture.Frame.Image!.Source);
        Assert.Equal((held.Steps, LectureState.Paused), (lecture.Frame.Steps, lecture.Frame.State));
    }

    [Theory]
    [InlineData("conv3x3x4 bogus", "Received: 'bogus'")]
    [InlineData("fc4 softmax", "one value for each of 3 classes")]
    [InlineData("pool7 fc3", "pool7: expected an input of at least 7")]
    [InlineData("", "layer")]
    public void A_wrong_definition_is_an_error_and_the_network_trains_on(string spec, string text)
    {
        using LectureSession lecture = Begin(out List<TrainingRun> runs);
        LectureFrame before = Wait(lecture, frame => frame.Steps > 0);

        ConvNetException error = Assert.ThrowsAny<ConvNetException>(() => lecture.Restart(spec));

        Assert.Contains(text, error.Message, StringComparison.Ordinal);
        LectureFrame after = Wait(lecture, frame => frame.Steps > before.Steps);
        Assert.Equal((Spec, 1, LectureState.Running), (after.Spec, after.Run, after.State));
        Assert.Single(runs);
    }

    [Fact]
    public void Another_definition_begins_anew_also_where_it_was_held()
    {
        using LectureSession lecture = Begin(out List<TrainingRun> runs);
        Wait(lecture, frame => frame.Steps > 10);
        lecture.Change(new LectureSettings(0.01, 0.9, 8, 0));
        lecture.Pause();
        Wait(lecture, frame => frame.State == LectureState.Paused);

        lecture.Restart("conv3x3x2 relu fc3 softmax");
        LectureFrame frame = Wait(lecture, frame => frame is { Run: 2, Steps: > 0, Layers.Count: > 0 });

        Assert.Equal(("conv3x3x2 relu fc3 softmax", 8), (frame.Spec, frame.Settings.BatchSize));
        Assert.Equal(2, frame.Layers[0].Activations.Count);
        Assert.Equal(2, runs.Count);
        Assert.Equal(0.01, runs[1].Settings.LearningRate);
        Assert.Equal(RunStatus.Stopped, runs[0].Status);
    }

    [Fact]
    public void A_run_that_diverges_is_reported_and_another_begins()
    {
        using LectureSession lecture = Begin(out _);
        lecture.Change(new LectureSettings(1e25, 0.9, 8, 0));
        LectureFrame failed = Wait(lecture, frame => frame.State == LectureState.Failed);
        Assert.Contains("loss", failed.Error, StringComparison.OrdinalIgnoreCase);

        lecture.Change(new LectureSettings(0.01, 0.9, 8, 0));
        lecture.Restart(Spec);

        Assert.Null(Wait(lecture, frame => frame is { Run: 2, Steps: > 3 }).Error);
    }

    [Fact]
    public void It_stops_held_or_not_and_the_run_is_kept()
    {
        foreach (bool isHeld in new[] { false, true })
        {
            using LectureSession lecture = Begin(out List<TrainingRun> runs);
            Wait(lecture, frame => frame.Steps > 0);
            if (isHeld)
            {
                lecture.Pause();
                Wait(lecture, frame => frame.State == LectureState.Paused);
            }

            lecture.Stop();

            LectureFrame end = lecture.Frame;
            Assert.Equal(LectureState.Stopped, end.State);
            TrainingRun run = Assert.Single(runs);
            Assert.Equal((RunStatus.Stopped, StopReason.Interrupt), (run.Status, run.StopReason));
            // Not every step has a frame; a held training makes none.
            Assert.InRange(run.LearningRates.Count - end.Steps, 0, isHeld ? 0 : int.MaxValue);
        }
    }

    [Fact]
    public void What_is_no_picture_or_does_not_fit_is_refused_before_anything_trains()
    {
        Assert.Throws<InvalidSettingException>(() =>
            new LectureSession(TinyData.Network(), TinyData.Dataset(), new TrainingSettings()) // two channels
        );
        Assert.ThrowsAny<ConvNetException>(() =>
            new LectureSession(TinyData.Network("fc4 softmax", Picture), Data(), new TrainingSettings())
        );
    }

    private static LectureSession Begin(out List<TrainingRun> runs, int batch = 8)
    {
        var begun = new List<TrainingRun>();
        var settings = new TrainingSettings
        {
            LearningRate = 0.05,
            BatchSize = batch,
            Threads = 1,
            Device = "cpu",
        };
        var lecture = new LectureSession(TinyData.Network(Spec, Picture), Data(), settings, begun.Add);
        lecture.Start();
        runs = begun;
        return lecture;
    }

    private static Dataset Data() =>
        new(
            "Tiny",
            "made by a test",
            ["dark", "middle", "bright"],
            TinyData.Easy(48, 1, shape: Picture),
            null,
            TinyData.Easy(12, 3, "Test", Picture)
        );

    private static LectureFrame Wait(LectureSession lecture, Func<LectureFrame, bool> until)
    {
        LectureFrame? found = null;
        Assert.True(SpinWait.SpinUntil(() => until(found = lecture.Frame), Patience), $"{found}");
        return found!;
    }
}
