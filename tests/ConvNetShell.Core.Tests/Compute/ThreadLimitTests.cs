using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Tests.Training;
using ConvNetShell.Core.Training.Callbacks;
using ConvNetShell.Core.Training.Loop;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;

namespace ConvNetShell.Core.Tests.Compute;

/// <summary>Threads beyond the processors only wait for each other; an absurd number would end the process.</summary>
public sealed class ThreadLimitTests
{
    [Theory]
    [InlineData(1025)]
    [InlineData(1_000_000)]
    [InlineData(int.MaxValue)]
    [InlineData(-1)]
    public void An_absurd_number_is_refused(int threads) =>
        Assert.Equal("Threads", Assert.Throws<InvalidSettingException>(() => new TrainingSettings { Threads = threads }).Setting);

    [Fact]
    public void More_threads_than_processors_are_reduced_with_a_warning()
    {
        using Network network = TinyData.Network();
        var warnings = new Warnings();
        TrainingRun run = Trainer.Train(
            network,
            TinyData.Dataset(),
            new TrainingSettings
            {
                Epochs = 1,
                BatchSize = 8,
                Threads = 1024,
                Device = "cpu",
            },
            warnings
        );

        Assert.Equal(Environment.ProcessorCount, run.Settings.Threads);
        Assert.Contains(warnings.Texts, text => text.Contains("1024", StringComparison.Ordinal));
    }

    [Fact]
    public void The_usual_number_is_known_without_libtorch()
    {
        using var limit = new ThreadLimit(0);

        Assert.Equal(limit.Count, ThreadLimit.Usual);
    }

    private sealed class Warnings : ITrainingCallback
    {
        public List<string> Texts { get; } = [];

        public void OnWarning(string text) => Texts.Add(text);
    }
}
