using System.Management.Automation;
using ConvNetShell.Module.Tests.Support;
using ConvNetShell.Testing;

namespace ConvNetShell.Module.Tests;

/// <summary>Script blocks, stop rules, plans, jobs and checkpoints of Start-Training and Resume-Training.</summary>
public sealed class TrainingControlTests(ModuleFixture module)
{
    private const string Net = "New-Network -Spec 'conv3x3x4 relu pool2 fc3' -InputShape 3,8,8";

    [Fact]
    public void OnEpoch_sees_the_epoch_and_the_run_and_may_change_settings()
    {
        string text = module.Get<string>(
            $$"""
            $seen = [System.Collections.ArrayList]::new()
            $run1 = {{Net}} | Start-Training $images -Epochs 3 -BatchSize 6 -OnEpoch {
                $null = $seen.Add("$($_.Epoch) of $($run.Settings.Epochs)")
                if ($_.Epoch -eq 2) { $run.Control.LearningRate = 0.001 }
                'shown'
            } 6> $null
            "$($seen -join ', '); $($run1.Changes)"
            """
        );
        Assert.Equal("1 of 3, 2 of 3, 3 of 3; epoch 3, step 12: LearningRate 0.02 to 0.001", text);
    }

    [Fact]
    public void What_OnEpoch_puts_out_is_shown_and_not_returned()
    {
        EngineResult result = module.Session.Collect(
            $"{Net} | Start-Training $images -Epochs 2 -BatchSize 6 -OnEpoch {{ \"epoch $($_.Epoch)\" }} -InformationVariable "
                + $"said | ForEach-Object {{ \"$($_.Status) $said\" }}"
        );
        Assert.Empty(result.Errors);
        Assert.Equal("Completed epoch 1 epoch 2", Assert.Single(result.Output).ToString());
    }

    [Fact]
    public void StopWhen_ends_the_run() =>
        Assert.Equal(
            "Stopped Request 2",
            module.Get<string>(
                $"$run = {Net} | Start-Training $images -Epochs 9 -BatchSize 6 -StopWhen {{ $_.Epoch -ge 2 }}; \"$($run.Status) "
                    + $"$($run.StopReason) $($run.History.Count)\""
            )
        );

    [Fact]
    public void A_script_that_throws_ends_the_run_and_keeps_it()
    {
        module.Session.Collect($"{Net} | Start-Training $images -Epochs 9 -BatchSize 6 -OnEpoch {{ throw 'enough' }}");
        Assert.Equal("Failed 1", module.Get<string>("$run = Get-TrainingRun -Last; \"$($run.Status) $($run.History.Count)\""));
    }

    [Fact]
    public void WhatIf_shows_a_plan_and_trains_nothing()
    {
        string text = module.Get<string>(
            $$"""
            $net1 = {{Net}}
            $before = (Get-Filter $net1 conv1 -Index 0).Values -join ' '
            $plan = $net1 | Start-Training $images -Epochs 4 -BatchSize 6 -WhatIf -CheckpointPath '{{Path.GetTempPath()}}cnsh-never-made'
            $after = (Get-Filter $net1 conv1 -Index 0).Values -join ' '
            $plan.Steps, $plan.Epochs, $plan.Batches, ($plan.ExpectedFirstLoss -eq [math]::Log(3)), ($plan.SecondsPerEpoch -gt 0),
                ($plan.CheckpointBytes -gt 0), ($before -eq $after), ($net1.Normalization -eq $null) -join ' '
            """
        );
        Assert.Equal("6 4 3 True True True True True", text);
        Assert.False(Directory.Exists(Path.GetTempPath() + "cnsh-never-made"));
    }

    [Fact]
    public void DryRun_goes_through_one_batch() =>
        Assert.Equal(
            "1 True",
            module.Get<string>(
                $"$plan = {Net} | Start-Training $images -BatchSize 6 -DryRun; \"$($plan.Batches) $($plan.FirstLoss -gt 0)\""
            )
        );

    [Fact]
    public void A_job_trains_in_the_background_and_gives_the_run()
    {
        string text = module.Get<string>(
            $$"""
            $job = {{Net}} | Start-Training $images -Epochs 3 -BatchSize 6 -AsJob -OnEpoch { "epoch $($_.Epoch)" }
            $null = Wait-Job $job
            $said = $job.Information -join ' '
            $run2 = Receive-Job $job
            Remove-Job $job
            "$($run2.Status) $($run2.History.Count) $($job.State) $said $([object]::ReferenceEquals((Get-TrainingRun -Last), $run2))"
            """
        );
        Assert.Equal("Completed 3 Completed epoch 1 epoch 2 epoch 3 True", text);
    }

    [Fact]
    public void A_job_can_be_paused_changed_continued_and_stopped()
    {
        string text = module.Get<string>(
            $$"""
            $job = {{Net}} | Start-Training $images -Epochs 100000 -BatchSize 6 -AsJob
            $job.Control.Pause()
            $paused = $job.Control.IsPaused
            $job.Control.LearningRate = 0.005
            $job.Control.Continue()
            while (-not $job.Run.Changes.Count) { Start-Sleep -Milliseconds 10 }
            Stop-Job $job
            $run3 = Receive-Job $job
            Remove-Job $job
            "$paused $($run3.Changes[0].To) $($job.State) $($run3.Status) $($run3.StopReason)"
            """
        );
        Assert.Equal("True 0.005 Stopped Stopped Interrupt", text);
    }

    [Fact]
    public void A_job_that_fails_has_the_error()
    {
        string text = module.Get<string>(
            $$"""
            $job = {{Net}} | Start-Training $images -Epochs 3 -BatchSize 6 -LearningRate 1e30 -Schedule Constant -AsJob
            $null = Wait-Job $job
            "$($job.State) $($job.Error[0].FullyQualifiedErrorId)"
            Remove-Job $job
            """
        );
        Assert.Equal("Failed Training.NonFinite", text);
    }

    [Fact]
    public void A_run_is_saved_and_goes_on_where_it_was()
    {
        using var folder = new TempFolder();
        string text = module.Get<string>(
            $$"""
            param($folder)
            $whole = {{Net}} -Seed 4 | Start-Training $images -Epochs 6 -BatchSize 6 -CheckpointPath $folder/whole
            $cut = {{Net}} -Seed 4 | Start-Training $images -Epochs 6 -BatchSize 6 -CheckpointPath $folder/cut -StopWhen { $_.Epoch -eq 3 }
            $resumed = Resume-Training $folder/cut
            $losses = { param($run) ($run.History | ForEach-Object { "$($_.TrainLoss) $($_.ValidationLoss)" }) -join ' ' }
            $weights = { param($run) (Get-Filter $run.Network conv1 -Index 2).Values -join ' ' }
            $cut.History.Count, $resumed.Status, ((& $losses $whole) -eq (& $losses $resumed)),
                ((& $weights $whole) -eq (& $weights $resumed)), (Resume-Training $folder/cut -Verify).Same -join ' '
            """,
            folder.Path
        );
        Assert.Equal("3 Completed True True True", text);
    }

    [Fact]
    public void A_saved_run_pipes_into_Resume_Training()
    {
        using var folder = new TempFolder();
        Assert.Equal(
            "5 Completed",
            module.Get<string>(
                $"param($folder) $run = {Net} | Start-Training $images -Epochs 2 -BatchSize 6 -CheckpointPath $folder/a | "
                    + $"Resume-Training -Epochs 5; \"$($run.History.Count) $($run.Status)\"",
                folder.Path
            )
        );
    }

    [Theory]
    [InlineData(
        "Start-Training $images -Monitor Loss",
        "ValidationAccuracy, ValidationLoss, TrainAccuracy, TrainLoss",
        "ParameterArgumentTransformationError"
    )]
    [InlineData("Start-Training $images -CheckpointEvery 2", "-CheckpointPath", "Setting.Invalid")]
    [InlineData("Start-Training $images -CheckpointPath /dev/null/x", "can be written", "Storage.Unwritable")]
    [InlineData(
        "Start-Training $images -Epochs 3 -WarmupEpochs 3",
        "-Epochs must be more than the 3 of -WarmupEpochs. Received: 3.",
        "Setting.Invalid"
    )]
    [InlineData("Start-Training $images -ClassWeight 1,2", "blue, green, red", "Setting.Invalid")]
    [InlineData(
        "Start-Training $images -ClassWeight Balancd",
        "Balanced, or a number for each class",
        "ParameterArgumentTransformationError"
    )]
    [InlineData("Start-Training $images -LearningRate 1e30 -Schedule Constant -BatchSize 6", "finite loss", "Training.NonFinite")]
    [InlineData("Find-LearningRate $images -From 1 -To 0.1 -BatchSize 6", "-To must be", "Setting.Invalid")]
    public void Bad_input_is_named(string command, string text, string id)
    {
        ErrorRecord error = module.Fail($"{Net} | {command}");
        Assert.Contains(text, error.Exception.Message, StringComparison.Ordinal);
        Assert.StartsWith(id, error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Resume-Training /nowhere/at/all", "Checkpoint.NotFound")]
    [InlineData("Resume-Training $PSHOME", "Checkpoint.NotFound")]
    [InlineData("$images | Add-Augmentation", "Setting.Invalid")]
    [InlineData("$images | Add-Augmentation -Cutout 99", "Setting.Invalid")]
    public void Other_bad_input_is_named(string command, string id) =>
        Assert.StartsWith(id, module.Fail(command).FullyQualifiedErrorId, StringComparison.Ordinal);

    [Fact]
    public void A_run_that_was_not_saved_cannot_be_resumed() =>
        Assert.Contains(
            "-CheckpointPath",
            module.Fail($"{Net} | Start-Training $images -Epochs 1 -BatchSize 6 | Resume-Training").Exception.Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Augmentation_of_the_dataset_is_the_runs() =>
        Assert.Equal(
            "alternating flip, shift 1, rotation 10",
            module.Get<string>(
                $"({Net} | Start-Training ($images | Add-Augmentation -AlternatingFlip -Shift 1 | Add-Augmentation -Rotation "
                    + $"10) -Epochs 1 -BatchSize 6).Settings.Augmentation.ToString()"
            )
        );

    [Fact]
    public void A_learning_rate_is_found() =>
        Assert.True(
            module.Get<bool>(
                $"$found = {Net} | Find-LearningRate $images -BatchSize 6 -From 1e-4 -To 100 -Steps 40; $found.Points.Count -gt "
                    + $"10 -and $found.Method -ne ''"
            )
        );

    [Fact]
    public void A_network_is_measured_layer_by_layer() =>
        Assert.Equal("conv1 pool1 relu1 fc1 Total", module.Get<string>($"({Net} | Measure-Network -BatchSize 4 -Rounds 2).Name -join ' '"));
}
