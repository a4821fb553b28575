using System.Collections.Concurrent;
using System.Diagnostics;
using System.Management.Automation;
using ConvNetShell.Module.Tests.Support;
using ConvNetShell.Testing;

namespace ConvNetShell.Module.Tests;

/// <summary>Start-Training at the prompt: what it returns, what it keeps and what it tells on the way.</summary>
public sealed class TrainingTests(ModuleFixture module)
{
    private const string Net = "New-Network -Spec 'conv3x3x4 relu pool2 fc3' -InputShape 3,8,8";

    [Fact]
    public void It_returns_one_run_with_the_names_scripts_rely_on()
    {
        PSObject run = Assert.Single(module.Run($"$run = {Net} | Start-Training $images -Epochs 3 -BatchSize 6 -Seed 7; $run"));

        Assert.Equal("ConvNetShell.Core.Training.Runs.TrainingRun", run.TypeNames[0]);
        foreach (string name in new[] { "Network", "History", "Best", "Seed", "Settings", "Dataset", "Elapsed", "Status" })
        {
            Assert.NotNull(run.Properties[name]?.Value);
        }

        Assert.Equal(
            "Completed 7 3 3 6",
            module.Get<string>("\"$($run.Status) $($run.Seed) $($run.History.Count) $($run.Settings.Epochs) $($run.Settings.BatchSize)\"")
        );
        foreach (string name in new[] { "Epoch", "TrainLoss", "TrainAccuracy", "ValidationLoss", "ValidationAccuracy", "ImagesPerSecond" })
        {
            Assert.Equal(
                "True",
                module.Get<string>("param($name) $value = $run.History[0].$name; $null -ne $value -and $value -ge 0", name)
            );
        }

        foreach (string name in new[] { "ParameterCount", "Layers", "InputShape", "Classes" })
        {
            Assert.True(module.Get<bool>("param($name) $null -ne $run.Network.$name", name));
        }

        Assert.True(module.Get<bool>("[object]::ReferenceEquals((Get-TrainingRun -Last), $run)"));
        Assert.True(module.Get<bool>("$run.History[-1].TrainLoss -lt $run.History[0].TrainLoss"));
    }

    [Fact]
    public void The_same_seed_gives_the_same_history() =>
        Assert.True(
            module.Get<bool>(
                $$"""
                $train = { ({{Net}} -Seed 3 | Start-Training $images -Epochs 2 -BatchSize 6 -Seed 3).History |
                    ForEach-Object { "$($_.TrainLoss) $($_.ValidationLoss)" } }
                "$(& $train)" -eq "$(& $train)"
                """
            )
        );

    [Theory]
    [InlineData("-Optimizer SGD -Momentum 0.5 -WeightDecay 0 -Schedule Constant -LearningRate 0.05")]
    [InlineData("-Optimizer Adam -Schedule Cosine")]
    [InlineData("-Optimizer AdamW -ValidationFraction 0.25")]
    [InlineData("-ValidationFraction 0 -NoAugmentation -Device CPU")]
    [InlineData("-BatchSize 30")]
    public void Every_setting_is_taken(string settings)
    {
        string text = module.Get<string>(
            (
                $"$run = {Net} | Start-Training $images -Epochs 1 -BatchSize 5 {settings}; \"$($run.Status) $($run.Best.Epoch) "
                + $"$($run.Device)\""
            ).Replace("-BatchSize 5 -BatchSize", "-BatchSize", StringComparison.Ordinal)
        );

        Assert.Equal("Completed 1 cpu", text);
    }

    [Theory]
    [InlineData("$images")]
    [InlineData("$images.Source")]
    [InlineData("$run")]
    [InlineData("(Get-Item $images.Source)")]
    public void The_dataset_may_be_an_object_a_path_a_folder_or_a_run(string dataset) =>
        Assert.Equal(
            "36",
            module.Get<string>(
                $"$run = {Net} | Start-Training $images -Epochs 1 -BatchSize 8 -ValidationFraction 0; \"$(({Net} | "
                    + $"Start-Training {dataset} -Epochs 1 -BatchSize 8 -ValidationFraction 0).Dataset.Train.Count)\""
            )
        );

    [Fact]
    public void Several_networks_train_one_after_the_other() =>
        Assert.Equal(
            "Completed Completed",
            module.Get<string>(
                $"\"$((({Net}), (New-Network -Spec 'fc3' -InputShape 3,8,8) | Start-Training $images -Epochs 1 -BatchSize 8).Status)\""
            )
        );

    [Fact]
    public void Training_goes_on_from_a_run() =>
        Assert.True(
            module.Get<bool>(
                $$"""
                $first = {{Net}} | Start-Training $images -Epochs 1 -BatchSize 6
                $second = $first | Start-Training $images -Epochs 2 -BatchSize 6
                -not [object]::ReferenceEquals($first.Network, $second.Network) -and $second.StartedFrom.Id -eq $first.Id -and
                    $second.Best.TrainLoss -lt $first.History[0].TrainLoss
                """
            )
        );

    [Fact]
    public void Progress_is_told_five_times_a_second_at_most_and_ends()
    {
        var progress = new ConcurrentQueue<ProgressRecord>();
        using EngineSession session = ModuleFixture.NewSession(progress);
        session.Invoke("param($images) $images = Import-Dataset $images", module.Images);
        progress.Clear();
        var clock = Stopwatch.StartNew();

        session.Invoke($"{Net} | Start-Training $images -Epochs 40 -BatchSize 4");

        ProgressRecord[] records = [.. progress];
        Assert.Equal(ProgressRecordType.Completed, records[^1].RecordType);
        Assert.Single(records, record => record.RecordType == ProgressRecordType.Completed);
        // the first at once, one for each 200 ms that passed, the last
        Assert.InRange(records.Length, 2, 2 + (5 * clock.Elapsed.TotalSeconds));
        Assert.All(
            records[..^1],
            record => Assert.Matches(@"^epoch \d+/40  loss \d+\.\d+  accuracy \d+\.\d %  [\d,]+ images/s$", record.StatusDescription)
        );
        Assert.All(records[..^1], record => Assert.InRange(record.PercentComplete, 0, 100));
        Assert.Contains("colors", records[0].Activity, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_that_is_no_number_ends_the_run_and_keeps_it()
    {
        ErrorRecord error = module.Get<ErrorRecord>(
            $"try {{ {Net} -Name Bad | Start-Training $images -LearningRate 1e30 -BatchSize 4 -ErrorAction Stop }} catch {{ $_ }}"
        );

        Assert.StartsWith("Training.NonFinite", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.InvalidResult, error.CategoryInfo.Category);
        Assert.Matches(@"epoch \d+, step \d+: expected a finite loss\. Received: ", error.Exception.Message);
        Assert.Equal("Diverged Bad", module.Get<string>("$last = Get-TrainingRun -Last; \"$($last.Status) $($last.Network.Name)\""));
    }
}
